#include "geo/network/detour.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace hashimichi::network {

Detour detourOf(const RoadGraph& graph, ShortestWays& ways, std::uint32_t segment) {
  const std::uint32_t first = graph.first_edge_of_segment[segment], end = graph.first_edge_of_segment[segment + 1];
  if (first == end) return {};
  std::vector<char> closed(graph.edges.size());
  double own_m = 0;
  for (std::uint32_t edge = first; edge < end; ++edge) closed[edge] = 1, own_m += graph.edges[edge].length_m;
  const std::uint32_t from = graph.edges[first].from, to = graph.edges[end - 1].to;
  double way_m = 0;
  if (graph.edges[first].forward) way_m = ways.between(from, to, closed);
  if (graph.edges[first].backward) way_m = std::max(way_m, ways.between(to, from, closed));
  if (way_m == unreachable_m) return {};
  return {true, way_m, std::max(0.0, way_m - own_m)};
}

std::vector<Detour> detoursOf(const RoadGraph& graph, std::span<const std::uint32_t> segments) {
  std::vector<Detour> detours(segments.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    ShortestWays ways(graph);
    for (std::size_t i = next++; i < segments.size(); i = next++) detours[i] = detourOf(graph, ways, segments[i]);
  };
  std::vector<std::jthread> helpers;
  for (unsigned i = 1; i < std::thread::hardware_concurrency() && segments.size() > 64; ++i) helpers.emplace_back(work);
  work();
  helpers.clear();
  return detours;
}

}  // namespace hashimichi::network
