#include "render/layers/point_block.h"

#include <algorithm>
#include <atomic>

namespace hashimichi::render {
namespace {

constexpr double steps = 65535;
/// Thinner than this a step would only be rounding.
constexpr double least_step_m = 1e-6;

void quantise(const points::ResidentNode& node, std::size_t axis, double base_m, double step_m, std::uint16_t* out) {
  const auto offset = static_cast<float>(base_m / step_m) + 0.5f, scale = static_cast<float>(1 / step_m);
  for (std::size_t i = 0; i < node.size(); ++i)
    out[i] = static_cast<std::uint16_t>(std::clamp(node.xyz[3 * i + axis] * scale + offset, 0.0f, float(steps)));
}

}  // namespace

PointBlock::PointBlock(points::ResidentNodePtr of) : node(std::move(of)) {
  static std::atomic<std::uint64_t> next_id = 1;
  id = next_id++;
  const Vec3d size = node->bounds.size(), base = node->origin - node->bounds.low;
  step_m = {std::max(least_step_m, size.x / steps), std::max(least_step_m, size.y / steps),
            std::max(least_step_m, size.z / steps)};
  const std::size_t count = node->size();
  xyz.resize(3 * count), rgba.resize(count);
  quantise(*node, 0, base.x, step_m.x, xyz.data());
  quantise(*node, 1, base.y, step_m.y, xyz.data() + count);
  quantise(*node, 2, base.z, step_m.z, xyz.data() + 2 * count);
}

splat::Points PointBlock::points(std::size_t count) const {
  const std::span<const std::uint16_t> all = xyz;
  const std::size_t total = rgba.size();
  count = std::min(count, total);
  return {node->bounds.low,
          step_m,
          all.subspan(0, count),
          all.subspan(total, count),
          all.subspan(2 * total, count),
          std::span(rgba).first(count)};
}

void PointBlock::paint(const PointPaint& how, std::uint64_t revision) {
  paintPoints(*node, how, distances_m, rgba);
  painted = revision;
}

}  // namespace hashimichi::render
