#pragma once
#include <cstddef>
#include <cstdint>

#include "geo/core/geometry.h"
#include "geo/points/point_source.h"
#include "geo/points/voxel_key.h"

namespace hashimichi::points {

/// Where a point lies in the octree's cube: 31 bits an axis, x east, y north, z up. The cell of level n is the first n.
inline constexpr int place_bits = 31;
/// The deepest level of a node; its sampling grid is 7 levels finer.
inline constexpr int deepest_level = 24;
/// A node is sampled at 1/128 of its side.
inline constexpr int sampling_levels = 7;

/// The root's cube and the way from stored integers into it. Immutable; share between threads.
///
/// The cube is a cube on the ground: in degrees its sides differ, because a degree of longitude, one of latitude and a
/// metre do (§ Geographic coordinates in OCTREE.md).
class IndexSpace {
 public:
  /// @param bounds  of all points, source CRS
  IndexSpace(const Bounds& bounds, const Steps& steps, bool geographic);

  const Bounds& cube() const { return cube_; }
  const Steps& steps() const { return steps_; }
  /// Between points of the root, in the unit of y.
  double spacing() const { return (cube_.high.y - cube_.low.y) / (1 << sampling_levels); }

  /// Of records that begin with three 32-bit integers; what lies outside is held at the faces.
  void places(const std::byte* records, std::size_t stride, std::size_t count, std::uint32_t* x, std::uint32_t* y,
              std::uint32_t* z) const;

 private:
  Bounds cube_;
  Steps steps_;
  double low_steps_[3], per_step_[3];
};

/// 10 bits to every third bit.
inline std::uint32_t spread10(std::uint32_t v) {
  v = (v | v << 16) & 0x030000ff;
  v = (v | v << 8) & 0x0300f00f;
  v = (v | v << 4) & 0x030c30c3;
  return (v | v << 2) & 0x09249249;
}

/// `levels` levels below `level`, as one number in Potree's order of the eight: east, north, up.
inline std::uint32_t mortonKey(std::uint32_t x, std::uint32_t y, std::uint32_t z, int level, int levels) {
  const int shift = place_bits - level - levels;
  const std::uint32_t mask = (1u << levels) - 1;
  return spread10(x >> shift & mask) << 2 | spread10(y >> shift & mask) << 1 | spread10(z >> shift & mask);
}

}  // namespace hashimichi::points
