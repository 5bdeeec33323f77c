#pragma once
#include <vector>

#include "geo/network/road_graph.h"

namespace hashimichi::network {

/// What hangs on one road: how much of the network can be reached over it alone.
struct CutOff {
  double length_m = 0;    ///< of the roads behind it, without itself; 0: nothing is cut off
  std::size_t nodes = 0;  ///< crossings and ends behind it
  double weight = 0;      ///< of what stands at those nodes (people, facilities), as the caller said
};

/// For every road (by index): what is cut off from the larger part of its network when it is closed over its whole
/// length. Directions do not count: on foot and by an emergency order a one-way is no obstacle. The larger part is the
/// one with more road; of equal ones the one with the lower node. One pass for all roads whose pieces are bridges of
/// the graph (Tarjan 1974); a road that is cut into several pieces is searched on its own where closing all of them
/// cuts more than one. O(nodes + edges) for towns whose segments end at crossings.
/// @param node_weight  by node, or empty
std::vector<CutOff> cutOffs(const RoadGraph& graph, const std::vector<double>& node_weight);

/// Which nodes no way leads to from any of some nodes when these edges are closed; one-ways obeyed. By node.
std::vector<char> unreachedFrom(const RoadGraph& graph, const std::vector<std::uint32_t>& sources,
                                const std::vector<char>& closed);

}  // namespace hashimichi::network
