#include "render/triangle_tree.h"

#include <algorithm>
#include <array>

namespace hashimichi::render {
namespace {

constexpr std::uint32_t leaf_size = 6;
/// Halving by count: 2^40 triangles would be needed to go deeper.
constexpr std::size_t deepest = 64;

/// Distance to a box's near side; infinity when missed or beyond `within`.
double enter(const Ray& ray, const Vec3d& inverse, const float* low, const float* high, double within) {
  const double ax = (low[0] - ray.origin.x) * inverse.x, bx = (high[0] - ray.origin.x) * inverse.x;
  const double ay = (low[1] - ray.origin.y) * inverse.y, by = (high[1] - ray.origin.y) * inverse.y;
  const double az = (low[2] - ray.origin.z) * inverse.z, bz = (high[2] - ray.origin.z) * inverse.z;
  // A zero direction within the slab gives NaN; min and max in this order let the other operand through.
  const double in = std::max(std::max(std::min(ax, bx), std::min(ay, by)), std::max(std::min(az, bz), 0.0));
  const double out = std::min(std::min(std::max(ax, bx), std::max(ay, by)), std::max(az, bz));
  return in <= out && in < within ? in : std::numeric_limits<double>::infinity();
}

Vec3d inverseOf(const Ray& ray) {
  const auto safe = [](double d) { return 1 / (std::abs(d) < 1e-12 ? (d < 0 ? -1e-12 : 1e-12) : d); };
  return {safe(ray.direction.x), safe(ray.direction.y), safe(ray.direction.z)};
}

}  // namespace

std::optional<double> meetTriangle(const Ray& ray, Vec3d a, Vec3d b, Vec3d c) {
  const Vec3d ab = b - a, ac = c - a, p = cross(ray.direction, ac);
  const double determinant = dot(ab, p);
  if (std::abs(determinant) < 1e-12) return std::nullopt;
  const Vec3d from_a = ray.origin - a;
  const double u = dot(from_a, p) / determinant;
  const Vec3d q = cross(from_a, ab);
  const double v = dot(ray.direction, q) / determinant, distance = dot(ac, q) / determinant;
  constexpr double slack = 1e-9;  // shared edges must not leak
  if (u < -slack || v < -slack || u + v > 1 + slack || distance <= 0) return std::nullopt;
  return distance;
}

std::optional<double> meetBox(const Ray& ray, const Bounds& box) {
  const float low[3] = {static_cast<float>(box.low.x), static_cast<float>(box.low.y), static_cast<float>(box.low.z)};
  const float high[3] = {static_cast<float>(box.high.x), static_cast<float>(box.high.y),
                         static_cast<float>(box.high.z)};
  const double at = enter(ray, inverseOf(ray), low, high, std::numeric_limits<double>::infinity());
  if (!std::isfinite(at)) return std::nullopt;
  return at;
}

TriangleTree::TriangleTree(const Mesh& mesh) : mesh_(mesh), order_(mesh.triangleCount()) {
  if (order_.empty()) return;
  std::vector<Item> items(order_.size());
  for (std::uint32_t t = 0; t < items.size(); ++t) {
    items[t] = {{0, 0, 0}, t};
    for (std::size_t axis = 0; axis < 3; ++axis)
      for (std::size_t k = 0; k < 3; ++k)
        items[t].centre[axis] += mesh.xyz[3 * mesh.triangles[3 * std::size_t{t} + k] + axis] / 3;
  }
  nodes_.reserve(2 * order_.size() / leaf_size * 2 + 1);
  nodes_.push_back({});
  nodes_[0].count = static_cast<std::uint32_t>(order_.size());
  for (std::size_t node = 0; node < nodes_.size(); ++node) split(node, items);
  for (std::size_t i = 0; i < items.size(); ++i) order_[i] = items[i].triangle;
  // Children stand behind their parents: backwards, every box is made of finished ones.
  for (auto node = nodes_.rbegin(); node != nodes_.rend(); ++node)
    node->count > 0 ? encloseTriangles(*node) : encloseChildren(*node);
}

void TriangleTree::encloseTriangles(Node& leaf) const {
  std::fill_n(leaf.low, 3, std::numeric_limits<float>::infinity());
  std::fill_n(leaf.high, 3, -std::numeric_limits<float>::infinity());
  for (std::uint32_t i = leaf.first; i < leaf.first + leaf.count; ++i)
    for (std::size_t k = 0; k < 3; ++k) {
      const float* p = &mesh_.xyz[3 * mesh_.triangles[3 * std::size_t{order_[i]} + k]];
      for (std::size_t axis = 0; axis < 3; ++axis) {
        leaf.low[axis] = std::min(leaf.low[axis], p[axis]);
        leaf.high[axis] = std::max(leaf.high[axis], p[axis]);
      }
    }
}

void TriangleTree::encloseChildren(Node& inner) const {
  const Node &left = nodes_[inner.first], &right = nodes_[inner.first + 1];
  for (std::size_t axis = 0; axis < 3; ++axis) {
    inner.low[axis] = std::min(left.low[axis], right.low[axis]);
    inner.high[axis] = std::max(left.high[axis], right.high[axis]);
  }
}

/// Halves along the axis along which the centres spread most.
void TriangleTree::split(std::size_t index, std::vector<Item>& items) {
  const std::uint32_t first = nodes_[index].first, count = nodes_[index].count, half = count / 2;
  if (count <= leaf_size) return;
  const auto begin = items.begin() + first, end = begin + count;
  float low[3], high[3];
  std::copy_n(begin->centre, 3, low);
  std::copy_n(begin->centre, 3, high);
  for (auto item = begin; item != end; ++item)
    for (std::size_t a = 0; a < 3; ++a) {
      low[a] = std::min(low[a], item->centre[a]);
      high[a] = std::max(high[a], item->centre[a]);
    }
  std::size_t axis = 0;
  for (std::size_t a = 1; a < 3; ++a)
    if (high[a] - low[a] > high[axis] - low[axis]) axis = a;
  std::nth_element(begin, begin + half, end,
                   [axis](const Item& a, const Item& b) { return a.centre[axis] < b.centre[axis]; });
  const auto children = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back({{}, {}, first, half});
  nodes_.push_back({{}, {}, first + half, count - half});
  nodes_[index].first = children, nodes_[index].count = 0;
}

Vec3d TriangleTree::corner(std::uint32_t triangle, std::size_t which) const {
  const float* p = &mesh_.xyz[3 * mesh_.triangles[3 * triangle + which]];
  return {p[0], p[1], p[2]};
}

std::optional<TriangleTree::Hit> TriangleTree::nearest(const Ray& ray, double within_m) const {
  std::optional<Hit> best;
  if (nodes_.empty()) return best;
  const Vec3d inverse = inverseOf(ray);
  std::array<std::uint32_t, deepest> waiting;
  std::size_t count = 0;
  waiting[count++] = 0;
  while (count > 0) {
    const Node& node = nodes_[waiting[--count]];
    if (!std::isfinite(enter(ray, inverse, node.low, node.high, within_m))) continue;
    for (std::uint32_t i = node.first; i < node.first + node.count; ++i) {
      const std::uint32_t triangle = order_[i];
      const auto at = meetTriangle(ray, corner(triangle, 0), corner(triangle, 1), corner(triangle, 2));
      if (at && *at < within_m) within_m = *at, best = Hit{*at, triangle};
    }
    if (node.count > 0) continue;
    const Node &left = nodes_[node.first], &right = nodes_[node.first + 1];
    const bool left_first =
        enter(ray, inverse, left.low, left.high, within_m) <= enter(ray, inverse, right.low, right.high, within_m);
    if (count + 2 > deepest) break;
    waiting[count++] = left_first ? node.first + 1 : node.first;
    waiting[count++] = left_first ? node.first : node.first + 1;
  }
  return best;
}

}  // namespace hashimichi::render
