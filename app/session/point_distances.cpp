#include "app/session/point_distances.h"

#include <limits>

#include "geo/measure/kd_tree.h"

namespace hashimichi::app {
namespace {

/// Core points of M3C2 lie half a metre apart; a point between four of them is still answered.
constexpr double reach_m = 0.6;

std::vector<Vec3d> placesOf(const ShownChange& change) {
  std::vector<Vec3d> places;
  places.reserve(change.result.points.size());
  for (const measure::PointChange& point : change.result.points) places.push_back(point.at);
  return places;
}

}  // namespace

render::PointDistances distancesOf(std::shared_ptr<const ShownChange> change) {
  const std::vector<Vec3d> places = placesOf(*change);
  auto tree = std::make_shared<const measure::KdTree>(places);
  return [change = std::move(change), tree](std::span<const Vec3d> points, std::span<float> distances_m) {
    std::vector<std::uint32_t> found;
    for (std::size_t i = 0; i < points.size(); ++i) {
      found.clear();
      tree->nearest(points[i], 1, reach_m, found);
      distances_m[i] = found.empty() ? std::numeric_limits<float>::quiet_NaN()
                                     : static_cast<float>(change->result.points[found.front()].distance_m);
    }
  };
}

}  // namespace hashimichi::app
