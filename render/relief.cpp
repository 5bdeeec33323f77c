#include "render/relief.h"

#include <algorithm>
#include <cmath>

namespace hashimichi::render {
namespace {

constexpr double relief_exaggeration = 1.6;

Vec3d normalAt(const model::Terrain& ground, std::size_t c, std::size_t r) {
  const std::size_t w = c > 0 ? c - 1 : 0, e = std::min(c + 1, ground.columns - 1);
  const std::size_t s = r > 0 ? r - 1 : 0, n = std::min(r + 1, ground.rows - 1);
  const double dzdx = (ground.at(e, r) - ground.at(w, r)) / (ground.spacing_m * static_cast<double>(e - w));
  const double dzdy = (ground.at(c, n) - ground.at(c, s)) / (ground.spacing_m * static_cast<double>(n - s));
  const Vec3d normal{-dzdx * relief_exaggeration, -dzdy * relief_exaggeration, 1};
  return isFinite(normal) ? normal * (1 / norm(normal)) : Vec3d{0, 0, 1};
}

}  // namespace

Relief reliefOf(const model::Terrain& ground, const std::function<double(Vec3d)>& light_on) {
  Relief relief{ground.columns, ground.rows, {}, {}};
  const Bounds bounds = ground.bounds();
  const double rise_m = std::max(10.0, bounds.size().z), level_light = std::max(1e-3, light_on({0, 0, 1}));
  for (std::size_t r = 0; r < ground.rows; ++r)
    for (std::size_t c = 0; c < ground.columns; ++c) {
      relief.light.push_back(static_cast<float>(light_on(normalAt(ground, c, r)) / level_light));
      const double share = (ground.at(c, r) - bounds.low.z) / rise_m;
      relief.height_share.push_back(static_cast<float>(std::isfinite(share) ? share : 0));
    }
  return relief;
}

float Relief::at(const std::vector<float>& values, double u, double v) const {
  const double x = u * static_cast<double>(columns - 1), y = v * static_cast<double>(rows - 1);
  const auto c = std::min(columns - 2, static_cast<std::size_t>(x));
  const auto r = std::min(rows - 2, static_cast<std::size_t>(y));
  const auto fx = static_cast<float>(x - static_cast<double>(c)), fy = static_cast<float>(y - static_cast<double>(r));
  const float* south = &values[r * columns + c];
  const float* north = south + columns;
  return (south[0] * (1 - fx) + south[1] * fx) * (1 - fy) + (north[0] * (1 - fx) + north[1] * fx) * fy;
}

}  // namespace hashimichi::render
