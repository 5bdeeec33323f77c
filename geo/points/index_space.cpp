#include "geo/points/index_space.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

namespace hashimichi::points {
namespace {

/// Length of a degree of latitude on GRS 80, mean; the cube need not be exact.
constexpr double metres_per_degree = 111132.95;
constexpr double whole = 2147483648.0;  // 2^place_bits

/// Metres (or the unit of the CRS) that one unit of each axis stands for.
Vec3d unitLengths(const Bounds& bounds, bool geographic) {
  if (!geographic) return {1, 1, 1};
  const double latitude = std::clamp(bounds.centre().y, -89.0, 89.0) * std::numbers::pi / 180;
  return {metres_per_degree * std::cos(latitude), metres_per_degree, 1};
}

}  // namespace

IndexSpace::IndexSpace(const Bounds& bounds, const Steps& steps, bool geographic) : steps_(steps) {
  const Vec3d unit = unitLengths(bounds, geographic), extent = bounds.size();
  // One step of room, so that the highest point lies within and a single point has a cube at all.
  const double side = std::max(
      {(extent.x + steps.scale.x) * unit.x, (extent.y + steps.scale.y) * unit.y, (extent.z + steps.scale.z) * unit.z});
  cube_.add(bounds.low);
  cube_.add(bounds.low + Vec3d{side / unit.x, side / unit.y, side / unit.z});
  const double low[]{bounds.low.x, bounds.low.y, bounds.low.z}, scale[]{steps.scale.x, steps.scale.y, steps.scale.z};
  const double offset[]{steps.offset.x, steps.offset.y, steps.offset.z}, length[]{unit.x, unit.y, unit.z};
  for (int axis = 0; axis < 3; ++axis) {
    low_steps_[axis] = (low[axis] - offset[axis]) / scale[axis];
    per_step_[axis] = whole / (side / length[axis] / scale[axis]);
  }
}

void IndexSpace::places(const std::byte* records, std::size_t stride, std::size_t count, std::uint32_t* x,
                        std::uint32_t* y, std::uint32_t* z) const {
  std::uint32_t* const out[]{x, y, z};
  const auto place = [](std::int32_t step, double low, double per_step) {
    const double at = std::min(std::max((step - low) * per_step, 0.0), whole - 1);
    return static_cast<std::uint32_t>(static_cast<std::int32_t>(at));
  };
  for (std::size_t i = 0; i < count; ++i, records += stride) {
    std::int32_t xyz[3];
    std::memcpy(xyz, records, sizeof(xyz));
    for (int axis = 0; axis < 3; ++axis) out[axis][i] = place(xyz[axis], low_steps_[axis], per_step_[axis]);
  }
}

}  // namespace hashimichi::points
