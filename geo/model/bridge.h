#pragma once
#include <optional>
#include <string>
#include <vector>

#include "geo/assets/inspection.h"
#include "geo/model/attributes.h"
#include "geo/model/geometry.h"

namespace hashimichi::model {

/// A bridge, or another structure of the road that is inspected like one (`kind`), as the decision sees it: its shape
/// (CityGML, GIS), its register entry and its inspections, joined. Unknown numbers are empty, never 0.
struct Bridge {
  assets::StructureKind kind = assets::StructureKind::bridge;
  std::string id;  ///< of the register where there is one, else the source's
  std::string name, kana;
  std::string source;
  Attributes attributes;

  Geometry geometry;                 ///< empty when only the register knows the bridge
  std::vector<Geometry> other_lods;  ///< lowest first; the highest is `geometry`
  std::optional<Vec3d> position;     ///< local frame; the centre of the shape, else the register's coordinates
  Polyline axis;                     ///< along the road over it; may be empty

  std::string route_name, administrator, structure_type, material;
  std::string crosses;  ///< what lies below, in the source's words
  std::optional<double> length_m, width_m;
  std::optional<int> year_built;
  std::optional<bool> over_railway, over_road;  ///< third parties below (跨線橋, 跨道橋)
  std::optional<int> emergency_route;           ///< 1, 2, 3; 0 = known not to be one
  std::optional<double> detour_km;              ///< negative: no detour exists
  std::optional<double> aadt;
  std::optional<bool> bus_route, facility_access;
  std::optional<int> spans;
  std::optional<bool> heritage;
  std::string restriction;  ///< 通行規制 in force, in the source's words; empty: none known

  std::vector<assets::Inspection> inspections;  ///< oldest first
  std::vector<assets::Repair> repairs;          ///< oldest first
  bool has_register_entry = false;
};

/// The newest inspection that states a soundness; nullptr when there is none.
const assets::Inspection* latestInspection(const Bridge& bridge);

}  // namespace hashimichi::model
