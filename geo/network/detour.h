#pragma once
#include <span>
#include <vector>

#include "geo/network/shortest_ways.h"

namespace hashimichi::network {

/// What it means to drive round a closed road.
struct Detour {
  bool possible = false;  ///< false: one side cannot be reached from the other any more
  double way_m = 0;       ///< the way round, from one end of the road to the other; the longer direction of the two
  double extra_m = 0;     ///< how much longer it is than the road itself, never negative
};

/// The detour when a road is closed over its whole length, from its first to its last node. In a road that may be
/// driven both ways, both directions have to be possible. Nothing is known (possible = false, way_m = 0) of a road
/// without a line.
/// @param segment  index into the roads that the graph was built from
Detour detourOf(const RoadGraph& graph, ShortestWays& ways, std::uint32_t segment);

/// All roads, on all processors; the same as one by one.
std::vector<Detour> detoursOf(const RoadGraph& graph, std::span<const std::uint32_t> segments);

}  // namespace hashimichi::network
