#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "geo/core/geometry.h"

namespace hashimichi::measure {

/// Finds points near a place. Balanced, 16 points a leaf; made once in n log n, then asked by any number of threads.
/// Points that are not finite are never found. At most 2^32 − 2 points.
class KdTree {
 public:
  explicit KdTree(std::span<const Vec3d> points);

  std::size_t size() const { return points_.size(); }
  /// Calls take(place − centre) for every point within a ball.
  template <typename Take>
  void ball(Vec3d centre, double radius, Take&& take) const;
  /// Calls take(position along the axis) for every point within a cylinder: from centre − axis · reach to
  /// centre + axis · reach. @param axis  unit vector
  template <typename Take>
  void cylinder(Vec3d centre, Vec3d axis, double radius, double reach, Take&& take) const;
  /// The k nearest, nearest first; fewer when there are not as many within the reach.
  void nearest(Vec3d place, int k, double reach, std::vector<std::uint32_t>& found) const;

 private:
  struct Node {
    Vec3d centre, half;  ///< box of the points
    std::uint32_t first = 0, count = 0;
    std::uint32_t right = 0;  ///< left is the next one; 0: a leaf
  };
  void build(std::uint32_t first, std::uint32_t count, std::span<const Vec3d> source);

  std::vector<Node> nodes_;
  std::vector<Vec3d> points_;  ///< in the order of the tree
  std::vector<std::uint32_t> index_;
};

template <typename Take>
void KdTree::ball(Vec3d centre, double radius, Take&& take) const {
  if (nodes_.empty()) return;
  const double radius2 = radius * radius;
  std::uint32_t stack[64];
  int top = 0;
  stack[top++] = 0;
  while (top > 0) {
    const std::uint32_t number = stack[--top];
    const Node& node = nodes_[number];
    const double x = std::max(0.0, std::abs(centre.x - node.centre.x) - node.half.x);
    const double y = std::max(0.0, std::abs(centre.y - node.centre.y) - node.half.y);
    const double z = std::max(0.0, std::abs(centre.z - node.centre.z) - node.half.z);
    if (x * x + y * y + z * z > radius2) continue;
    if (node.right != 0) {
      stack[top++] = node.right;
      stack[top++] = number + 1;
      continue;
    }
    for (std::uint32_t i = node.first; i < node.first + node.count; ++i) {
      const Vec3d d = points_[i] - centre;
      if (dot(d, d) <= radius2) take(d);
    }
  }
}

template <typename Take>
void KdTree::cylinder(Vec3d centre, Vec3d axis, double radius, double reach, Take&& take) const {
  if (nodes_.empty()) return;
  const double radius2 = radius * radius;
  std::uint32_t stack[64];
  int top = 0;
  stack[top++] = 0;
  while (top > 0) {
    const std::uint32_t number = stack[--top];
    const Node& node = nodes_[number];
    // Half the box's extent along the axis, and a ball around the box across it.
    const Vec3d d = node.centre - centre;
    const double along = dot(d, axis), ball = norm(node.half);
    const double extent =
        std::abs(axis.x) * node.half.x + std::abs(axis.y) * node.half.y + std::abs(axis.z) * node.half.z;
    if (std::abs(along) > reach + extent) continue;
    const double across = radius + ball;
    if (dot(d, d) - along * along > across * across) continue;
    if (node.right != 0) {
      stack[top++] = node.right;
      stack[top++] = number + 1;
      continue;
    }
    for (std::uint32_t i = node.first; i < node.first + node.count; ++i) {
      const Vec3d p = points_[i] - centre;
      const double t = dot(p, axis);
      if (std::abs(t) <= reach && dot(p, p) - t * t <= radius2) take(t);
    }
  }
}

}  // namespace hashimichi::measure
