#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "geo/core/geometry.h"

namespace hashimichi::model {

/// Triangles that share one material. Local frame, float32: exact to 1 mm within 8 km of the origin.
struct MeshPart {
  std::vector<float> xyz;                ///< 3 per vertex
  std::vector<float> uv;                 ///< 2 per vertex, t upwards; empty without texture
  std::vector<std::uint8_t> rgb;         ///< 3 per vertex; empty: the material's colour
  std::vector<std::uint32_t> triangles;  ///< 3 vertices per triangle, counter-clockwise seen from outside
  std::uint32_t material = 0;            ///< index into CityModel::materials
};

/// A form that came as one dense mesh (a photogrammetric model, a design, a tileset) and not face by face.
struct TriangleMesh {
  std::vector<MeshPart> parts;
  Bounds bounds;  ///< local frame

  std::size_t triangleCount() const;
};
using TriangleMeshPtr = std::shared_ptr<const TriangleMesh>;

}  // namespace hashimichi::model
