#pragma once
#include <string>
#include <vector>

#include "geo/model/attributes.h"
#include "geo/model/geometry.h"
#include "geo/model/triangle_mesh.h"

namespace hashimichi::model {

/// What a city object is for the map: which layer draws it and in which colour.
enum class ObjectKind : std::uint8_t {
  other,
  water,
  vegetation,
  furniture,
  tunnel,
  construction,
  railway,
  track,
  square,
  waterway,
  land_use,
  hazard_zone,
  urban_plan,
  utility,
  generic,
};
inline constexpr ObjectKind object_kinds[] = {
    ObjectKind::other,      ObjectKind::water,        ObjectKind::vegetation, ObjectKind::furniture,
    ObjectKind::tunnel,     ObjectKind::construction, ObjectKind::railway,    ObjectKind::track,
    ObjectKind::square,     ObjectKind::waterway,     ObjectKind::land_use,   ObjectKind::hazard_zone,
    ObjectKind::urban_plan, ObjectKind::utility,      ObjectKind::generic,
};
const char* toString(ObjectKind kind);  ///< "water", "land_use", …

/// Whatever a town holds beside buildings, roads and bridges: kept whole, shown, never ranked.
struct CityObject {
  std::string id, name, source;
  ObjectKind kind = ObjectKind::other;
  /// The source's own name of the type, without prefix ("WaterBody", "CityFurniture"); the key under which reports
  /// count it. Plain GIS polygons are "Area".
  std::string type = "Area";
  Attributes attributes;
  Geometry geometry;                 ///< the highest LOD that could be read
  std::vector<Geometry> other_lods;  ///< the others, lowest first
  TriangleMeshPtr mesh;              ///< instead of a geometry where the form is one dense mesh; may be empty
};

/// The box of the geometry and the mesh.
Bounds boundsOf(const CityObject& object);

}  // namespace hashimichi::model
