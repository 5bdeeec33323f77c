#include "datasets/town/lattice.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "datasets/town/random.h"

namespace hashimichi::datasets {
namespace {

constexpr std::size_t bridges_per_cell = 39;  // besides the river bridge: what the water lines leave the plan
constexpr double national_v = 250, south_prefectural_v = -390, high_street_v = 60;

/// Positions from the middle of a cell outwards; `spacing` tells the next gap.
template <typename Spacing>
std::vector<double> outwards(double start, double end, Spacing spacing) {
  std::vector<double> at;
  const double sign = end > start ? 1 : -1;
  for (double x = start; sign * (end - x) > 0; x += sign * spacing(x)) at.push_back(x);
  return at;
}

std::vector<LatticeLine> cellColumns(int cell, std::uint64_t seed) {
  Random random(hashOf(seed, 101, cell));
  const auto spacing = [&](double u) {
    const double d = std::abs(u);
    return d < 430 ? random.range(42, 60) : d < 700 ? random.range(56, 78) : random.range(80, 104);
  };
  std::vector<LatticeLine> lines{{cell * cell_m, 0, RoadRank::prefectural, false, true}};
  for (const double end : {960.0, -960.0}) {
    int index = 0;
    for (const double u : outwards(0, end, spacing)) {
      if (u != 0) lines.push_back({cell * cell_m + u, end > 0 ? ++index : --index, RoadRank::local, false, false});
    }
  }
  return lines;
}

std::vector<LatticeLine> cellRows(int cell, std::uint64_t seed) {
  Random random(hashOf(seed, 102, cell));
  std::vector<LatticeLine> lines;
  const auto add = [&](double v, int index) {
    lines.push_back({cell * cell_m + v, index, RoadRank::local, false, false});
  };
  int index = 0;
  const double north = river_v_m + levee_axis_m, south = river_v_m - levee_axis_m;
  for (const double v : outwards(north, north_foot_v_m - 20, [&](double at) {
         return at == north ? 46.0 : at < 400 ? random.range(38, 52) : random.range(58, 80);
       }))
    add(v, ++index);
  index = 0;
  for (const double v : outwards(south, south_foot_v_m + 20, [&](double at) {
         return at == south ? 46.0 : at > -480 ? random.range(44, 60) : random.range(68, 90);
       }))
    add(v, --index);
  for (const double v : {740.0, 850.0, -790.0, -900.0}) add(v, v > 0 ? 100 : -100);
  for (LatticeLine& line : lines) {
    line.levee = line.in_cell == 1 || line.in_cell == -1;
    if (line.levee) line.rank = RoadRank::levee;
  }
  return lines;
}

LatticeLine& nearest(std::vector<LatticeLine>& lines, double at) {
  return *std::min_element(lines.begin(), lines.end(), [at](const auto& a, const auto& b) {
    return std::abs(withinCell(a.at) - at) < std::abs(withinCell(b.at) - at);
  });
}

void rankColumns(std::vector<LatticeLine>& lines) {
  for (LatticeLine& line : lines)
    if (line.rank == RoadRank::local && line.in_cell % 4 == 0) line.rank = RoadRank::second;
  for (const double u : {-430.0, 430.0}) nearest(lines, u).rank = RoadRank::main;
  for (const double u : {-560.0, 640.0, -700.0, 520.0}) {
    LatticeLine& line = nearest(lines, u);
    line.hill_road = true;
    if (line.rank == RoadRank::local) line.rank = RoadRank::second;
  }
}

void rankRows(std::vector<LatticeLine>& lines) {
  for (LatticeLine& line : lines)
    if (line.rank == RoadRank::local && std::abs(line.in_cell) < 100 && line.in_cell % 4 == 0)
      line.rank = RoadRank::second;
  nearest(lines, national_v).rank = RoadRank::national;
  nearest(lines, south_prefectural_v).rank = RoadRank::prefectural;
  nearest(lines, high_street_v).rank = RoadRank::main;
}

template <typename Make, typename Rank>
std::vector<LatticeLine> linesBetween(double low, double high, Make make, Rank rank) {
  std::vector<LatticeLine> lines;
  for (int cell = cellOf(low); cell <= cellOf(high - 1e-9); ++cell) {
    std::vector<LatticeLine> more = make(cell);
    rank(more);
    lines.insert(lines.end(), more.begin(), more.end());
  }
  std::sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  return lines;
}

/// Half-way between the two lines around `at`: water runs behind the houses, not under the streets.
double between(const std::vector<LatticeLine>& lines, double at) {
  const auto above =
      std::upper_bound(lines.begin(), lines.end(), at, [](double x, const auto& line) { return x < line.at; });
  if (above == lines.begin() || above == lines.end()) return at;
  return (above->at + std::prev(above)->at) / 2;
}

void drawWaters(Lattice& lattice, const Window& window) {
  for (int row = cellOf(window.south); row <= cellOf(window.north - 1e-9); ++row) {
    const double v = row * cell_m, west = window.west - 80, east = window.east + 80;
    lattice.waters.push_back({false, between(lattice.rows, v + 150), west, east, false, 3.2, 1.7, "中江用水"});
    lattice.waters.push_back({false, between(lattice.rows, v + 500), west, east, false, 2.2, 1.3, "上江用水"});
    lattice.waters.push_back({false, between(lattice.rows, v - 335), west, east, false, 2.6, 1.5, "南江用水"});
    for (int cell = cellOf(window.west); cell <= cellOf(window.east - 1e-9); ++cell) {
      const double u = cell * cell_m, levee = levee_axis_m + 12;
      lattice.waters.push_back(
          {true, between(lattice.columns, u + 285), v + river_v_m + levee, v + 900, true, 8.5, 2.2, "上沢川"});
      lattice.waters.push_back(
          {true, between(lattice.columns, u - 355), v - 900, v + river_v_m - levee, true, 5.2, 1.9, "南沢川"});
    }
  }
}

/// Builds only some of the lines where few people live, and leaves gaps in the others.
bool isBuilt(const LatticeEdge& edge, const LatticeLine& line, const LatticeLine& first, const LatticeLine& second,
             std::uint64_t seed) {
  const double u = withinCell((edge.a.u + edge.b.u) / 2), v = withinCell((edge.a.v + edge.b.v) / 2);
  if (first.levee && second.levee) return line.rank == RoadRank::prefectural;  // one bridge over the river
  if (std::abs(first.in_cell) >= 100 || std::abs(second.in_cell) >= 100 || std::abs(line.in_cell) >= 100) {
    if (line.rank == RoadRank::prefectural) return true;  // the pass
    return edge.column && line.hill_road && std::abs(v) < 800 &&
           (v > 0) == (u < -530 ? std::abs(u + 560) < 60 : u > 600);
  }
  if (line.levee || line.rank == RoadRank::national || line.rank == RoadRank::prefectural) return true;
  const double run =
      unitOf(seed, static_cast<std::int64_t>(line.at * 16),
             edge.column ? static_cast<int>(std::floor(v / 120)) : static_cast<int>(std::floor(u / 120)));
  switch (edge.zone) {
    case Zone::centre:
      return run < 0.94;
    case Zone::suburb:
      return line.rank != RoadRank::local || (line.in_cell % 2 == 0 ? run < 0.92 : run < 0.72);
    case Zone::hamlet:
      return line.rank != RoadRank::local || run < 0.85;
    case Zone::field:
      return line.rank != RoadRank::local || (line.in_cell % 2 == 0 && run < 0.9);
    case Zone::hill:
      return line.hill_road;
  }
  return false;
}

void findWater(LatticeEdge& edge, const std::vector<WaterPlan>& waters) {
  for (std::size_t i = 0; i < waters.size(); ++i) {
    const WaterPlan& water = waters[i];
    if (water.column == edge.column) continue;
    const double low = edge.column ? edge.a.v : edge.a.u, high = edge.column ? edge.b.v : edge.b.u;
    const double other = edge.column ? edge.a.u : edge.a.v;
    if (water.at <= low || water.at >= high || other < water.from || other > water.to) continue;
    edge.water = static_cast<int>(i);
    edge.water_at = (water.at - low) / (high - low);
    return;
  }
}

void drawEdges(Lattice& lattice, std::uint64_t seed) {
  const auto add = [&](std::size_t i, std::size_t j, bool column) {
    const std::size_t i2 = column ? i : i + 1, j2 = column ? j + 1 : j;
    if (i2 >= lattice.columns.size() || j2 >= lattice.rows.size()) return;
    const LatticeLine& line = column ? lattice.columns[i] : lattice.rows[j];
    LatticeEdge edge{
        lattice.nodeAt(i, j), lattice.nodeAt(i2, j2), column, column ? i : lattice.columns.size() + j, {}, {}};
    edge.a = lattice.planAt(edge.from), edge.b = lattice.planAt(edge.to);
    edge.rank = line.rank;
    edge.zone = zoneAt({(edge.a.u + edge.b.u) / 2, (edge.a.v + edge.b.v) / 2});
    const LatticeLine& first = column ? lattice.rows[j] : lattice.columns[i];
    const LatticeLine& second = column ? lattice.rows[j2] : lattice.columns[i2];
    if (column ? !isBuilt(edge, line, first, second, seed) : !isBuilt(edge, line, line, {}, seed)) return;
    if (column && first.levee && second.levee) {
      edge.water = river_crossing, edge.water_at = 0.5;
    } else {
      findWater(edge, lattice.waters);
    }
    if (edge.rank == RoadRank::local && (edge.zone == Zone::field || edge.zone == Zone::hill))
      edge.rank = RoadRank::farm;
    lattice.edges.push_back(edge);
  };
  for (std::size_t j = 0; j < lattice.rows.size(); ++j)
    for (std::size_t i = 0; i < lattice.columns.size(); ++i) add(i, j, false), add(i, j, true);
}

/// A town pays for so many bridges: the important roads first, then some of the others; the rest end at the water.
void chooseBridges(Lattice& lattice, std::uint64_t seed) {
  std::map<std::pair<int, int>, std::vector<std::pair<double, std::size_t>>> by_cell;
  for (std::size_t i = 0; i < lattice.edges.size(); ++i) {
    const LatticeEdge& edge = lattice.edges[i];
    if (edge.water < 0 || edge.water == river_crossing) continue;
    const double order = static_cast<double>(edge.rank) < 4 ? static_cast<double>(edge.rank) - 9
                                                            : unitOf(seed, 131, static_cast<std::int64_t>(i));
    by_cell[{cellOf(edge.a.u), cellOf(edge.a.v)}].push_back({edge.rank == RoadRank::levee ? -1 : order, i});
  }
  std::set<std::size_t> dropped;
  for (auto& [cell, candidates] : by_cell) {
    std::sort(candidates.begin(), candidates.end());
    for (std::size_t k = bridges_per_cell; k < candidates.size(); ++k) dropped.insert(candidates[k].second);
  }
  std::vector<LatticeEdge> kept;
  for (std::size_t i = 0; i < lattice.edges.size(); ++i)
    if (!dropped.contains(i)) kept.push_back(lattice.edges[i]);
  lattice.edges = std::move(kept);
}

struct BlockWish {
  const char* use;
  double u, v;
};
constexpr BlockWish block_wishes[] = {{"school", -190, 345}, {"hospital", 170, -20}, {"office", -120, 110},
                                      {"fire", 110, 330},    {"shop", -330, 215},    {"temple", 330, 395},
                                      {"shrine", -420, 440}, {"factory", 690, 130},  {"factory", -640, 120},
                                      {"school", 160, -440}, {"shop", 390, 190},     {"park", -250, 20}};

/// Joins the four cells of the lattice around a node into one block by leaving its four edges unbuilt.
void openBlocks(Lattice& lattice) {
  std::vector<std::vector<std::size_t>> at(lattice.columns.size() * lattice.rows.size());
  for (std::size_t e = 0; e < lattice.edges.size(); ++e)
    at[lattice.edges[e].from].push_back(e), at[lattice.edges[e].to].push_back(e);
  const auto suits = [&](std::uint32_t node) {
    const std::size_t i = node % lattice.columns.size(), j = node / lattice.columns.size();
    if (i == 0 || j == 0 || i + 1 >= lattice.columns.size() || j + 1 >= lattice.rows.size()) return false;
    if (lattice.columns[i].rank < RoadRank::local || lattice.rows[j].rank != RoadRank::local || lattice.rows[j].levee)
      return false;
    for (const WaterPlan& w : lattice.waters) {
      const double low = w.column ? lattice.columns[i - 1].at : lattice.rows[j - 1].at;
      const double high = w.column ? lattice.columns[i + 1].at : lattice.rows[j + 1].at;
      if (w.at > low && w.at < high) return false;
    }
    return true;
  };
  std::set<std::size_t> dropped;
  std::set<std::uint32_t> taken;
  for (int row = cellOf(lattice.rows.front().at); row <= cellOf(lattice.rows.back().at); ++row)
    for (int cell = cellOf(lattice.columns.front().at); cell <= cellOf(lattice.columns.back().at); ++cell)
      for (const BlockWish& wish : block_wishes) {
        double best = 130;
        std::uint32_t chosen = 0;
        for (std::uint32_t node = 0; node < at.size(); ++node) {
          const PlanPoint plan = lattice.planAt(node);
          const double d = std::hypot(plan.u - cell * cell_m - wish.u, plan.v - row * cell_m - wish.v);
          if (d < best && suits(node) && !taken.contains(node)) best = d, chosen = node;
        }
        if (best >= 130) continue;
        const std::uint32_t width = static_cast<std::uint32_t>(lattice.columns.size());
        for (const std::uint32_t n : {chosen, chosen - 1, chosen + 1, chosen - width, chosen + width}) taken.insert(n);
        dropped.insert(at[chosen].begin(), at[chosen].end());
        lattice.blocks.push_back({lattice.planAt(chosen), wish.use});
      }
  std::vector<LatticeEdge> kept;
  for (std::size_t i = 0; i < lattice.edges.size(); ++i)
    if (!dropped.contains(i)) kept.push_back(lattice.edges[i]);
  lattice.edges = std::move(kept);
}

}  // namespace

PlanPoint frayed(PlanPoint plan) {
  return {plan.u + 60 * noise(71, plan.u / 130, plan.v / 130) + 22 * noise(72, plan.u / 45, plan.v / 45),
          plan.v + 45 * noise(73, plan.u / 120, plan.v / 120) + 18 * noise(74, plan.u / 45, plan.v / 45)};
}

Zone zoneAt(PlanPoint plan) {
  return zoneOfFrayed(plan, frayed(plan));
}

Zone zoneOfFrayed(PlanPoint plan, PlanPoint edge) {
  const double v_exact = withinCell(plan.v), u = withinCell(edge.u), v = withinCell(edge.v);
  if (v_exact > north_foot_v_m - 10 || v_exact < south_foot_v_m + 10) return Zone::hill;
  if (std::hypot(u / 430, (v - 130) / 320) < 1 || std::hypot(u / 230, (v + 330) / 110) < 1) return Zone::centre;
  if (std::hypot(u / 640, (v - 120) / 400) < 1 || std::hypot(u / 380, (v + 400) / 190) < 1) return Zone::suburb;
  const auto within = [&](double cu, double cv, double ru, double rv) {
    return std::hypot((u - cu) / ru, (v - cv) / rv) < 1;
  };
  // Villages lie in rows along the old roads at the edge of the fields.
  if (within(-800, 330, 170, 85) || within(800, 410, 170, 95) || within(-740, -430, 180, 80) ||
      within(690, -500, 210, 95) || within(-560, 580, 95, 60))
    return Zone::hamlet;
  return Zone::field;
}

Lattice drawLattice(const Window& window, std::uint64_t seed) {
  Lattice lattice;
  lattice.columns = linesBetween(
      window.west - 150, window.east + 150, [&](int c) { return cellColumns(c, seed); }, rankColumns);
  lattice.rows = linesBetween(
      window.south - 150, window.north + 150, [&](int c) { return cellRows(c, seed); }, rankRows);
  drawWaters(lattice, window);
  drawEdges(lattice, seed);
  openBlocks(lattice);
  chooseBridges(lattice, seed);
  return lattice;
}

}  // namespace hashimichi::datasets
