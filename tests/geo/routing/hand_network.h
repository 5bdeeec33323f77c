#pragma once
#include <string>
#include <vector>

#include "geo/routing/plough_plan.h"

namespace hashimichi::routing::tests {

/// A network written down by hand: nodes in metres, straight roads between them. Edge e is road e.
struct HandNetwork {
  network::RoadGraph graph;
  std::vector<model::RoadSegment> roads;

  std::uint32_t node(double x, double y) {
    graph.nodes.push_back({x, y, 0});
    return static_cast<std::uint32_t>(graph.nodes.size()) - 1;
  }
  std::uint32_t road(std::uint32_t from, std::uint32_t to, bool one_way = false) {
    model::RoadSegment road;
    road.id = "road " + std::to_string(roads.size());
    road.centreline = {graph.nodes[from], graph.nodes[to]};
    road.length_m = distance2d(graph.nodes[from], graph.nodes[to]);
    graph.edges.push_back({static_cast<std::uint32_t>(roads.size()), from, to, road.length_m, 0, true, !one_way});
    roads.push_back(std::move(road));
    return static_cast<std::uint32_t>(roads.size()) - 1;
  }
  /// Last, before ways are asked for.
  void finish() {
    graph.steps.clear(), graph.first_step.assign(1, 0);
    for (std::uint32_t node = 0; node < graph.nodes.size(); ++node) {
      for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
        if (graph.edges[e].from == node && graph.edges[e].forward) graph.steps.push_back({e, graph.edges[e].to, false});
        if (graph.edges[e].to == node && graph.edges[e].backward) graph.steps.push_back({e, graph.edges[e].from, true});
      }
      graph.first_step.push_back(static_cast<std::uint32_t>(graph.steps.size()));
    }
  }
};

/// 18 km/h at work (5 m/s), 36 km/h between (10 m/s); U-turns 30 s, other turns 5 s.
inline TravelRules handRules() {
  TravelRules rules;
  rules.transit_kmh = 36;
  return rules;
}
inline Machine handMachine(std::uint32_t depot) {
  Machine machine;
  machine.id = machine.name = "machine";
  machine.depot_node = depot;
  machine.blade_width_m = 3;
  machine.speed_kmh = 18;
  machine.transit_kmh = 36;
  return machine;
}
/// Served along the road's own direction, in one pass, due in ten hours.
inline Stretch handStretch(const HandNetwork& network, Arc arc) {
  Stretch stretch;
  stretch.arcs = {arc};
  stretch.length_m = network.graph.edges[arc / 2].length_m;
  stretch.width_m = 3;
  stretch.name = network.roads[arc / 2].id;
  stretch.due = 360000;
  return stretch;
}

}  // namespace hashimichi::routing::tests
