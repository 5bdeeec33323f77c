#include <algorithm>
#include <cmath>

#include "geo/measure/road_profile.h"

namespace hashimichi::measure {
namespace {

constexpr std::size_t fewest_points = 5;

struct Gap {
  double depth = 0;
  std::size_t deepest = 0, rests_right = 0, rests_left = 0;
};

/// Upper hull of profile[first … last] (Andrew's chain), as indices.
std::vector<std::size_t> upperHull(std::span<const ProfilePoint> profile, std::size_t first, std::size_t last) {
  std::vector<std::size_t> hull;
  for (std::size_t i = first; i <= last; ++i) {
    while (hull.size() >= 2) {
      const ProfilePoint &a = profile[hull[hull.size() - 2]], &b = profile[hull.back()], &c = profile[i];
      const double turn =
          (b.offset_m - a.offset_m) * (c.height_m - a.height_m) - (b.height_m - a.height_m) * (c.offset_m - a.offset_m);
      if (turn < 0) break;
      hull.pop_back();
    }
    hull.push_back(i);
  }
  return hull;
}

/// Deepest point between two offsets below the hull, measured square to the edge that lies on it.
Gap deepestBelowHull(std::span<const ProfilePoint> profile, std::size_t first, std::size_t last, double right_m,
                     double left_m) {
  Gap best;
  const std::vector<std::size_t> hull = upperHull(profile, first, last);
  for (std::size_t h = 1; h < hull.size(); ++h) {
    const ProfilePoint &a = profile[hull[h - 1]], &b = profile[hull[h]];
    const double slope = (b.height_m - a.height_m) / (b.offset_m - a.offset_m),
                 square = 1 / std::sqrt(1 + slope * slope);
    for (std::size_t i = hull[h - 1] + 1; i < hull[h]; ++i) {
      const ProfilePoint& p = profile[i];
      if (p.offset_m < right_m || p.offset_m > left_m) continue;
      const double depth = (a.height_m + slope * (p.offset_m - a.offset_m) - p.height_m) * square;
      if (depth > best.depth) best = {depth, i, hull[h - 1], hull[h]};
    }
  }
  return best;
}

/// The straight-edge laid down at every place of the lane.
Gap belowStraightEdge(std::span<const ProfilePoint> lane, double right_m, double left_m, double length_m) {
  Gap best;
  std::size_t last = 0;
  for (std::size_t first = 0; first < lane.size(); ++first) {
    last = std::max(last, first);
    while (last + 1 < lane.size() && lane[last + 1].offset_m - lane[first].offset_m <= length_m + 1e-9) ++last;
    if (lane[first].offset_m > left_m) break;
    if (lane[last].offset_m < right_m) continue;
    const Gap gap = deepestBelowHull(lane, first, last, right_m, left_m);
    if (gap.depth > best.depth) best = gap;
    if (last + 1 == lane.size()) break;  // further windows only lose points at this end
  }
  return best;
}

/// Between the two places beside the deepest point where the gap has fallen to a tenth of its depth.
double widthOf(std::span<const ProfilePoint> lane, const Gap& gap) {
  const ProfilePoint &a = lane[gap.rests_right], &b = lane[gap.rests_left];
  const double slope = (b.height_m - a.height_m) / (b.offset_m - a.offset_m), square = 1 / std::sqrt(1 + slope * slope);
  const auto below = [&](std::size_t i) {
    return (a.height_m + slope * (lane[i].offset_m - a.offset_m) - lane[i].height_m) * square;
  };
  const double edge = gap.depth / 10;
  const auto placeBetween = [&](std::size_t inner, std::size_t outer) {
    const double t = (below(inner) - edge) / (below(inner) - below(outer));
    return lane[inner].offset_m + t * (lane[outer].offset_m - lane[inner].offset_m);
  };
  std::size_t right = gap.deepest, left = gap.deepest;
  while (right > gap.rests_right && below(right) > edge) --right;
  while (left < gap.rests_left && below(left) > edge) ++left;
  return placeBetween(left - 1, left) - placeBetween(right + 1, right);
}

}  // namespace

std::optional<Rut> rutOf(std::span<const ProfilePoint> lane, double right_m, double left_m, double straight_edge_m) {
  const auto inside = std::count_if(
      lane.begin(), lane.end(), [&](const ProfilePoint& p) { return p.offset_m >= right_m && p.offset_m <= left_m; });
  if (inside < static_cast<std::ptrdiff_t>(fewest_points)) return std::nullopt;
  const Gap edge = belowStraightEdge(lane, right_m, left_m, straight_edge_m);
  const Gap wire = deepestBelowHull(lane, 0, lane.size() - 1, right_m, left_m);
  Rut rut;
  rut.straight_edge_mm = 1000 * edge.depth, rut.wire_mm = 1000 * wire.depth;
  rut.offset_m = (right_m + left_m) / 2;
  const Gap& shown = edge.depth > 0 ? edge : wire;
  if (shown.depth <= 0) return rut;
  const ProfilePoint &p = lane[shown.deepest], &a = lane[shown.rests_right], &b = lane[shown.rests_left];
  rut.offset_m = p.offset_m;
  rut.width_mm = 1000 * widthOf(lane, shown);
  const double t = (p.offset_m - a.offset_m) / (b.offset_m - a.offset_m);
  const double resting = (1 - t) * (1 - t) * a.sigma_m * a.sigma_m + t * t * b.sigma_m * b.sigma_m;
  rut.sigma_mm = 1000 * std::sqrt(p.sigma_m * p.sigma_m + resting);
  return rut;
}

}  // namespace hashimichi::measure
