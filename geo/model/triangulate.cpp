#include "geo/model/triangulate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace hashimichi::model {
namespace {

using NodeId = std::uint32_t;
constexpr NodeId no_node = std::numeric_limits<NodeId>::max();
/// Below this many corners a plain walk round the ring is faster than the index of reflex corners.
constexpr std::size_t index_from_corners = 64;
constexpr double cells_per_side_limit = 512;

/// A corner of the ring that is still to be clipped; bridges to holes make two nodes of one point.
struct Node {
  double x = 0, y = 0;
  std::uint32_t point = 0;
  NodeId previous = no_node, next = no_node;
  bool alive = true, reflex = false, queued = false;
};

/// Twice the signed area of a, b, c; positive when they turn left.
double turn(const Node& a, const Node& b, const Node& c) {
  return (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
}
bool samePlace(const Node& a, const Node& b) {
  return a.x == b.x && a.y == b.y;
}

/// Drops the axis along which the ring's normal is longest, keeping "counter-clockwise" as it is seen from outside.
class Projection {
 public:
  explicit Projection(const Ring& outer) : origin_(outer.front()) {
    const Vec3d n = newellNormal(outer);
    const double x = std::fabs(n.x), y = std::fabs(n.y), z = std::fabs(n.z);
    axis_ = z >= x && z >= y ? 2 : (y >= x ? 1 : 0);
    const double along = axis_ == 2 ? n.z : (axis_ == 1 ? n.y : n.x);
    flip_ = along < 0;
    valid_ = std::isfinite(along) && along != 0;
  }
  bool valid() const { return valid_; }
  Node node(Vec3d p, std::uint32_t point) const {
    const Vec3d d = p - origin_;
    Node node;
    node.x = axis_ == 0 ? d.y : (axis_ == 1 ? d.z : d.x);
    node.y = axis_ == 0 ? d.z : (axis_ == 1 ? d.x : d.y);
    if (flip_) std::swap(node.x, node.y);
    node.point = point;
    return node;
  }

 private:
  Vec3d origin_;
  int axis_ = 2;
  bool flip_ = false, valid_ = false;
};

/// The ring as a doubly linked list, holes joined in.
class Corners {
 public:
  std::vector<Node> nodes;

  Node& previous(NodeId id) { return nodes[nodes[id].previous]; }
  Node& next(NodeId id) { return nodes[nodes[id].next]; }

  /// @returns a node of the new loop, turning left (outer) or right (hole); nothing when the ring has no area
  std::optional<NodeId> addLoop(const Ring& ring, std::uint32_t first_point, const Projection& projection, bool left) {
    const auto first = static_cast<NodeId>(nodes.size());
    for (std::size_t i = 0; i < ring.size(); ++i)
      nodes.push_back(projection.node(ring[i], first_point + static_cast<std::uint32_t>(i)));
    const auto count = static_cast<NodeId>(ring.size());
    double twice_area = 0;
    for (NodeId i = 0; i < count; ++i) {
      const Node &a = nodes[first + i], &b = nodes[first + (i + 1) % count];
      twice_area += turn(nodes[first], a, b);
    }
    if (twice_area == 0) return std::nullopt;
    const bool reverse = (twice_area > 0) != left;
    for (NodeId i = 0; i < count; ++i) {
      const NodeId a = first + i, b = first + (i + 1) % count;
      link(reverse ? b : a, reverse ? a : b);
    }
    return first;
  }

  void link(NodeId a, NodeId b) {
    nodes[a].next = b;
    nodes[b].previous = a;
  }

  NodeId leftmostOf(NodeId start) const {
    NodeId best = start;
    for (NodeId id = nodes[start].next; id != start; id = nodes[id].next)
      if (nodes[id].x < nodes[best].x || (nodes[id].x == nodes[best].x && nodes[id].y < nodes[best].y)) best = id;
    return best;
  }

  /// Opens the ring at `outer` and the hole at `hole` and joins them by an edge walked in both directions.
  void bridge(NodeId outer, NodeId hole) {
    const auto outer_twin = static_cast<NodeId>(nodes.size()), hole_twin = outer_twin + 1;
    nodes.push_back(nodes[outer]);
    nodes.push_back(nodes[hole]);
    const NodeId after_outer = nodes[outer].next, before_hole = nodes[hole].previous;
    link(before_hole, hole_twin);
    link(hole_twin, outer_twin);
    link(outer_twin, after_outer);
    link(outer, hole);
  }

  /// Whether the direction from `id` to `p` points into the polygon there.
  bool opensTowards(NodeId id, const Node& p) {
    const Node &a = previous(id), &b = nodes[id], &c = next(id);
    if (turn(a, b, c) >= 0) return turn(b, c, p) >= 0 && turn(a, b, p) >= 0;
    return turn(b, c, p) >= 0 || turn(a, b, p) >= 0;
  }

  NodeId visibleFrom(NodeId hole, NodeId ring);
};

/// The corner of the ring from which the leftmost point of a hole is seen (Eberly, section 5): where a ray to the left
/// first meets the ring, or else a corner that stands in between.
NodeId Corners::visibleFrom(NodeId hole, NodeId ring) {
  const Node m = nodes[hole];
  double hit_x = -std::numeric_limits<double>::infinity();
  NodeId candidate = no_node;
  for (NodeId id = ring;;) {
    const Node &a = nodes[id], &b = nodes[a.next];
    // The interior lies left of an edge, so only edges that go down can face a ray that comes from the east.
    if (a.y >= m.y && b.y <= m.y && a.y != b.y) {
      const double x = a.x + (m.y - a.y) * (b.x - a.x) / (b.y - a.y);
      if (x <= m.x && x > hit_x) {
        hit_x = x;
        candidate = a.x < b.x ? id : a.next;
        if (x == m.x) return samePlace(b, m) ? a.next : id;  // the hole touches the ring
      }
    }
    id = a.next;
    if (id == ring) break;
  }
  if (candidate == no_node) return no_node;

  const Node hit{hit_x, m.y};
  const Node corner = nodes[candidate];
  NodeId best = no_node;
  double best_slope = std::numeric_limits<double>::infinity(), best_x = -best_slope;
  for (NodeId id = ring;;) {
    const Node& p = nodes[id];
    if (p.x <= m.x && p.x >= corner.x && !samePlace(p, m)) {
      const double s1 = turn(m, hit, p), s2 = turn(hit, corner, p), s3 = turn(corner, m, p);
      const bool inside = (s1 >= 0 && s2 >= 0 && s3 >= 0) || (s1 <= 0 && s2 <= 0 && s3 <= 0);
      const double slope = std::fabs(p.y - m.y) / (m.x - p.x);
      if (inside && opensTowards(id, m) && (slope < best_slope || (slope == best_slope && p.x > best_x)))
        best = id, best_slope = slope, best_x = p.x;
    }
    id = p.next;
    if (id == ring) break;
  }
  return best == no_node ? candidate : best;
}

/// Reflex corners by cell, so that a candidate ear asks only those near it. Entries that are clipped or have become
/// convex are thrown out when they are met.
class ReflexIndex {
 public:
  void build(const std::vector<Node>& nodes, std::size_t count) {
    double high_x = -std::numeric_limits<double>::infinity(), high_y = high_x;
    low_x_ = low_y_ = -high_x;
    for (const Node& n : nodes) {
      low_x_ = std::min(low_x_, n.x), low_y_ = std::min(low_y_, n.y);
      high_x = std::max(high_x, n.x), high_y = std::max(high_y, n.y);
    }
    const double side = std::clamp(std::sqrt(static_cast<double>(count)), 1.0, cells_per_side_limit);
    side_ = count < index_from_corners ? 1 : static_cast<std::size_t>(side);
    per_x_ = high_x > low_x_ ? static_cast<double>(side_) / (high_x - low_x_) : 0;
    per_y_ = high_y > low_y_ ? static_cast<double>(side_) / (high_y - low_y_) : 0;
    cells_.assign(side_ * side_, {});
    for (NodeId id = 0; id < nodes.size(); ++id)
      if (nodes[id].alive && nodes[id].reflex)
        cells_[cell(nodes[id].y, low_y_, per_y_) * side_ + cell(nodes[id].x, low_x_, per_x_)].push_back(id);
  }

  /// Whether any reflex corner lies in the triangle; corners at its own corners do not count.
  bool anyIn(const std::vector<Node>& nodes, const Node& a, const Node& b, const Node& c, bool with_border) {
    const std::size_t x1 = cell(std::max({a.x, b.x, c.x}), low_x_, per_x_);
    const std::size_t y0 = cell(std::min({a.y, b.y, c.y}), low_y_, per_y_);
    const std::size_t y1 = cell(std::max({a.y, b.y, c.y}), low_y_, per_y_);
    for (std::size_t y = y0; y <= y1; ++y)
      for (std::size_t x = cell(std::min({a.x, b.x, c.x}), low_x_, per_x_); x <= x1; ++x)
        if (anyInCell(cells_[y * side_ + x], nodes, a, b, c, with_border)) return true;
    return false;
  }

 private:
  std::size_t cell(double value, double low, double per_unit) const {
    return std::min(side_ - 1, static_cast<std::size_t>(std::max(0.0, (value - low) * per_unit)));
  }
  static bool anyInCell(std::vector<NodeId>& entries, const std::vector<Node>& nodes, const Node& a, const Node& b,
                        const Node& c, bool with_border) {
    for (std::size_t i = 0; i < entries.size();) {
      const Node& p = nodes[entries[i]];
      if (!p.alive || !p.reflex) {
        entries[i] = entries.back();
        entries.pop_back();
        continue;
      }
      ++i;
      const double s1 = turn(a, b, p), s2 = turn(b, c, p), s3 = turn(c, a, p);
      const bool inside = with_border ? s1 >= 0 && s2 >= 0 && s3 >= 0 : s1 > 0 && s2 > 0 && s3 > 0;
      if (inside && !samePlace(p, a) && !samePlace(p, b) && !samePlace(p, c)) return true;
    }
    return false;
  }

  std::vector<std::vector<NodeId>> cells_;
  std::size_t side_ = 1;
  double low_x_ = 0, low_y_ = 0, per_x_ = 0, per_y_ = 0;
};

/// How much an ear is asked for; loosened only when a whole round finds hardly any, which good polygons never need.
enum class Demand { clear_with_border, clear_inside, convex };

class Clipper {
 public:
  Clipper(Corners& corners, NodeId start, std::vector<Triangle>& out) : corners_(corners), start_(start), out_(out) {
    for (Node& node : corners_.nodes) node.alive = false;
    for (NodeId id = start;;) {
      corners_.nodes[id].alive = true;
      ++left_;
      id = corners_.nodes[id].next;
      if (id == start) break;
    }
  }

  void run() {
    NodeId id = start_;
    for (std::size_t i = 0; i < left_; ++i, id = corners_.nodes[id].next) updateReflex(id);
    index_.build(corners_.nodes, left_);
    Demand demand = Demand::clear_with_border;
    while (left_ > 3) {
      const std::size_t before = left_;
      clipRound(demand);
      if (left_ <= 3) break;
      if (left_ + before / 8 < before) continue;
      if (demand == Demand::convex) return;  // nothing but reflex corners: no area is left
      demand = demand == Demand::clear_with_border ? Demand::clear_inside : Demand::convex;
    }
    emit(start_);
  }

 private:
  void updateReflex(NodeId id) {
    corners_.nodes[id].reflex = turn(corners_.previous(id), corners_.nodes[id], corners_.next(id)) <= 0;
  }
  void emit(NodeId id) {
    const Node &a = corners_.previous(id), &b = corners_.nodes[id], &c = corners_.next(id);
    if (turn(a, b, c) > 0) out_.push_back({a.point, b.point, c.point});
  }
  bool isEar(NodeId id, Demand demand) {
    const Node &a = corners_.previous(id), &b = corners_.nodes[id], &c = corners_.next(id);
    const double twice_area = turn(a, b, c);
    if (twice_area == 0) return true;  // a point on an edge, or the tip of a spike: nothing is lost with it
    if (twice_area < 0) return false;
    return demand == Demand::convex || !index_.anyIn(corners_.nodes, a, b, c, demand == Demand::clear_with_border);
  }
  void enqueue(NodeId id) {
    if (corners_.nodes[id].queued) return;
    corners_.nodes[id].queued = true;
    queue_.push_back(id);
  }

  void clipRound(Demand demand) {
    queue_.clear();
    NodeId id = start_;
    for (std::size_t i = 0; i < left_; ++i, id = corners_.nodes[id].next) enqueue(id);
    for (std::size_t head = 0; head < queue_.size() && left_ > 3; ++head) {
      const NodeId candidate = queue_[head];
      corners_.nodes[candidate].queued = false;
      if (corners_.nodes[candidate].alive && isEar(candidate, demand)) clip(candidate);
    }
    for (Node& node : corners_.nodes) node.queued = false;
  }

  void clip(NodeId id) {
    emit(id);
    Node& node = corners_.nodes[id];
    node.alive = false;
    --left_;
    const NodeId before = node.previous, after = node.next;
    corners_.link(before, after);
    start_ = after;
    for (const NodeId neighbour : {before, after}) {
      updateReflex(neighbour);
      enqueue(neighbour);
    }
  }

  Corners& corners_;
  NodeId start_;
  std::vector<Triangle>& out_;
  ReflexIndex index_;
  std::vector<NodeId> queue_;
  std::size_t left_ = 0;
};

bool usable(const Polygon& polygon) {
  if (polygon.outer.size() < 3) return false;
  std::size_t points = polygon.outer.size();
  bool finite = std::all_of(polygon.outer.begin(), polygon.outer.end(), isFinite);
  for (const Ring& hole : polygon.holes) {
    points += hole.size();
    finite = finite && std::all_of(hole.begin(), hole.end(), isFinite);
  }
  return finite && points < no_node / 4;
}

}  // namespace

void triangulate(const Polygon& polygon, std::vector<Triangle>& out) {
  if (!usable(polygon)) return;
  const Projection projection(polygon.outer);
  if (!projection.valid()) return;
  Corners corners;
  const std::optional<NodeId> ring = corners.addLoop(polygon.outer, 0, projection, true);
  if (!ring) return;

  std::vector<NodeId> holes;  // the leftmost point of each
  auto first_point = static_cast<std::uint32_t>(polygon.outer.size());
  for (const Ring& hole : polygon.holes) {
    if (hole.size() >= 3)
      if (const auto loop = corners.addLoop(hole, first_point, projection, false))
        holes.push_back(corners.leftmostOf(*loop));
    first_point += static_cast<std::uint32_t>(hole.size());
  }
  // From the left, so that a hole behind another finds that one already joined to the ring.
  std::sort(holes.begin(), holes.end(), [&](NodeId a, NodeId b) {
    const Node &p = corners.nodes[a], &q = corners.nodes[b];
    return p.x != q.x ? p.x < q.x : p.y < q.y;
  });
  for (const NodeId hole : holes)
    if (const NodeId seen = corners.visibleFrom(hole, *ring); seen != no_node) corners.bridge(seen, hole);

  Clipper(corners, *ring, out).run();
}

}  // namespace hashimichi::model
