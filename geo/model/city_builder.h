#pragma once
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>

#include "geo/core/problem.h"
#include "geo/model/city_model.h"
#include "geo/model/id_table.h"
#include "geo/model/sink.h"

namespace hashimichi::model {

/// Collects what importers pour and freezes it into a CityModel: ids made unique, terrains mosaicked (finer on top),
/// height-less geometry draped, bridges spanning instead of following the valley, register joined to shapes and
/// inspections to the register, grades and deck flags derived. Each derivation is an assumption in the report.
///
/// Not thread-safe; one import job owns one builder.
class CityBuilder final : public Sink {
 public:
  explicit CityBuilder(crs::LocalFrame frame);
  /// Continues from a frozen model; features whose id comes again replace the old ones.
  explicit CityBuilder(const CityModel& base);

  void add(Building building) override;
  void add(RoadSegment road) override;
  void add(Bridge bridge) override;
  void add(CityObject object) override;
  std::uint32_t addMaterial(Material material) override;
  void add(SnowDumpSite site) override;
  void add(Terrain terrain) override;
  void add(ImageryRef imagery) override;
  void add(PointCloud cloud) override;
  void add(ResultLayer layer) override;
  void add(PavementSection section) override;
  void add(Depot depot) override;
  void add(PloughTrack track) override;
  void add(BusLine line) override;
  void add(PopulationCell cell) override;
  void add(sensors::Station station) override;
  void add(sensors::Series series) override;
  void add(InspectionRecord record) override;

  /// Counts of what was added since the last call, by type: "Building" → 25; points of clouds as "Point". For
  /// the per-file lines of the report.
  std::map<std::string, std::size_t> takeCounts();

  /// Gaps in the terrain up to this size are filled and marked when finishing; 0 (as it begins): none.
  void fillTerrain(double up_to_m) { fill_terrain_m_ = up_to_m; }

  /// The builder is empty afterwards.
  CityModelPtr finish(Problems& problems);

 private:
  using SeriesKey = std::tuple<std::string, sensors::Quantity, std::int64_t>;
  static SeriesKey keyOf(const sensors::Series& series);
  void setTerrain(Problems& problems);
  void setHeights(Problems& problems);
  void reportIds(Problems& problems) const;
  void checkStations(Problems& problems) const;
  void reportResults(Problems& problems) const;
  void settleResults();

  CityModel model_;
  double fill_terrain_m_ = 0;
  std::vector<Bridge> registered_;  ///< with a register entry; model_.bridges holds the others until they are joined
  std::vector<Terrain> terrains_;
  std::vector<InspectionRecord> inspections_;
  std::map<SeriesKey, std::size_t> series_;
  std::map<std::string, std::size_t> counts_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> materials_;  ///< by texture path
  IdTable building_ids_, road_ids_, shape_ids_, register_ids_, object_ids_, site_ids_, station_ids_, cloud_ids_,
      pavement_ids_, depot_ids_, track_ids_, bus_line_ids_, cell_ids_;
  std::map<std::string, std::size_t> oversized_results_;  ///< by layer: files that were left out
};

}  // namespace hashimichi::model
