#include "geo/network/shortest_ways.h"

#include <algorithm>
#include <functional>

namespace hashimichi::network {
namespace {
constexpr std::uint32_t no_node = 0xFFFFFFFFu;
}

ShortestWays::ShortestWays(const RoadGraph& graph) : graph_(graph), length_m_(graph.nodes.size(), unreachable_m) {}

void ShortestWays::begin(std::span<const std::uint32_t> sources) {
  for (const std::uint32_t node : touched_) length_m_[node] = unreachable_m;
  touched_.clear();
  heap_.clear();
  for (const std::uint32_t source : sources) {
    if (length_m_[source] == 0) continue;
    length_m_[source] = 0;
    touched_.push_back(source);
    heap_.push_back({0, source});
  }
  std::make_heap(heap_.begin(), heap_.end(), std::greater<>());
}

void ShortestWays::search(std::span<const char> closed, double most_m, std::uint32_t until) {
  while (!heap_.empty()) {
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
    const Reached at = heap_.back();
    heap_.pop_back();
    if (at.length_m > length_m_[at.node]) continue;  // a shorter way was found meanwhile
    if (at.node == until) return;
    for (const RoadGraph::Step& step : graph_.from(at.node)) {
      if (!closed.empty() && closed[step.edge] != 0) continue;
      const double length_m = at.length_m + graph_.edges[step.edge].length_m;
      if (length_m >= length_m_[step.node] || length_m > most_m) continue;
      if (length_m_[step.node] == unreachable_m) touched_.push_back(step.node);
      length_m_[step.node] = length_m;
      heap_.push_back({length_m, step.node});
      std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
    }
  }
}

double ShortestWays::between(std::uint32_t from, std::uint32_t to, std::span<const char> closed, double most_m) {
  begin({&from, 1});
  search(closed, most_m, to);
  return length_m_[to];
}

const std::vector<double>& ShortestWays::fromNearest(std::span<const std::uint32_t> sources,
                                                     std::span<const char> closed, double most_m) {
  begin(sources);
  search(closed, most_m, no_node);
  return length_m_;
}

}  // namespace hashimichi::network
