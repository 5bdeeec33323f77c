#include "geo/routing/plough_ways.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <queue>

namespace hashimichi::routing {
namespace {

/// Headings are taken over this distance, so that a kink at a junction does not decide them.
constexpr double heading_over_m = 10;
constexpr std::int32_t far_away = std::numeric_limits<std::int32_t>::max() / 4;
constexpr Arc no_arc = std::numeric_limits<Arc>::max();

std::int32_t ticks(double seconds) {
  return static_cast<std::int32_t>(std::lround(std::min(seconds * 10, 2e8)));
}

/// The part of a line between two distances along it; its ends are always there.
model::Polyline cutLine(const model::Polyline& line, double begin_m, double end_m) {
  model::Polyline cut;
  double along = 0;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const double step = distance2d(line[i], line[i + 1]);
    const auto at = [&](double s) { return line[i] + (line[i + 1] - line[i]) * (step > 0 ? (s - along) / step : 0); };
    if (along + step >= begin_m && cut.empty()) cut.push_back(at(std::clamp(begin_m, along, along + step)));
    if (!cut.empty() && along + step >= end_m) {
      cut.push_back(at(std::clamp(end_m, along, along + step)));
      return cut;
    }
    if (!cut.empty()) cut.push_back(line[i + 1]);
    along += step;
  }
  if (cut.empty()) cut.push_back(line.back());
  if (cut.size() == 1) cut.push_back(line.back());
  return cut;
}

Vec3d pointAlong(const model::Polyline& line, double distance_m) {
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const double step = distance2d(line[i], line[i + 1]);
    if (step >= distance_m && step > 0) return line[i] + (line[i + 1] - line[i]) * (distance_m / step);
    distance_m -= step;
  }
  return line.back();
}

Way wayOf(std::int32_t length_dm, std::int32_t turns_ds, std::int32_t turns) {
  constexpr std::int32_t most = std::numeric_limits<std::uint16_t>::max();
  return {length_dm, static_cast<std::uint16_t>(std::min(turns_ds, most)),
          static_cast<std::uint16_t>(std::min(turns, most))};
}

struct Heading {
  float x = 1, y = 0;
};
Heading headingAtStart(const model::Polyline& line) {
  const Vec3d d = pointAlong(line, heading_over_m) - line.front();
  const double length = std::hypot(d.x, d.y);
  if (!(length > 0)) return {};
  return {static_cast<float>(d.x / length), static_cast<float>(d.y / length)};
}

}  // namespace

/// What one search leaves behind, by arc. Arrays are kept between searches of one thread and cleared by what was
/// touched, because most searches end near where they began.
struct RoadWays::Search {
  std::vector<std::int32_t> cost, length_dm, turns_ds, turns;
  std::vector<Arc> before;
  std::vector<Arc> touched;
  std::vector<std::int32_t> node_cost;
  std::vector<Arc> node_by;  ///< the arc that arrives there first
  std::vector<std::uint32_t> touched_nodes;
  std::vector<char> wanted;  ///< arcs

  void fit(std::size_t arcs, std::size_t nodes) {
    if (cost.size() != arcs) {
      cost.assign(arcs, far_away), length_dm.assign(arcs, 0), turns_ds.assign(arcs, 0), turns.assign(arcs, 0);
      before.assign(arcs, no_arc), wanted.assign(arcs, 0);
      touched.clear();
    }
    if (node_cost.size() != nodes) {
      node_cost.assign(nodes, far_away), node_by.assign(nodes, no_arc);
      touched_nodes.clear();
    }
    for (const Arc arc : touched) cost[arc] = far_away;
    for (const std::uint32_t node : touched_nodes) node_cost[node] = far_away, node_by[node] = no_arc;
    touched.clear(), touched_nodes.clear();
  }
};

RoadWays::RoadWays(const network::RoadGraph& graph, std::span<const model::RoadSegment> roads, const TravelRules& rules)
    : graph_(graph), roads_(roads), rules_(rules) {
  headings_.resize(2 * graph.edges.size());
  traverse_ds_.resize(graph.edges.size());
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    model::Polyline along = line(static_cast<Arc>(2 * e));
    const Heading begin = headingAtStart(along);
    std::reverse(along.begin(), along.end());
    const Heading end = headingAtStart(along);
    headings_[2 * e] = {begin.x, begin.y, -end.x, -end.y};
    headings_[2 * e + 1] = {end.x, end.y, -begin.x, -begin.y};
    traverse_ds_[e] = std::max(1, ticks(graph.edges[e].length_m * 3.6 / rules.transit_kmh));
  }
}

std::uint32_t RoadWays::tail(Arc arc) const {
  return (arc & 1u) != 0 ? edgeOf(arc).to : edgeOf(arc).from;
}
std::uint32_t RoadWays::head(Arc arc) const {
  return (arc & 1u) != 0 ? edgeOf(arc).from : edgeOf(arc).to;
}
bool RoadWays::mayDrive(Arc arc) const {
  return (arc & 1u) != 0 ? edgeOf(arc).backward : edgeOf(arc).forward;
}

model::Polyline RoadWays::line(Arc arc) const {
  const network::Edge& edge = edgeOf(arc);
  const model::Polyline& whole = roads_[edge.segment].centreline;
  model::Polyline cut = cutLine(whole, edge.begin_m, edge.begin_m + edge.length_m);
  cut.front().x = graph_.nodes[edge.from].x, cut.front().y = graph_.nodes[edge.from].y;
  cut.back().x = graph_.nodes[edge.to].x, cut.back().y = graph_.nodes[edge.to].y;
  if ((arc & 1u) != 0) std::reverse(cut.begin(), cut.end());
  return cut;
}

double RoadWays::angleBetween(Arc from, Arc to) const {
  const Headings &a = headings_[from], &b = headings_[to];
  const double cosine = static_cast<double>(a.end_x) * b.begin_x + static_cast<double>(a.end_y) * b.begin_y;
  return std::acos(std::clamp(cosine, -1.0, 1.0)) * 180 / std::numbers::pi;
}

std::int32_t RoadWays::turn_ds(Arc from, Arc to) const {
  const Turn turned = turn(from, to);
  return turned == Turn::straight ? 0 : ticks(turned == Turn::round ? rules_.u_turn_s : rules_.turn_s);
}

Turn RoadWays::turn(Arc from, Arc to) const {
  const double angle = angleBetween(from, to);
  if (to == reversed(from) || angle >= rules_.u_turn_from_deg) return Turn::round;
  if (angle < rules_.turn_from_deg) return Turn::straight;
  const Headings &a = headings_[from], &b = headings_[to];
  return a.end_x * b.begin_y - a.end_y * b.begin_x > 0 ? Turn::left : Turn::right;
}

void RoadWays::search(WayEnd from, std::span<const WayEnd> to, Search& found) const {
  found.fit(2 * graph_.edges.size(), graph_.nodes.size());
  std::size_t arcs_wanted = 0;
  std::vector<std::uint32_t> nodes_wanted;
  for (const WayEnd& end : to) {
    if (end.at_node)
      nodes_wanted.push_back(end.id);
    else if (found.wanted[end.id] == 0)
      found.wanted[end.id] = 1, ++arcs_wanted;
  }
  using Entry = std::pair<std::int32_t, Arc>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  const auto enter = [&](Arc arc, std::int32_t cost, Arc before, std::int32_t length_dm, std::int32_t turns_ds,
                         std::int32_t turns) {
    if (cost >= found.cost[arc]) return;
    if (found.cost[arc] == far_away) found.touched.push_back(arc);
    found.cost[arc] = cost, found.before[arc] = before;
    found.length_dm[arc] = length_dm, found.turns_ds[arc] = turns_ds, found.turns[arc] = turns;
    open.emplace(cost, arc);
  };
  const auto arrive = [&](std::uint32_t node, std::int32_t cost, Arc by) {
    if (cost >= found.node_cost[node]) return;
    if (found.node_cost[node] == far_away) found.touched_nodes.push_back(node);
    found.node_cost[node] = cost, found.node_by[node] = by;
  };
  const std::uint32_t start = from.at_node ? from.id : head(from.id);
  arrive(start, 0, no_arc);
  for (const network::RoadGraph::Step& step : graph_.from(start)) {
    const Arc next = 2 * step.edge + (step.backward ? 1 : 0);
    const std::int32_t turning = from.at_node ? 0 : turn_ds(from.id, next);
    enter(next, turning, no_arc, 0, turning, !from.at_node && isTurn(from.id, next) ? 1 : 0);
  }
  while (!open.empty()) {
    const auto [cost, arc] = open.top();
    open.pop();
    if (cost > found.cost[arc]) continue;
    if (found.wanted[arc] != 0) found.wanted[arc] = 0, --arcs_wanted;
    std::erase_if(nodes_wanted, [&](std::uint32_t node) { return found.node_cost[node] <= cost; });
    if (arcs_wanted == 0 && nodes_wanted.empty()) break;
    const std::int32_t there = cost + traverse_ds_[arc >> 1];
    if (there >= far_away) continue;
    arrive(head(arc), there, arc);
    const std::int32_t length = found.length_dm[arc] + static_cast<std::int32_t>(std::lround(length_m(arc) * 10));
    for (const network::RoadGraph::Step& step : graph_.from(head(arc))) {
      const Arc next = 2 * step.edge + (step.backward ? 1 : 0);
      if (there >= found.cost[next]) continue;
      const std::int32_t turning = turn_ds(arc, next);
      enter(next, there + turning, arc, length, found.turns_ds[arc] + turning,
            found.turns[arc] + (isTurn(arc, next) ? 1 : 0));
    }
  }
  for (const WayEnd& end : to)
    if (!end.at_node) found.wanted[end.id] = 0;
}

std::vector<Way> RoadWays::waysFrom(WayEnd from, std::span<const WayEnd> to) const {
  thread_local Search found;
  search(from, to, found);
  std::vector<Way> ways(to.size());
  for (std::size_t k = 0; k < to.size(); ++k) {
    const WayEnd& end = to[k];
    if (!end.at_node) {
      if (found.cost[end.id] < far_away)
        ways[k] = wayOf(found.length_dm[end.id], found.turns_ds[end.id], found.turns[end.id]);
      continue;
    }
    if (found.node_cost[end.id] == far_away) continue;
    const Arc by = found.node_by[end.id];
    ways[k] = by == no_arc ? Way{0, 0, 0}
                           : wayOf(found.length_dm[by] + static_cast<std::int32_t>(std::lround(length_m(by) * 10)),
                                   found.turns_ds[by], found.turns[by]);
  }
  return ways;
}

std::vector<Arc> RoadWays::arcsBetween(WayEnd from, WayEnd to) const {
  thread_local Search found;
  search(from, std::span(&to, 1), found);
  Arc arc = no_arc;
  if (to.at_node)
    arc = found.node_cost[to.id] < far_away ? found.node_by[to.id] : no_arc;
  else if (found.cost[to.id] < far_away)
    arc = found.before[to.id];
  std::vector<Arc> arcs;
  for (; arc != no_arc; arc = found.before[arc]) arcs.push_back(arc);
  std::reverse(arcs.begin(), arcs.end());
  return arcs;
}

std::vector<bool> RoadWays::mainNetwork() const {
  // Kosaraju: the order of leaving in one direction, then sets in the other.
  const std::size_t n = graph_.nodes.size();
  std::vector<std::vector<std::uint32_t>> backwards(n);
  for (std::uint32_t node = 0; node < n; ++node)
    for (const network::RoadGraph::Step& step : graph_.from(node)) backwards[step.node].push_back(node);
  std::vector<std::uint32_t> left;
  std::vector<char> seen(n, 0);
  std::vector<std::pair<std::uint32_t, std::size_t>> stack;
  for (std::uint32_t root = 0; root < n; ++root) {
    if (seen[root] != 0) continue;
    seen[root] = 1, stack.emplace_back(root, 0);
    while (!stack.empty()) {
      const std::uint32_t node = stack.back().first;
      const auto steps = graph_.from(node);
      if (stack.back().second == steps.size()) {
        left.push_back(node), stack.pop_back();
        continue;
      }
      const std::uint32_t next = steps[stack.back().second++].node;
      if (seen[next] == 0) seen[next] = 1, stack.emplace_back(next, 0);
    }
  }
  std::vector<std::uint32_t> set(n, 0), open;
  std::uint32_t sets = 0, largest = 0;
  std::size_t largest_size = 0;
  for (std::size_t k = left.size(); k-- > 0;) {
    if (set[left[k]] != 0) continue;
    std::size_t size = 0;
    open.push_back(left[k]), set[left[k]] = ++sets;
    while (!open.empty()) {
      const std::uint32_t node = open.back();
      open.pop_back(), ++size;
      for (const std::uint32_t next : backwards[node])
        if (set[next] == 0) set[next] = sets, open.push_back(next);
    }
    if (size > largest_size) largest_size = size, largest = sets;
  }
  std::vector<bool> inside(n, false);
  for (std::size_t node = 0; node < n; ++node) inside[node] = set[node] == largest && n > 0;
  return inside;
}

}  // namespace hashimichi::routing
