#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/core/problem.h"
#include "geo/model/road.h"

namespace hashimichi::network {

/// How lines become a network.
struct GraphRules {
  double snap_m = 0.5;        ///< ends (and ends on lines) nearer than this meet, where their heights allow it
  double level_gap_m = 3;     ///< ends further apart in height do not meet: a bridge over a road is no junction
  double stray_island_m = 0;  ///< pieces of network shorter than this in all are reported; they are kept
};

/// A stretch of one road segment between two nodes. `from` → `to` runs along the segment's centre line.
struct Edge {
  std::uint32_t segment = 0;  ///< index into the roads that the graph was built from
  std::uint32_t from = 0, to = 0;
  double length_m = 0;
  double begin_m = 0;                    ///< where the edge begins along the segment's centre line
  bool forward = true, backward = true;  ///< may be driven from → to, to → from
};

/// The network of all roads that have a centre line. Local frame, metres. Immutable once built; share between threads.
/// Node and edge order depend only on the roads' order, so that results are the same on every machine.
struct RoadGraph {
  std::vector<Vec3d> nodes;
  std::vector<Edge> edges;
  std::vector<std::uint32_t> first_edge_of_segment;  ///< edges of segment s: [first[s], first[s + 1])

  struct Step {
    std::uint32_t edge = 0, node = 0;  ///< over this edge to that node
    bool backward = false;
  };
  /// Where one can drive from a node, by edge index.
  std::span<const Step> from(std::uint32_t node) const {
    return {steps.data() + first_step[node], steps.data() + first_step[node + 1]};
  }
  std::vector<Step> steps;
  std::vector<std::uint32_t> first_step;  ///< per node, one more than nodes
};

/// Roads without a centre line are counted in the report and not part of the network.
RoadGraph buildGraph(std::span<const model::RoadSegment> roads, const GraphRules& rules, Problems& problems);

}  // namespace hashimichi::network
