#include "geo/network/road_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "geo/network/road_cuts.h"

namespace hashimichi::network {
namespace {

/// Ends that lie together become one node, the first that came; by cells of the snapping distance.
class NodeFinder {
 public:
  NodeFinder(const GraphRules& rules, std::vector<Vec3d>& nodes) : rules_(rules), nodes_(nodes) {}

  std::uint32_t nodeAt(Vec3d place) {
    const std::int64_t column = cellOf(place.x), row = cellOf(place.y);
    std::uint32_t nearest = none;
    double nearest_m = rules_.snap_m;
    for (std::int64_t r = row - 1; r <= row + 1; ++r)
      for (std::int64_t c = column - 1; c <= column + 1; ++c) {
        const auto cell = cells_.find(keyOf(c, r));
        if (cell == cells_.end()) continue;
        for (const std::uint32_t node : cell->second) {
          const double distance_m = std::hypot(nodes_[node].x - place.x, nodes_[node].y - place.y);
          if (std::abs(nodes_[node].z - place.z) > rules_.level_gap_m) continue;
          if (distance_m < nearest_m || (distance_m == nearest_m && node < nearest))
            nearest = node, nearest_m = distance_m;
        }
      }
    if (nearest != none) return nearest;
    nodes_.push_back(place);
    const auto node = static_cast<std::uint32_t>(nodes_.size() - 1);
    cells_[keyOf(column, row)].push_back(node);
    return node;
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFFu;
  std::int64_t cellOf(double metres) const {
    return static_cast<std::int64_t>(std::floor(metres / std::max(rules_.snap_m, 0.01)));
  }
  static std::uint64_t keyOf(std::int64_t column, std::int64_t row) {
    return static_cast<std::uint64_t>(column) * 0x9E3779B97F4A7C15u ^ static_cast<std::uint64_t>(row);
  }

  const GraphRules& rules_;
  std::vector<Vec3d>& nodes_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> cells_;
};

/// Counting sort of the ways out of every node; within a node by edge, so that equal choices fall alike everywhere.
void listSteps(RoadGraph& graph) {
  graph.first_step.assign(graph.nodes.size() + 1, 0);
  for (const Edge& edge : graph.edges) {
    if (edge.forward) ++graph.first_step[edge.from + 1];
    if (edge.backward) ++graph.first_step[edge.to + 1];
  }
  std::partial_sum(graph.first_step.begin(), graph.first_step.end(), graph.first_step.begin());
  graph.steps.resize(graph.first_step.back());
  std::vector<std::uint32_t> next(graph.first_step.begin(), graph.first_step.end() - 1);
  for (std::uint32_t i = 0; i < graph.edges.size(); ++i) {
    const Edge& edge = graph.edges[i];
    if (edge.forward) graph.steps[next[edge.from]++] = {i, edge.to, false};
    if (edge.backward) graph.steps[next[edge.to]++] = {i, edge.from, true};
  }
}

void reportIslands(const RoadGraph& graph, const GraphRules& rules, Problems& problems) {
  if (rules.stray_island_m <= 0 || graph.edges.empty()) return;
  std::vector<std::uint32_t> root(graph.nodes.size());
  std::iota(root.begin(), root.end(), 0u);
  const auto find = [&](std::uint32_t node) {
    while (root[node] != node) node = root[node] = root[root[node]];
    return node;
  };
  for (const Edge& edge : graph.edges) root[find(edge.from)] = find(edge.to);
  std::vector<double> length_m(graph.nodes.size());
  for (const Edge& edge : graph.edges) length_m[find(edge.from)] += edge.length_m;
  const auto strays = std::count_if(length_m.begin(), length_m.end(),
                                    [&](double metres) { return metres > 0 && metres < rules.stray_island_m; });
  if (strays > 0)
    problems.assume(
        {}, {}, "network.islands",
        fmt::format("{} pieces of the road network are joined to no other road and shorter than {:.0f} m in "
                    "all; they are kept, but no way leads there.",
                    strays, rules.stray_island_m));
}

}  // namespace

RoadGraph buildGraph(std::span<const model::RoadSegment> roads, const GraphRules& rules, Problems& problems) {
  RoadGraph graph;
  const std::vector<std::vector<double>> cuts = roadCuts(roads, rules);
  NodeFinder finder(rules, graph.nodes);
  std::size_t without_line = 0;
  for (std::size_t road = 0; road < roads.size(); ++road) {
    graph.first_edge_of_segment.push_back(static_cast<std::uint32_t>(graph.edges.size()));
    if (cuts[road].empty()) {
      ++without_line;
      continue;
    }
    const model::Polyline& line = roads[road].centreline;
    const std::vector<double> chainages = chainagesOf(line);
    const model::TrafficDirection direction = roads[road].direction;
    std::uint32_t from = finder.nodeAt(line.front());
    for (std::size_t i = 1; i < cuts[road].size(); ++i) {
      const std::uint32_t to = finder.nodeAt(placeAt(line, chainages, cuts[road][i]));
      graph.edges.push_back({static_cast<std::uint32_t>(road), from, to, cuts[road][i] - cuts[road][i - 1],
                             cuts[road][i - 1], direction != model::TrafficDirection::backward,
                             direction != model::TrafficDirection::forward});
      from = to;
    }
  }
  graph.first_edge_of_segment.push_back(static_cast<std::uint32_t>(graph.edges.size()));
  if (without_line > 0)
    problems.assume(
        {}, {}, "network.no_line",
        fmt::format("{} roads have no centre line; they are not part of the network that ways are looked for "
                    "in.",
                    without_line));
  listSteps(graph);
  reportIslands(graph, rules, problems);
  return graph;
}

}  // namespace hashimichi::network
