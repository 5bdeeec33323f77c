#pragma once
#include <compare>
#include <cstdint>

namespace hashimichi::points {

/// A cube of an octree: level 0 is the whole, every level halves the side. x east, y north, z up, 0 … 2^level − 1.
struct VoxelKey {
  std::int32_t level = 0, x = 0, y = 0, z = 0;
  auto operator<=>(const VoxelKey&) const = default;

  /// Potree's order of the eight: bit 2 east, bit 1 north, bit 0 up.
  VoxelKey child(int octant) const {
    return {level + 1, 2 * x + ((octant >> 2) & 1), 2 * y + ((octant >> 1) & 1), 2 * z + (octant & 1)};
  }
  VoxelKey parent() const { return {level - 1, x >> 1, y >> 1, z >> 1}; }
};

}  // namespace hashimichi::points
