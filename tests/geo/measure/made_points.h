#pragma once
#include <cmath>
#include <functional>
#include <random>

#include "geo/measure/points.h"

namespace hashimichi::tests {

/// Points scattered over a rectangle on a surface z = f(x, y), with Gaussian noise upright. Same seed, same points.
inline measure::PointStore scattered(double width_m, double length_m, double per_m2, double sigma_m, unsigned seed,
                                     const std::function<double(double, double)>& surface, Vec3d corner = {}) {
  std::mt19937 engine(seed);
  std::uniform_real_distribution<double> across(0, width_m), along(0, length_m);
  std::normal_distribution<double> noise(0, 1);
  measure::PointStore points;
  const auto count = static_cast<std::size_t>(width_m * length_m * per_m2);
  for (std::size_t i = 0; i < count; ++i) {
    const double x = corner.x + across(engine), y = corner.y + along(engine);
    points.places.push_back({x, y, surface(x, y) + sigma_m * noise(engine)});
  }
  return points;
}

inline void append(measure::PointStore& to, const measure::PointStore& more) {
  to.places.insert(to.places.end(), more.places.begin(), more.places.end());
  to.classification.insert(to.classification.end(), more.classification.begin(), more.classification.end());
}

inline double notANumber() {
  return std::nan("");
}

}  // namespace hashimichi::tests
