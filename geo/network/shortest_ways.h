#pragma once
#include <limits>
#include <span>
#include <vector>

#include "geo/network/road_graph.h"

namespace hashimichi::network {

inline constexpr double unreachable_m = std::numeric_limits<double>::infinity();

/// Shortest ways over a road graph, metres along the roads, one-ways obeyed (Dijkstra 1959, binary heap; ties by node).
/// Keeps its buffers between searches. Keeps a reference to the graph. One per thread.
class ShortestWays {
 public:
  explicit ShortestWays(const RoadGraph& graph);

  /// The way from a node to another without the edges that `closed` marks (by edge; empty: none).
  /// @param most_m  the search gives up beyond it
  /// @returns unreachable_m where there is none
  double between(std::uint32_t from, std::uint32_t to, std::span<const char> closed = {},
                 double most_m = unreachable_m);

  /// To every node from the nearest of some nodes; unreachable_m where no way leads. Valid until the next search.
  const std::vector<double>& fromNearest(std::span<const std::uint32_t> sources, std::span<const char> closed = {},
                                         double most_m = unreachable_m);

 private:
  struct Reached {
    double length_m = 0;
    std::uint32_t node = 0;
    bool operator>(const Reached& other) const {
      return length_m != other.length_m ? length_m > other.length_m : node > other.node;
    }
  };
  void begin(std::span<const std::uint32_t> sources);
  void search(std::span<const char> closed, double most_m, std::uint32_t until);

  const RoadGraph& graph_;
  std::vector<double> length_m_;
  std::vector<std::uint32_t> touched_;
  std::vector<Reached> heap_;
};

}  // namespace hashimichi::network
