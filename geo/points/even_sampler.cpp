#include "geo/points/even_sampler.h"

#include <cmath>
#include <cstring>

namespace hashimichi::points {

// Four more cells than there are: the last row is read four at a time.
EvenSampler::EvenSampler() : grid_(static_cast<std::size_t>(side) * side * side + 4), head_(grid_.data()) {
  constexpr std::int32_t ups[]{0, -1, 1};
  for (std::int32_t bit = 0; bit < 27; ++bit) {
    const std::int32_t row = bit % 9;
    neighbours_[bit] = (row / 3 - 1) * static_cast<std::int32_t>(row_x) +
                       (row % 3 - 1) * static_cast<std::int32_t>(row_y) + ups[bit / 9];
  }
}

void EvenSampler::begin(int level, std::uint32_t low_x, std::uint32_t low_y, std::uint32_t low_z) {
  base_ += static_cast<std::int32_t>(chosen_.size());
  chosen_.clear();
  constexpr std::int32_t nearly_full = 0x60000000;
  if (base_ >= nearly_full) {
    std::memset(head_, 0, grid_.size() * sizeof(std::int32_t));
    base_ = 1;
  }
  low_[0] = low_x, low_[1] = low_y, low_[2] = low_z;
  shift_ = place_bits - level - sampling_levels;
  unit_ = std::ldexp(1.0f, -shift_);
}

}  // namespace hashimichi::points
