#include "geo/routing/least_flow.h"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

namespace hashimichi::routing {

std::int64_t leastFlow(const std::vector<std::int64_t>& supply, const std::vector<FlowArc>& arcs) {
  using Simplex = lemon::NetworkSimplex<lemon::SmartDigraph, std::int64_t>;
  lemon::SmartDigraph graph;
  graph.reserveNode(static_cast<int>(supply.size()));
  graph.reserveArc(static_cast<int>(arcs.size()));
  for (std::size_t node = 0; node < supply.size(); ++node) graph.addNode();
  lemon::SmartDigraph::NodeMap<std::int64_t> supplies(graph, 0);
  for (std::size_t node = 0; node < supply.size(); ++node)
    supplies[graph.nodeFromId(static_cast<int>(node))] = supply[node];
  lemon::SmartDigraph::ArcMap<std::int64_t> cost(graph), least(graph), most(graph);
  for (const FlowArc& arc : arcs) {
    const auto made = graph.addArc(graph.nodeFromId(arc.from), graph.nodeFromId(arc.to));
    cost[made] = arc.cost, least[made] = arc.least, most[made] = arc.most;
  }
  Simplex simplex(graph);
  simplex.lowerMap(least).upperMap(most).costMap(cost).supplyMap(supplies);
  return simplex.run() == Simplex::OPTIMAL ? simplex.totalCost<std::int64_t>() : -1;
}

}  // namespace hashimichi::routing
