#include "render/layers/point_choice.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace hashimichi::render {

std::array<double, 16> viewProjection(const splat::View& view) {
  const double across = 2 * view.scale / std::max(1, view.width_px),
               upward = 2 * view.scale / std::max(1, view.height_px);
  Vec3d r = view.right * across, u = view.up * upward;
  const Vec3d f = view.forward;
  const double right = 2 * view.shift_x_px / std::max(1, view.width_px),
               above = 2 * view.shift_y_px / std::max(1, view.height_px);
  const double range = view.far_m - view.near_m;
  if (view.orthographic) {
    const double s = 2 / range, base = -dot(f, view.eye) * s - (view.far_m + view.near_m) / range;
    return {r.x,     r.y,     r.z,     right - dot(r, view.eye),
            u.x,     u.y,     u.z,     above - dot(u, view.eye),
            f.x * s, f.y * s, f.z * s, base,
            0,       0,       0,       1};
  }
  r = r + f * right, u = u + f * above;
  const double s = (view.far_m + view.near_m) / range, ahead = -dot(f, view.eye);
  return {r.x,     r.y,     r.z,     -dot(r, view.eye),
          u.x,     u.y,     u.z,     -dot(u, view.eye),
          f.x * s, f.y * s, f.z * s, ahead * s - 2 * view.far_m * view.near_m / range,
          f.x,     f.y,     f.z,     ahead};
}

bool mayBeSeen(const splat::View& view, const Bounds& bounds) {
  const double half_width = view.width_px / 2.0, half_height = view.height_px / 2.0;
  int outside[5] = {0, 0, 0, 0, 0};
  for (int corner = 0; corner < 8; ++corner) {
    const Vec3d from = Vec3d{corner & 1 ? bounds.high.x : bounds.low.x, corner & 2 ? bounds.high.y : bounds.low.y,
                             corner & 4 ? bounds.high.z : bounds.low.z} -
                       view.eye;
    const double ahead = dot(from, view.forward), w = view.orthographic ? 1 : ahead;
    const double across = dot(from, view.right) * view.scale, upward = dot(from, view.up) * view.scale;
    outside[0] += across<-half_width * w, outside[1] += across> half_width * w;
    outside[2] += upward<-half_height * w, outside[3] += upward> half_height * w;
    outside[4] += !view.orthographic && ahead <= 0;
  }
  return std::ranges::none_of(outside, [](int corners) { return corners == 8; });
}

std::vector<double> drawnSpacings(const points::LodTree& tree, std::span<const points::ResidentNodePtr> nodes,
                                  const splat::View& view) {
  std::vector<double> spacings(nodes.size());
  std::unordered_map<std::int32_t, double> drawn;
  for (std::size_t i = nodes.size(); i-- > 0;) {
    const points::LodTree::Node& node = tree.nodes[nodes[i]->node];
    double finest = 0;
    bool any = false, all = true;
    for (const std::int32_t child : node.children) {
      if (child < 0) continue;
      const auto found = drawn.find(child);
      if (found != drawn.end())
        any = true, finest = std::max(finest, found->second);
      else if (mayBeSeen(view, tree.nodes[static_cast<std::size_t>(child)].bounds))
        all = false;
    }
    spacings[i] = any && all ? finest : node.spacing_m;
    drawn[static_cast<std::int32_t>(nodes[i]->node)] = spacings[i];
  }
  return spacings;
}

std::optional<std::pair<double, double>> rangeOf(std::vector<double> values, double tail, PointColour colour) {
  if (values.empty()) return std::nullopt;
  std::ranges::sort(values);
  const auto at = [&](double share) {
    return values[static_cast<std::size_t>(std::lround(share * static_cast<double>(values.size() - 1)))];
  };
  double low = at(tail), high = at(1 - tail);
  if (colour == PointColour::distance) high = std::max({std::abs(low), std::abs(high), 0.001}), low = -high;
  if (colour == PointColour::survey_age) low = 0, high = std::max(high, 1.0);
  if (!(high > low)) high = low + 1;
  return std::pair{low, high};
}

}  // namespace hashimichi::render
