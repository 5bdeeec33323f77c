#include "geo/measure/mesh_distance.h"

#include <algorithm>

namespace hashimichi::measure {
namespace {

constexpr std::uint32_t leaf_triangles = 4;

double axisOf(const Vec3d& p, int axis) {
  return axis == 0 ? p.x : axis == 1 ? p.y : p.z;
}

Vec3d nearestOn(const Triangle3d& t, Vec3d p) {
  const Vec3d ab = t.b - t.a, ac = t.c - t.a, ap = p - t.a;
  const double d1 = dot(ab, ap), d2 = dot(ac, ap);
  if (d1 <= 0 && d2 <= 0) return t.a;
  const Vec3d bp = p - t.b;
  const double d3 = dot(ab, bp), d4 = dot(ac, bp);
  if (d3 >= 0 && d4 <= d3) return t.b;
  const double vc = d1 * d4 - d3 * d2;
  if (vc <= 0 && d1 >= 0 && d3 <= 0) return t.a + ab * (d1 / (d1 - d3));
  const Vec3d cp = p - t.c;
  const double d5 = dot(ab, cp), d6 = dot(ac, cp);
  if (d6 >= 0 && d5 <= d6) return t.c;
  const double vb = d5 * d2 - d1 * d6;
  if (vb <= 0 && d2 >= 0 && d6 <= 0) return t.a + ac * (d2 / (d2 - d6));
  const double va = d3 * d6 - d5 * d4;
  if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) return t.b + (t.c - t.b) * ((d4 - d3) / ((d4 - d3) + (d5 - d6)));
  const double whole = 1 / (va + vb + vc);
  return t.a + ab * (vb * whole) + ac * (vc * whole);
}

double toBox2(Vec3d p, Vec3d low, Vec3d high) {
  const double x = std::max({low.x - p.x, 0.0, p.x - high.x}), y = std::max({low.y - p.y, 0.0, p.y - high.y}),
               z = std::max({low.z - p.z, 0.0, p.z - high.z});
  return x * x + y * y + z * z;
}

}  // namespace

MeshDistance::MeshDistance(std::vector<Triangle3d> triangles) : triangles_(std::move(triangles)) {
  std::erase_if(triangles_, [](const Triangle3d& t) {
    return !isFinite(t.a) || !isFinite(t.b) || !isFinite(t.c) || !(norm(cross(t.b - t.a, t.c - t.a)) > 1e-12);
  });
  if (triangles_.empty()) return;
  nodes_.reserve(2 * triangles_.size() / leaf_triangles + 2);
  build(0, static_cast<std::uint32_t>(triangles_.size()));
}

void MeshDistance::build(std::uint32_t first, std::uint32_t count) {
  const std::size_t number = nodes_.size();
  nodes_.push_back({});
  Bounds box, centres;
  for (std::uint32_t i = first; i < first + count; ++i) {
    const Triangle3d& t = triangles_[i];
    box.add(t.a), box.add(t.b), box.add(t.c), centres.add((t.a + t.b + t.c) * (1.0 / 3));
  }
  nodes_[number] = {box.low, box.high, first, count, 0};
  if (count <= leaf_triangles) return;
  const Vec3d size = centres.size();
  const int axis = size.x >= size.y && size.x >= size.z ? 0 : size.y >= size.z ? 1 : 2;
  const std::uint32_t half = count / 2;
  const auto begin = triangles_.begin() + first;
  std::nth_element(begin, begin + half, begin + count, [&](const Triangle3d& a, const Triangle3d& b) {
    return axisOf(a.a + a.b + a.c, axis) < axisOf(b.a + b.b + b.c, axis);
  });
  build(first, half);
  nodes_[number].right = static_cast<std::uint32_t>(nodes_.size());
  build(first + half, count - half);
}

std::optional<MeshDistance::Hit> MeshDistance::nearest(Vec3d place, double reach) const {
  if (nodes_.empty() || !isFinite(place)) return std::nullopt;
  double best2 = reach * reach;
  std::optional<Hit> best;
  double squareness = 0;
  std::uint32_t stack[64];
  int top = 0;
  stack[top++] = 0;
  while (top > 0) {
    const std::uint32_t number = stack[--top];
    const Node& node = nodes_[number];
    if (toBox2(place, node.low, node.high) > best2 * (1 + 1e-9)) continue;
    if (node.right != 0) {
      const Node &left = nodes_[number + 1], &right = nodes_[node.right];
      const bool left_first = toBox2(place, left.low, left.high) <= toBox2(place, right.low, right.high);
      stack[top++] = left_first ? node.right : number + 1;
      stack[top++] = left_first ? number + 1 : node.right;
      continue;
    }
    for (std::uint32_t i = node.first; i < node.first + node.count; ++i) {
      const Triangle3d& t = triangles_[i];
      const Vec3d d = place - nearestOn(t, place);
      const double d2 = dot(d, d);
      if (d2 > best2 * (1 + 1e-9)) continue;
      Vec3d normal = cross(t.b - t.a, t.c - t.a);
      normal = normal * (1 / norm(normal));
      const double away = std::sqrt(d2), side = dot(d, normal);
      const double square = away > 0 ? std::abs(side) / away : 1;
      if (best && d2 >= best2 * (1 - 1e-9) && square <= squareness) continue;
      best2 = std::min(best2, d2), squareness = square;
      best = Hit{std::copysign(away, side), normal};
    }
  }
  return best;
}

}  // namespace hashimichi::measure
