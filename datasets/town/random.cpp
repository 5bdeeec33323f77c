#include "datasets/town/random.h"

namespace hashimichi::datasets {

double noise(std::uint64_t seed, double x, double y) {
  const double fx = std::floor(x), fy = std::floor(y);
  const auto ix = static_cast<std::int64_t>(fx), iy = static_cast<std::int64_t>(fy);
  const double tx = smoothStep(0, 1, x - fx), ty = smoothStep(0, 1, y - fy);
  const double south = unitOf(seed, ix, iy) * (1 - tx) + unitOf(seed, ix + 1, iy) * tx;
  const double north = unitOf(seed, ix, iy + 1) * (1 - tx) + unitOf(seed, ix + 1, iy + 1) * tx;
  return 2 * (south * (1 - ty) + north * ty) - 1;
}

double fractalNoise(std::uint64_t seed, double x, double y) {
  return 0.57 * noise(seed, x, y) + 0.29 * noise(seed + 1, 2.03 * x + 17, 2.03 * y) +
         0.14 * noise(seed + 2, 4.1 * x, 4.1 * y + 31);
}

}  // namespace hashimichi::datasets
