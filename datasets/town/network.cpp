#include "datasets/town/network.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "datasets/town/lattice.h"
#include "datasets/town/line_index.h"
#include "datasets/town/random.h"

namespace hashimichi::datasets {
namespace {

constexpr double sample_m = 18, straight_within_m = 0.12, longest_merged_m = 105;

/// Drops vertices that lie on the line between their neighbours (Douglas–Peucker).
void simplify(const std::vector<Vec3d>& line, std::size_t first, std::size_t last, std::vector<Vec3d>& out) {
  double worst = straight_within_m;
  std::size_t split = first;
  const Vec3d a = line[first], d = line[last] - line[first];
  const double length = std::hypot(d.x, d.y);
  for (std::size_t i = first + 1; i < last; ++i) {
    const double off = std::abs((line[i].x - a.x) * d.y - (line[i].y - a.y) * d.x) / length;
    if (off > worst) worst = off, split = i;
  }
  if (split != first)
    simplify(line, first, split, out), simplify(line, split, last, out);
  else
    out.push_back(line[last]);
}

std::vector<Vec3d> placeLine(const Valley& valley, PlanPoint a, PlanPoint b, double step_m) {
  const int pieces = std::max(1, static_cast<int>(std::ceil(std::hypot(b.u - a.u, b.v - a.v) / step_m)));
  std::vector<Vec3d> line;
  for (int i = 0; i <= pieces; ++i) {
    const double t = static_cast<double>(i) / pieces;
    line.push_back(valley.place({a.u + t * (b.u - a.u), a.v + t * (b.v - a.v)}));
  }
  return line;
}

Road roadFrom(const LatticeEdge& edge, const Lattice& lattice, const Valley& valley, std::uint64_t seed) {
  Road road;
  road.from = edge.from, road.to = edge.to, road.rank = edge.rank, road.zone = edge.zone;
  road.line_key = hashOf(seed, 201, static_cast<std::int64_t>(edge.line));
  const bool river = edge.water == river_crossing;
  const double step = river ? 1e6 : edge.zone == Zone::hill ? 9 : sample_m;
  const std::vector<Vec3d> full = placeLine(valley, edge.a, edge.b, step);
  road.line.push_back(full.front());
  simplify(full, 0, full.size() - 1, road.line);
  const auto levee = [&](std::uint32_t node) { return lattice.rows[node / lattice.columns.size()].levee; };
  road.ramp = edge.column && !river && (levee(edge.from) || levee(edge.to));
  road.water = edge.water;
  if (edge.water >= 0) {
    const PlanPoint at{edge.a.u + edge.water_at * (edge.b.u - edge.a.u),
                       edge.a.v + edge.water_at * (edge.b.v - edge.a.v)};
    road.water_at_m = river ? lengthOf(road.line) / 2 : lengthOf(placeLine(valley, edge.a, at, step));
  }
  return road;
}

void reverse(Road& road) {
  std::swap(road.from, road.to);
  road.water_at_m = lengthOf(road.line) - road.water_at_m;
  std::reverse(road.line.begin(), road.line.end());
}

/// Roads that matter go on beyond the map: they are cut at its edge. Others that cross the edge are left out.
bool leaveAtEdge(Road& road, Network& network, const Window& window) {
  constexpr double margin = 1, shortest = 20;
  const auto inside = [&](Vec3d p) { return window.contains(p.x, p.y, margin); };
  if (std::all_of(road.line.begin(), road.line.end(), inside)) return true;
  if (road.water >= 0 || road.rank == RoadRank::local || road.rank == RoadRank::farm) return false;
  if (!inside(road.line.front())) reverse(road);
  if (!inside(road.line.front()) || inside(road.line.back())) return false;
  std::size_t out = 1;
  while (inside(road.line[out])) ++out;
  Vec3d in = road.line[out - 1], beyond = road.line[out];
  for (int i = 0; i < 30; ++i) {
    const Vec3d middle = (in + beyond) * 0.5;
    (inside(middle) ? in : beyond) = middle;
  }
  road.line.resize(out);
  road.line.push_back(in);
  road.to = static_cast<std::uint32_t>(network.nodes.size());
  network.nodes.push_back({in, 0});
  return lengthOf(road.line) >= shortest;
}

void countDegrees(Network& network) {
  for (RoadNode& node : network.nodes) node.degree = 0;
  for (const Road& road : network.roads) ++network.nodes[road.from].degree, ++network.nodes[road.to].degree;
}

template <typename Drop>
bool dropRoads(Network& network, Drop drop) {
  const auto kept = std::remove_if(network.roads.begin(), network.roads.end(), drop);
  const bool any = kept != network.roads.end();
  network.roads.erase(kept, network.roads.end());
  countDegrees(network);
  return any;
}

void keepLargestPart(Network& network) {
  std::vector<std::uint32_t> part(network.nodes.size());
  std::iota(part.begin(), part.end(), 0u);
  const auto root = [&](std::uint32_t n) {
    while (part[n] != n) n = part[n] = part[part[n]];
    return n;
  };
  for (const Road& road : network.roads) part[root(road.from)] = root(road.to);
  std::map<std::uint32_t, std::size_t> sizes;
  for (const Road& road : network.roads) ++sizes[root(road.from)];
  const auto largest =
      std::max_element(sizes.begin(), sizes.end(), [](auto& a, auto& b) { return a.second < b.second; });
  if (largest == sizes.end()) return;
  dropRoads(network, [&](const Road& road) { return root(road.from) != largest->first; });
}

/// Farm tracks that lead nowhere are not kept up; in the built-up area a dead end is a street like others.
void pruneDeadEnds(Network& network) {
  const auto loose = [&](const Road& road) {
    if (network.nodes[road.from].degree > 1 && network.nodes[road.to].degree > 1) return false;
    return road.rank == RoadRank::farm || (road.rank == RoadRank::second && road.zone == Zone::field);
  };
  while (dropRoads(network, loose)) {
  }
}

/// a and b meet at `node`, which is no junction: b is appended to a.
void join(Road& a, Road& b, std::uint32_t node) {
  if (a.to != node) reverse(a);
  if (b.from != node) reverse(b);
  if (b.water >= 0) a.water = b.water, a.water_at_m = lengthOf(a.line) + b.water_at_m;
  a.line.insert(a.line.end(), b.line.begin() + 1, b.line.end());
  a.to = b.to;
}

void joinThroughRoads(Network& network) {
  std::vector<std::vector<std::size_t>> at(network.nodes.size());
  for (std::size_t i = 0; i < network.roads.size(); ++i)
    at[network.roads[i].from].push_back(i), at[network.roads[i].to].push_back(i);
  std::vector<bool> gone(network.roads.size());
  for (std::uint32_t node = 0; node < network.nodes.size(); ++node) {
    if (at[node].size() != 2 || at[node][0] == at[node][1]) continue;
    Road &a = network.roads[at[node][0]], &b = network.roads[at[node][1]];
    if (a.rank != b.rank || a.ramp || b.ramp || (a.water >= 0 && b.water >= 0)) continue;
    if (a.water == river_crossing || b.water == river_crossing) continue;
    if (lengthOf(a.line) + lengthOf(b.line) > longest_merged_m) continue;
    const std::uint32_t far = b.from == node ? b.to : b.from;
    if (far == (a.from == node ? a.to : a.from)) continue;
    const std::size_t gone_index = at[node][1], kept_index = at[node][0];
    join(a, b, node);
    gone[gone_index] = true;
    std::replace(at[far].begin(), at[far].end(), gone_index, kept_index);
    at[node].clear();
  }
  std::vector<Road> kept;
  for (std::size_t i = 0; i < gone.size(); ++i)
    if (!gone[i]) kept.push_back(std::move(network.roads[i]));
  network.roads = std::move(kept);
  countDegrees(network);
}

void splitAt(Network& network, std::size_t index, double chainage, std::uint32_t node) {
  Road rest = network.roads[index];
  std::vector<Vec3d> first, second{network.nodes[node].place};
  double run = 0;
  first.push_back(rest.line.front());
  for (std::size_t i = 1; i < rest.line.size(); ++i) {
    run += distance2d(rest.line[i - 1], rest.line[i]);
    if (run < chainage)
      first.push_back(rest.line[i]);
    else
      second.push_back(rest.line[i]);
  }
  first.push_back(network.nodes[node].place);
  network.roads[index].line = first, network.roads[index].to = node;
  rest.line = second, rest.from = node;
  network.roads.push_back(std::move(rest));
}

/// Narrow lanes into the blocks (行き止まり), as every old town has them.
void addLanes(Network& network, const Valley& valley, const Window& window, const LineIndex& waters,
              std::uint64_t seed) {
  LineIndex streets(window);
  for (std::size_t i = 0; i < network.roads.size(); ++i) streets.add(network.roads[i].line, static_cast<int>(i));
  const std::size_t before = network.roads.size();
  std::vector<Vec3d> blocks;
  for (const OpenBlock& block : network.blocks) blocks.push_back(valley.place(block.plan));
  for (std::size_t i = 0; i < before; ++i) {
    const Road& street = network.roads[i];
    const double length = lengthOf(street.line);
    Random random(hashOf(seed, 211, std::llround(street.line.front().x * 8), std::llround(street.line.front().y * 8)));
    const double wish = street.zone == Zone::centre   ? 0.74
                        : street.zone == Zone::suburb ? 0.92
                        : street.zone == Zone::hamlet ? 0.8
                                                      : 0;
    if (street.water >= 0 || street.ramp || street.rank < RoadRank::main || street.rank == RoadRank::levee) continue;
    if (length < 42 || !random.chance(wish)) continue;
    const double at = length * random.range(0.47, 0.53), reach = random.range(21, 36);
    const OnLine start = along(street.line, at);
    const double side = random.chance(0.5) ? 1 : -1;
    const Vec3d end = start.place + Vec3d{-start.direction.y, start.direction.x, 0} * (side * reach);
    if (!window.contains(end.x, end.y, 6) || streets.crosses(start.place, end, static_cast<int>(i))) continue;
    // A street around a corner can be crossed by its own lane; beyond the kerb, its pieces count too.
    if (streets.crosses(start.place + (end - start.place) * (1 / reach), end)) continue;
    const auto in_block = [&](const Vec3d& block) { return distance2d(block, end) < 42; };
    if (std::any_of(blocks.begin(), blocks.end(), in_block)) continue;
    if (streets.nearest(end.x, end.y, 9.5, static_cast<int>(i)) || waters.nearest(end.x, end.y, 4) ||
        waters.crosses(start.place, end))
      continue;
    const auto node = static_cast<std::uint32_t>(network.nodes.size());
    network.nodes.push_back({start.place, 0}), network.nodes.push_back({end, 0});
    Road lane;
    lane.from = node, lane.to = node + 1, lane.line = {start.place, end};
    lane.rank = RoadRank::lane, lane.zone = street.zone;
    lane.line_key = hashOf(seed, 212, static_cast<std::int64_t>(i));
    streets.add(lane.line, static_cast<int>(1'000'000 + i));
    splitAt(network, i, at, node);
    network.roads.push_back(std::move(lane));
  }
  countDegrees(network);
}

void dropUnusedNodes(Network& network) {
  std::vector<std::uint32_t> renamed(network.nodes.size());
  std::vector<RoadNode> used;
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    renamed[i] = static_cast<std::uint32_t>(used.size());
    if (network.nodes[i].degree > 0) used.push_back(network.nodes[i]);
  }
  for (Road& road : network.roads) road.from = renamed[road.from], road.to = renamed[road.to];
  network.nodes = std::move(used);
}

/// Hill roads are cut and banked until no piece is steeper than a plough can climb; nodes on the plain stay.
void easeGrades(Network& network) {
  constexpr double steepest = 0.10;
  constexpr int rounds = 60;
  std::vector<bool> movable(network.nodes.size(), true);
  for (const Road& road : network.roads)
    if (road.zone != Zone::hill) movable[road.from] = movable[road.to] = false;
  for (int round = 0; round < rounds; ++round)
    for (const Road& road : network.roads) {
      if (road.zone != Zone::hill) continue;
      double &a = network.nodes[road.from].place.z, &b = network.nodes[road.to].place.z;
      const double allowed = steepest * lengthOf(road.line), excess = std::abs(b - a) - allowed;
      if (excess <= 0) continue;
      const int both = movable[road.from] + movable[road.to];
      if (both == 0) continue;
      const double step = (b > a ? excess : -excess) / both;
      if (movable[road.from]) a += step;
      if (movable[road.to]) b -= step;
    }
}

/// A road is smoother than the ground: straight grade between junctions, following the ground only in part.
void setProfiles(Network& network, const Valley& valley) {
  for (RoadNode& node : network.nodes) node.place.z = valley.ground(node.place.x, node.place.y);
  easeGrades(network);
  for (Road& road : network.roads) {
    const double z0 = network.nodes[road.from].place.z, z1 = network.nodes[road.to].place.z,
                 length = lengthOf(road.line);
    const double follow = road.ramp || road.water == river_crossing ? 0 : road.zone == Zone::hill ? 0.3 : 0.5;
    const double crown = road.water == river_crossing ? 0.9 : 0;  // a river bridge is cambered
    double run = 0;
    for (std::size_t i = 0; i < road.line.size(); ++i) {
      if (i > 0) run += distance2d(road.line[i - 1], road.line[i]);
      const double t = run / length, grade = z0 + t * (z1 - z0);
      const double ground = valley.ground(road.line[i].x, road.line[i].y);
      const bool end = i == 0 || i + 1 == road.line.size();
      road.line[i].z = end ? (i == 0 ? z0 : z1) : grade + follow * (ground - grade) + crown * 4 * t * (1 - t);
    }
  }
}

/// The arch needs vertices; four per span are enough for the eye.
void refineRiverBridges(Network& network) {
  for (Road& road : network.roads) {
    if (road.water != river_crossing) continue;
    const Vec3d a = road.line.front(), b = road.line.back();
    road.line.clear();
    for (int i = 0; i <= 16; ++i) road.line.push_back(a + (b - a) * (i / 16.0));
  }
}

}  // namespace

double lengthOf(const std::vector<Vec3d>& line) {
  double length = 0;
  for (std::size_t i = 1; i < line.size(); ++i) length += distance2d(line[i - 1], line[i]);
  return length;
}

OnLine along(const std::vector<Vec3d>& line, double chainage_m) {
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double piece = distance2d(line[i - 1], line[i]);
    if (chainage_m <= piece || i + 1 == line.size()) {
      const Vec3d d = line[i] - line[i - 1];
      return {line[i - 1] + d * (chainage_m / piece), Vec3d{d.x / piece, d.y / piece, 0}};
    }
    chainage_m -= piece;
  }
  return {line.front(), {1, 0, 0}};
}

Network planNetwork(const Valley& valley, const Window& window, std::uint64_t seed) {
  const Lattice lattice = drawLattice(window, seed);
  Network network;
  network.nodes.resize(lattice.columns.size() * lattice.rows.size());
  for (std::uint32_t i = 0; i < network.nodes.size(); ++i) network.nodes[i].place = valley.place(lattice.planAt(i));
  for (const LatticeEdge& edge : lattice.edges) {
    Road road = roadFrom(edge, lattice, valley, seed);
    if (leaveAtEdge(road, network, window)) network.roads.push_back(std::move(road));
  }
  LineIndex waters(window);
  for (const WaterPlan& plan : lattice.waters) {
    const PlanPoint a = plan.column ? PlanPoint{plan.at, plan.from} : PlanPoint{plan.from, plan.at};
    const PlanPoint b = plan.column ? PlanPoint{plan.at, plan.to} : PlanPoint{plan.to, plan.at};
    network.waters.push_back({plan.name, plan.creek, plan.width_m, plan.depth_m, placeLine(valley, a, b, 12)});
    waters.add(network.waters.back().line, static_cast<int>(network.waters.size()), plan.width_m / 2);
  }
  for (const OpenBlock& block : lattice.blocks) {
    const Vec3d at = valley.place(block.plan);
    if (window.contains(at.x, at.y, 70)) network.blocks.push_back(block);
  }
  countDegrees(network);
  keepLargestPart(network);
  pruneDeadEnds(network);
  joinThroughRoads(network);
  addLanes(network, valley, window, waters, seed);
  refineRiverBridges(network);
  dropUnusedNodes(network);
  setProfiles(network, valley);
  return network;
}

}  // namespace hashimichi::datasets
