#pragma once
#include <string>

#include "geo/model/city_model.h"

namespace hashimichi::model {

/// One entry of an inspection or repair table, before it is joined to its structure. With `repair`, `inspection` is
/// empty.
struct InspectionRecord {
  std::string bridge_id;
  assets::Inspection inspection;  ///< defect positions in the local frame
  std::string place;              ///< "line 12" for the report
  std::optional<assets::Repair> repair{};
};

/// Where importers pour what they read, feature by feature, in the local frame. Implemented by CityBuilder.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void add(Building building) = 0;
  virtual void add(RoadSegment road) = 0;
  /// From a 3D or GIS source (geometry, has_register_entry = false) or from a register (has_register_entry = true).
  virtual void add(Bridge bridge) = 0;
  virtual void add(CityObject object) = 0;
  /// @returns what SurfaceAppearance::material is to hold; the same for the same material
  virtual std::uint32_t addMaterial(Material material) = 0;
  virtual void add(SnowDumpSite site) = 0;
  virtual void add(Terrain terrain) = 0;
  virtual void add(ImageryRef imagery) = 0;
  virtual void add(PointCloud cloud) = 0;
  virtual void add(ResultLayer layer) = 0;
  virtual void add(PavementSection section) = 0;
  virtual void add(Depot depot) = 0;
  virtual void add(PloughTrack track) = 0;
  virtual void add(BusLine line) = 0;
  virtual void add(PopulationCell cell) = 0;
  virtual void add(sensors::Station station) = 0;
  virtual void add(sensors::Series series) = 0;
  virtual void add(InspectionRecord record) = 0;
};

}  // namespace hashimichi::model
