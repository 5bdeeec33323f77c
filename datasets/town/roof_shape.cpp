#include "datasets/town/roof_shape.h"

#include <algorithm>

namespace hashimichi::datasets {
namespace {

std::array<Vec3d, 4> raised(std::array<Vec3d, 4> corners, double height) {
  for (Vec3d& p : corners) p.z += height;
  return corners;
}

std::vector<Vec3d> closed(std::vector<Vec3d> ring) {
  ring.push_back(ring.front());
  return ring;
}

}  // namespace

std::vector<std::vector<Vec3d>> blockFaces(const TownBuilding& building) {
  const double height = building.roof == Roof::flat ? building.eave_m : (building.eave_m + building.ridge_m) / 2;
  const auto low = building.corners(), high = raised(low, height);
  std::vector<std::vector<Vec3d>> faces{closed({low[3], low[2], low[1], low[0]}),
                                        closed({high[0], high[1], high[2], high[3]})};
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t j = (i + 1) % 4;
    faces.push_back(closed({low[i], low[j], high[j], high[i]}));
  }
  return faces;
}

std::vector<RoofFace> roofFaces(const TownBuilding& b) {
  const auto g = b.corners(), e = raised(g, b.eave_m);
  std::vector<RoofFace> faces{{RoofFace::ground, closed({g[3], g[2], g[1], g[0]})}};
  const auto wall = [&](std::size_t i, std::size_t j) {
    faces.push_back({RoofFace::wall, closed({g[i], g[j], e[j], e[i]})});
  };
  wall(0, 1), wall(2, 3);
  if (b.roof == Roof::flat) {
    wall(1, 2), wall(3, 0);
    faces.push_back({RoofFace::roof, closed({e[0], e[1], e[2], e[3]})});
    return faces;
  }
  // The ridge lies on the long axis; a hip takes it back by half the depth at both ends.
  const double reach = b.roof == Roof::gabled ? b.half_length : std::max(0.5, b.half_length - b.half_depth);
  const double z = b.ground_z + b.ridge_m;
  const Vec3d west{b.x - reach * b.ux, b.y - reach * b.uy, z}, east{b.x + reach * b.ux, b.y + reach * b.uy, z};
  if (b.roof == Roof::gabled) {
    faces.push_back({RoofFace::wall, closed({g[1], g[2], e[2], east, e[1]})});
    faces.push_back({RoofFace::wall, closed({g[3], g[0], e[0], west, e[3]})});
  } else {
    wall(1, 2), wall(3, 0);
    faces.push_back({RoofFace::roof, closed({e[1], e[2], east})});
    faces.push_back({RoofFace::roof, closed({e[3], e[0], west})});
  }
  faces.push_back({RoofFace::roof, closed({e[0], e[1], east, west})});
  faces.push_back({RoofFace::roof, closed({e[2], e[3], west, east})});
  return faces;
}

}  // namespace hashimichi::datasets
