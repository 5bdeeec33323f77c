#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "geo/model/road.h"
#include "geo/network/road_graph.h"
#include "geo/routing/arc_routing.h"

namespace hashimichi::routing {

/// An edge of the road graph in one direction: 2 · edge, + 1 when driven from `to` to `from`.
using Arc = std::uint32_t;

/// How machines drive where they do not work (DOMAIN A.7; the smaller turns are a planning default).
struct TravelRules {
  double transit_kmh = 25;    ///< decides which way is the cheapest, for every machine
  double u_turn_s = 30;       ///< turning round, in a road or at a dead end
  double turn_s = 5;          ///< turning off
  double turn_from_deg = 45;  ///< bends below it cost nothing
  double u_turn_from_deg = 150;
};

enum class Turn { straight, left, right, round };

/// Where something ends or begins: behind (or before) an arc, or at a node without any direction (depots, sites).
struct WayEnd {
  bool at_node = false;
  std::uint32_t id = 0;  ///< arc, or node
  auto operator<=>(const WayEnd&) const = default;
};

/// A way without its ends. Negative length: there is none.
struct Way {
  std::int32_t length_dm = -1;
  std::uint16_t turns_ds = 0;  ///< tenths of a second spent on turning; an hour and three quarters at most
  std::uint16_t turns = 0;     ///< turning off and round
  bool exists() const { return length_dm >= 0; }
};

/// Cheapest ways over a road graph, priced with turns: a state is an arc, not a node. Immutable; share between threads.
/// Keeps references to graph and roads, which must outlive it. Local frame, metres.
class RoadWays {
 public:
  RoadWays(const network::RoadGraph& graph, std::span<const model::RoadSegment> roads, const TravelRules& rules);

  std::uint32_t tail(Arc arc) const;
  std::uint32_t head(Arc arc) const;
  bool mayDrive(Arc arc) const;
  double length_m(Arc arc) const { return edgeOf(arc).length_m; }
  std::uint32_t road(Arc arc) const { return edgeOf(arc).segment; }
  static Arc reversed(Arc arc) { return arc ^ 1u; }

  /// The centre line of the arc in driving order; at least two points.
  model::Polyline line(Arc arc) const;
  /// Tenths of a second for going on from one arc into another; 0 straight on.
  std::int32_t turn_ds(Arc from, Arc to) const;
  Turn turn(Arc from, Arc to) const;
  bool isTurn(Arc from, Arc to) const { return turn(from, to) != Turn::straight; }

  /// The cheapest ways from one end to many. Stops as soon as all are known.
  std::vector<Way> waysFrom(WayEnd from, std::span<const WayEnd> to) const;
  /// The arcs between two ends, without the ends themselves; empty also where they touch or no way exists.
  std::vector<Arc> arcsBetween(WayEnd from, WayEnd to) const;

  /// Nodes from which every other of them can be reached and that are reached from each: the largest such set.
  std::vector<bool> mainNetwork() const;
  const network::RoadGraph& graph() const { return graph_; }
  const TravelRules& rules() const { return rules_; }

 private:
  struct Search;
  const network::Edge& edgeOf(Arc arc) const { return graph_.edges[arc >> 1]; }
  double angleBetween(Arc from, Arc to) const;
  void search(WayEnd from, std::span<const WayEnd> to, Search& found) const;

  const network::RoadGraph& graph_;
  std::span<const model::RoadSegment> roads_;
  TravelRules rules_;
  struct Headings {
    float begin_x = 1, begin_y = 0, end_x = 1, end_y = 0;
  };
  std::vector<Headings> headings_;         ///< by arc, unit vectors
  std::vector<std::int32_t> traverse_ds_;  ///< by edge, at the transit speed
};

}  // namespace hashimichi::routing
