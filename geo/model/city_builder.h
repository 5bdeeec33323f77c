#pragma once
#include <map>
#include <string>

#include "geo/core/problem.h"
#include "geo/import/importer.h"
#include "geo/model/city_model.h"

namespace hashimichi::model {

/// Collects what importers pour and freezes it into a CityModel: ids made unique, terrains mosaicked (finer on top),
/// height-less geometry draped, bridges spanning instead of following the valley, register joined to shapes and
/// inspections to the register, grades and deck flags derived. Each derivation is an assumption in the report.
///
/// Not thread-safe; one import job owns one builder.
class CityBuilder final : public import::Sink {
 public:
  explicit CityBuilder(crs::LocalFrame frame);
  /// Continues from a frozen model; features whose id comes again replace the old ones.
  explicit CityBuilder(const CityModel& base);

  void add(Building building) override;
  void add(RoadSegment road) override;
  void add(Bridge bridge) override;
  void add(Area area) override;
  void add(SnowDumpSite site) override;
  void add(Terrain terrain) override;
  void add(ImageryRef imagery) override;
  void add(PointCloud cloud) override;
  void add(sensors::Station station) override;
  void add(sensors::Series series) override;
  void add(import::InspectionRecord record) override;

  /// Counts of what was added since the last call, by type: "Building" → 25. For the per-file lines of the report.
  std::map<std::string, std::size_t> takeCounts();

  /// The builder is empty afterwards.
  CityModelPtr finish(Problems& problems);

 private:
  CityModel model_;
  std::vector<Terrain> terrains_;
  std::vector<import::InspectionRecord> inspections_;
  std::map<std::string, std::size_t> counts_;
};

}  // namespace hashimichi::model
