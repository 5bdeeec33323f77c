#pragma once
#include <cstdint>
#include <vector>

#include "datasets/town/network.h"

namespace hashimichi::datasets {

/// One line of the street plan: a column (constant u) or a row (constant v).
struct LatticeLine {
  double at = 0;    ///< u or v
  int in_cell = 0;  ///< counted from the middle of its cell
  RoadRank rank = RoadRank::local;
  bool levee = false;
  bool hill_road = false;  ///< a column that runs on into a side valley or over the pass
};

struct LatticeEdge {
  std::uint32_t from = 0, to = 0;
  bool column = false;  ///< runs along a column, that is across the valley
  std::size_t line = 0;
  PlanPoint a, b;
  RoadRank rank = RoadRank::local;
  Zone zone = Zone::field;
  int water = -1;
  double water_at = 0;  ///< fraction of the edge, in the plan
};

struct WaterPlan {
  bool column = false;
  double at = 0, from = 0, to = 0;  ///< constant coordinate, and the range of the other one
  bool creek = false;
  double width_m = 0, depth_m = 0;
  const char* name = "";
};

/// The street plan in lattice form: which lines there are, which of their pieces are built.
struct Lattice {
  std::vector<LatticeLine> columns, rows;
  std::vector<LatticeEdge> edges;
  std::vector<WaterPlan> waters;
  std::vector<OpenBlock> blocks;
  std::uint32_t nodeAt(std::size_t column, std::size_t row) const {
    return static_cast<std::uint32_t>(row * columns.size() + column);
  }
  PlanPoint planAt(std::uint32_t node) const {
    return {columns[node % columns.size()].at, rows[node / columns.size()].at};
  }
};

Lattice drawLattice(const Window& window, std::uint64_t seed);

}  // namespace hashimichi::datasets
