#include "render/silhouette.h"

#include <array>
#include <cmath>
#include <map>

namespace hashimichi::render {
namespace {

using Cell = std::array<std::int64_t, 3>;

Cell cellOf(Vec3d p) {
  return {std::llround(p.x * 100), std::llround(p.y * 100), std::llround(p.z * 100)};
}

}  // namespace

void Silhouette::add(const Mesh& mesh, std::uint32_t feature) {
  std::map<std::pair<Cell, Cell>, std::size_t> known;
  const auto corner = [&](std::size_t i) {
    const float* p = &mesh.xyz[3 * mesh.triangles[i]];
    return Vec3d{p[0], p[1], p[2]};
  };
  for (std::size_t t = 0; t < mesh.triangleCount(); ++t) {
    if (mesh.feature[t] != feature) continue;
    const std::array<Vec3d, 3> p{corner(3 * t), corner(3 * t + 1), corner(3 * t + 2)};
    const Vec3d normal = cross(p[1] - p[0], p[2] - p[0]);
    for (std::size_t k = 0; k < 3; ++k) {
      const Vec3d a = p[k], b = p[(k + 1) % 3];

      const Cell from = cellOf(a), to = cellOf(b);
      const auto key = from < to ? std::pair{from, to} : std::pair{to, from};
      const auto [place, is_new] = known.try_emplace(key, edges_.size());
      if (is_new) edges_.push_back({a, b, {}});
      edges_[place->second].normals.push_back(normal);
    }
  }
}

std::vector<float> Silhouette::seenFrom(const CameraPose& pose) const {
  std::vector<float> xyz;
  const Vec3d eye = eyeOf(pose), back = axesOf(pose).forward * -1;
  for (const Edge& edge : edges_) {
    const Vec3d to_eye = pose.orthographic ? back : eye - edge.from;
    bool towards = false, away = false;
    for (const Vec3d& normal : edge.normals) (dot(normal, to_eye) > 0 ? towards : away) = true;
    if (edge.normals.size() > 1 && towards != away) continue;
    for (const Vec3d& p : {edge.from, edge.to})
      xyz.insert(xyz.end(), {static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(p.z)});
  }
  return xyz;
}

}  // namespace hashimichi::render
