#include "geo/measure/kd_tree.h"

#include <algorithm>
#include <numeric>
#include <queue>

namespace hashimichi::measure {
namespace {

constexpr std::uint32_t leaf_points = 16;

double axisOf(const Vec3d& p, int axis) {
  return axis == 0 ? p.x : axis == 1 ? p.y : p.z;
}

/// Squared distance from a place to a box.
double toBox(Vec3d place, Vec3d centre, Vec3d half) {
  const double x = std::max(0.0, std::abs(place.x - centre.x) - half.x);
  const double y = std::max(0.0, std::abs(place.y - centre.y) - half.y);
  const double z = std::max(0.0, std::abs(place.z - centre.z) - half.z);
  return x * x + y * y + z * z;
}

}  // namespace

KdTree::KdTree(std::span<const Vec3d> points) {
  index_.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i)
    if (isFinite(points[i])) index_.push_back(static_cast<std::uint32_t>(i));
  if (index_.empty()) return;
  nodes_.reserve(4 * index_.size() / leaf_points + 1);
  build(0, static_cast<std::uint32_t>(index_.size()), points);
  points_.reserve(index_.size());
  for (const std::uint32_t i : index_) points_.push_back(points[i]);
}

void KdTree::build(std::uint32_t first, std::uint32_t count, std::span<const Vec3d> source) {
  const std::size_t number = nodes_.size();
  nodes_.push_back({});
  Bounds box;
  for (std::uint32_t i = first; i < first + count; ++i) box.add(source[index_[i]]);
  const Vec3d size = box.size();
  nodes_[number] = {box.centre(), size * 0.5, first, count, 0};
  if (count <= leaf_points) return;
  const int axis = size.x >= size.y && size.x >= size.z ? 0 : size.y >= size.z ? 1 : 2;
  const std::uint32_t half = count / 2;
  const auto begin = index_.begin() + first;
  std::nth_element(begin, begin + half, begin + count,
                   [&](std::uint32_t a, std::uint32_t b) { return axisOf(source[a], axis) < axisOf(source[b], axis); });
  build(first, half, source);
  nodes_[number].right = static_cast<std::uint32_t>(nodes_.size());
  build(first + half, count - half, source);
}

void KdTree::nearest(Vec3d place, int k, double reach, std::vector<std::uint32_t>& found) const {
  found.clear();
  if (nodes_.empty() || k < 1) return;
  std::priority_queue<std::pair<double, std::uint32_t>> best;  // the farthest on top
  double limit2 = reach * reach;
  std::uint32_t stack[64];
  int top = 0;
  stack[top++] = 0;
  while (top > 0) {
    const std::uint32_t number = stack[--top];
    const Node& node = nodes_[number];
    if (toBox(place, node.centre, node.half) > limit2) continue;
    if (node.right != 0) {
      const Node &left = nodes_[number + 1], &right = nodes_[node.right];
      const bool left_first = toBox(place, left.centre, left.half) <= toBox(place, right.centre, right.half);
      stack[top++] = left_first ? node.right : number + 1;
      stack[top++] = left_first ? number + 1 : node.right;
      continue;
    }
    for (std::uint32_t i = node.first; i < node.first + node.count; ++i) {
      const Vec3d d = points_[i] - place;
      const double d2 = dot(d, d);
      if (d2 > limit2) continue;
      best.push({d2, index_[i]});
      if (best.size() > static_cast<std::size_t>(k)) best.pop();
      if (best.size() == static_cast<std::size_t>(k)) limit2 = std::min(limit2, best.top().first);
    }
  }
  found.resize(best.size());
  for (std::size_t i = best.size(); i-- > 0; best.pop()) found[i] = best.top().second;
}

}  // namespace hashimichi::measure
