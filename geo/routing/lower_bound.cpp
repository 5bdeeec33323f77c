#include "geo/routing/lower_bound.h"

#include <lemon/list_graph.h>
#include <lemon/matching.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <algorithm>

namespace hashimichi::routing {
namespace {

bool isSymmetric(const ArcRoutingProblem& problem) {
  for (const Task& task : problem.tasks)
    if (!task.backward || task.backward->cost != task.forward.cost || task.backward->from != task.forward.to ||
        task.backward->to != task.forward.from)
      return false;
  for (int a = 0; a < problem.nodes; ++a)
    for (int b = 0; b < a; ++b)
      if (problem.drive(a, b) != problem.drive(b, a)) return false;
  return true;
}

int leastVehicles(const ArcRoutingProblem& problem) {
  return static_cast<int>((problem.demand() + problem.capacity - 1) / std::max(problem.capacity, 1));
}

/// A node that needs one more edge: an odd one, a copy of the depot, or a copy of the node next to it.
struct Stub {
  int node = 0;
  enum class Kind { odd, depot, beside_depot } kind = Kind::odd;
};

/// Who needs one more edge. Copies of the depot may be matched with the node next to it, for vehicles that drive out
/// without need of an odd node; such copies that are not wanted are matched among themselves for nothing.
std::vector<Stub> stubsOf(const ArcRoutingProblem& problem) {
  std::vector<int> degree(static_cast<std::size_t>(problem.nodes), 0);
  for (const Task& task : problem.tasks) {
    ++degree[static_cast<std::size_t>(task.forward.from)];
    ++degree[static_cast<std::size_t>(task.forward.to)];
  }
  std::vector<Stub> stubs;
  for (int node = 0; node < problem.nodes; ++node)
    if (node != problem.depot && degree[static_cast<std::size_t>(node)] % 2 != 0)
      stubs.push_back({node, Stub::Kind::odd});
  const int at_depot = degree[static_cast<std::size_t>(problem.depot)];
  const int copies = std::max(2 * leastVehicles(problem) - at_depot, at_depot % 2);
  int beside = -1;
  for (int node = 0; node < problem.nodes; ++node)
    if (node != problem.depot && problem.drive(problem.depot, node) < unreachable &&
        (beside < 0 || problem.drive(problem.depot, node) < problem.drive(problem.depot, beside)))
      beside = node;
  for (int copy = 0; copy < copies; ++copy) stubs.push_back({problem.depot, Stub::Kind::depot});
  const int beside_copies = beside < 0 ? 0 : copies + copies % 2;  // even: those that are not wanted pair up
  for (int copy = 0; copy < beside_copies; ++copy) stubs.push_back({beside, Stub::Kind::beside_depot});
  return stubs;
}

Cost between(const ArcRoutingProblem& problem, const Stub& a, const Stub& b) {
  using Kind = Stub::Kind;
  if (a.kind == Kind::depot && b.kind == Kind::depot) return unreachable;  // no vehicle drives from the depot to it
  if (a.kind == Kind::beside_depot && b.kind == Kind::beside_depot) return 0;
  const bool odd_beside =
      (a.kind == Kind::odd && b.kind == Kind::beside_depot) || (a.kind == Kind::beside_depot && b.kind == Kind::odd);
  return odd_beside ? unreachable : problem.drive(a.node, b.node);  // only the depot's own ways lead to these copies
}

/// The least driving, or −1 where the stubs cannot be paired.
Cost matchingBound(const ArcRoutingProblem& problem) {
  const std::vector<Stub> stubs = stubsOf(problem);
  if (stubs.empty()) return 0;
  lemon::SmartGraph graph;
  std::vector<lemon::SmartGraph::Node> nodes;
  for (std::size_t i = 0; i < stubs.size(); ++i) nodes.push_back(graph.addNode());
  lemon::SmartGraph::EdgeMap<Cost> gain(graph);  // LEMON looks for the heaviest matching
  for (std::size_t i = 0; i < stubs.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const Cost way = between(problem, stubs[i], stubs[j]);
      if (way < unreachable) gain[graph.addEdge(nodes[i], nodes[j])] = -way;
    }
  lemon::MaxWeightedPerfectMatching<lemon::SmartGraph, lemon::SmartGraph::EdgeMap<Cost>> matching(graph, gain);
  return matching.run() ? -matching.matchingWeight() : -1;
}

/// Departures equal arrivals at every node. A task both ways counts as forward; turning it round moves two units from
/// its end to its start for nothing (and for the difference in cost, where service differs).
Cost flowBound(const ArcRoutingProblem& problem) {
  lemon::SmartDigraph graph;
  std::vector<lemon::SmartDigraph::Node> nodes;
  for (int i = 0; i < problem.nodes; ++i) nodes.push_back(graph.addNode());
  lemon::SmartDigraph::NodeMap<Cost> supply(graph, 0);
  lemon::SmartDigraph::ArcMap<Cost> cost(graph), room(graph);
  const Cost plenty = 2 * static_cast<Cost>(problem.tasks.size()) + 2;
  const auto arc = [&](int from, int to, Cost price, Cost most) {
    const auto made = graph.addArc(nodes[static_cast<std::size_t>(from)], nodes[static_cast<std::size_t>(to)]);
    cost[made] = price, room[made] = most;
  };
  for (const Task& task : problem.tasks) {
    supply[nodes[static_cast<std::size_t>(task.forward.to)]] += 1;
    supply[nodes[static_cast<std::size_t>(task.forward.from)]] -= 1;
    // Half the difference per unit, rounded down: the bound stays one.
    if (task.backward)
      arc(task.forward.to, task.forward.from, std::max<Cost>(0, (task.backward->cost - task.forward.cost) / 2), 2);
  }
  for (int a = 0; a < problem.nodes; ++a)
    for (int b = 0; b < problem.nodes; ++b)
      if (a != b && problem.drive(a, b) < unreachable) arc(a, b, problem.drive(a, b), plenty);
  lemon::NetworkSimplex<lemon::SmartDigraph, Cost> simplex(graph);
  simplex.upperMap(room).costMap(cost).supplyMap(supply);
  return simplex.run() == lemon::NetworkSimplex<lemon::SmartDigraph, Cost>::OPTIMAL ? simplex.totalCost<Cost>() : -1;
}

}  // namespace

Cost lowerBound(const ArcRoutingProblem& problem) {
  const Cost driving = isSymmetric(problem) ? matchingBound(problem) : flowBound(problem);
  return problem.serviceCost() + std::max<Cost>(driving, 0);
}

}  // namespace hashimichi::routing
