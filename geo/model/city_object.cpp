#include "geo/model/city_object.h"

#include <array>

namespace hashimichi::model {

const char* toString(ObjectKind kind) {
  constexpr std::array names{"other",        "water",       "vegetation", "furniture", "tunnel",
                             "construction", "railway",     "track",      "square",    "waterway",
                             "land_use",     "hazard_zone", "urban_plan", "utility",   "generic"};
  return names[static_cast<std::size_t>(kind)];
}

std::size_t TriangleMesh::triangleCount() const {
  std::size_t count = 0;
  for (const MeshPart& part : parts) count += part.triangles.size() / 3;
  return count;
}

Bounds boundsOf(const CityObject& object) {
  Bounds bounds = boundsOf(object.geometry);
  if (object.mesh) bounds.add(object.mesh->bounds);
  return bounds;
}

}  // namespace hashimichi::model
