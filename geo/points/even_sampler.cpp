#include "geo/points/even_sampler.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace hashimichi::points {

EvenSampler::EvenSampler() : grid_(static_cast<std::size_t>(side) * side * side), head_(grid_.data()) {
  struct Neighbour {
    int distance;
    std::int32_t offset;
  };
  std::vector<Neighbour> all;
  for (int x = -1; x <= 1; ++x)
    for (int y = -1; y <= 1; ++y)
      for (int z = -1; z <= 1; ++z)
        all.push_back(
            {x * x + y * y + z * z, x * static_cast<std::int32_t>(row_x) + y * static_cast<std::int32_t>(row_y) + z});
  // The own cell first, then the sides: they turn most points away.
  std::stable_sort(all.begin(), all.end(),
                   [](const Neighbour& a, const Neighbour& b) { return a.distance < b.distance; });
  for (std::size_t i = 0; i < all.size(); ++i) neighbours_[i] = all[i].offset;
}

void EvenSampler::begin(int level, std::uint32_t low_x, std::uint32_t low_y, std::uint32_t low_z) {
  base_ += static_cast<std::uint32_t>(chosen_.size());
  chosen_.clear();
  constexpr std::uint32_t nearly_full = 0xf0000000;
  if (base_ >= nearly_full) {
    std::memset(head_, 0, grid_.size() * sizeof(std::uint32_t));
    base_ = 1;
  }
  low_[0] = low_x, low_[1] = low_y, low_[2] = low_z;
  shift_ = place_bits - level - sampling_levels;
  unit_ = std::ldexp(1.0f, -shift_);
}

}  // namespace hashimichi::points
