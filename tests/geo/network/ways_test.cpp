// Ways, detours and what is cut off, against searches that are too simple to be wrong.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "geo/network/cut_off.h"
#include "geo/network/detour.h"
#include "tests/geo/network/drawn_roads.h"

namespace hashimichi::network {
namespace {

struct Drawn {
  std::vector<model::RoadSegment> roads;
  RoadGraph graph;
};
Drawn drawn(std::uint32_t seed) {
  Drawn town{tests::drawnTown(18, 14, seed), {}};
  Problems problems;
  town.graph = buildGraph(town.roads, {}, problems);
  return town;
}

/// Bellman and Ford: every road is looked at until nothing becomes shorter. Knows nothing of heaps or indices.
double bellmanFord(const RoadGraph& graph, std::uint32_t from, std::uint32_t to, std::uint32_t closed_segment) {
  std::vector<double> length(graph.nodes.size(), unreachable_m);
  length[from] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (const Edge& edge : graph.edges) {
      if (edge.segment == closed_segment) continue;
      if (edge.forward && length[edge.from] + edge.length_m < length[edge.to])
        length[edge.to] = length[edge.from] + edge.length_m, changed = true;
      if (edge.backward && length[edge.to] + edge.length_m < length[edge.from])
        length[edge.from] = length[edge.to] + edge.length_m, changed = true;
    }
  }
  return length[to];
}

TEST(Detour, OfAThousandClosedRoadsEqualsBruteForce) {
  std::size_t checked = 0, impossible = 0;
  for (std::uint32_t seed = 1; checked < 1000; ++seed) {
    const Drawn town = drawn(seed);
    std::mt19937 dice(seed);
    std::vector<std::uint32_t> closed(200);
    for (std::uint32_t& segment : closed) segment = static_cast<std::uint32_t>(dice() % town.roads.size());
    const std::vector<Detour> detours = detoursOf(town.graph, closed);
    for (std::size_t i = 0; i < closed.size(); ++i, ++checked) {
      const Edge& first = town.graph.edges[town.graph.first_edge_of_segment[closed[i]]];
      const Edge& last = town.graph.edges[town.graph.first_edge_of_segment[closed[i] + 1] - 1];
      double expected = 0;
      if (first.forward) expected = bellmanFord(town.graph, first.from, last.to, closed[i]);
      if (first.backward) expected = std::max(expected, bellmanFord(town.graph, last.to, first.from, closed[i]));
      ASSERT_EQ(detours[i].possible, expected != unreachable_m) << town.roads[closed[i]].id << " of town " << seed;
      impossible += detours[i].possible ? 0 : 1;
      if (detours[i].possible) {
        ASSERT_NEAR(detours[i].way_m, expected, 1e-6);
      }
    }
  }
  EXPECT_GT(impossible, 20u);  // the towns have dead ends, so both answers occur
  EXPECT_LT(impossible, 800u);
}

TEST(Detour, RoundOneBlockIsTheOtherThreeSides) {
  const std::vector<model::RoadSegment> roads{
      tests::road("south", {{0, 0, 0}, {100, 0, 0}}), tests::road("east", {{100, 0, 0}, {100, 60, 0}}),
      tests::road("north", {{100, 60, 0}, {0, 60, 0}}), tests::road("west", {{0, 60, 0}, {0, 0, 0}})};
  Problems problems;
  const RoadGraph graph = buildGraph(roads, {}, problems);
  ShortestWays ways(graph);
  const Detour detour = detourOf(graph, ways, 0);
  EXPECT_TRUE(detour.possible);
  EXPECT_DOUBLE_EQ(detour.way_m, 220);
  EXPECT_DOUBLE_EQ(detour.extra_m, 120);
}

/// Parts of the network without a road, by colouring it over and over; nothing of Tarjan's.
std::vector<std::set<std::uint32_t>> partsWithout(const RoadGraph& graph, std::uint32_t closed_segment,
                                                  std::uint32_t start) {
  std::vector<std::set<std::uint32_t>> parts;
  std::set<std::uint32_t> whole{start};
  for (bool grown = true; grown;) {
    grown = false;
    for (const Edge& edge : graph.edges)
      if (whole.contains(edge.from) != whole.contains(edge.to))
        whole.insert(edge.from), whole.insert(edge.to), grown = true;
  }
  while (!whole.empty()) {
    std::set<std::uint32_t> part{*whole.begin()};
    for (bool grown = true; grown;) {
      grown = false;
      for (const Edge& edge : graph.edges)
        if (edge.segment != closed_segment && part.contains(edge.from) != part.contains(edge.to))
          part.insert(edge.from), part.insert(edge.to), grown = true;
    }
    for (const std::uint32_t node : part) whole.erase(node);
    parts.push_back(std::move(part));
  }
  return parts;
}

void checkCutOff(const Drawn& town, const std::vector<double>& people, const std::vector<CutOff>& cut_offs,
                 std::uint32_t segment) {
  const Edge& first = town.graph.edges[town.graph.first_edge_of_segment[segment]];
  const auto parts = partsWithout(town.graph, segment, first.from);
  std::vector<double> length_m(parts.size()), weight(parts.size());
  for (std::size_t p = 0; p < parts.size(); ++p) {
    for (const Edge& edge : town.graph.edges)
      if (edge.segment != segment && parts[p].contains(edge.from)) length_m[p] += edge.length_m;
    for (const std::uint32_t node : parts[p]) weight[p] += people[node];
  }
  const std::size_t largest =
      static_cast<std::size_t>(std::max_element(length_m.begin(), length_m.end()) - length_m.begin());
  double expected_m = 0, expected_people = 0;
  for (std::size_t p = 0; p < parts.size(); ++p)
    if (p != largest) expected_m += length_m[p], expected_people += weight[p];
  ASSERT_NEAR(cut_offs[segment].length_m, expected_m, 1e-6) << town.roads[segment].id;
  ASSERT_NEAR(cut_offs[segment].weight, expected_people, 1e-6) << town.roads[segment].id;
}

TEST(CutOff, OfFiveHundredClosuresEqualsBruteForce) {
  std::size_t checked = 0, cutting = 0;
  for (std::uint32_t seed = 11; checked < 500; ++seed) {
    const Drawn town = drawn(seed);
    std::mt19937 dice(seed);
    std::vector<double> people(town.graph.nodes.size());
    for (double& count : people) count = dice() % 50;
    const std::vector<CutOff> cut_offs = cutOffs(town.graph, people);
    for (int i = 0; i < 100; ++i, ++checked) {
      const std::uint32_t segment = static_cast<std::uint32_t>(dice() % town.roads.size());
      checkCutOff(town, people, cut_offs, segment);
      cutting += cut_offs[segment].nodes > 0 ? 1 : 0;
    }
  }
  EXPECT_GT(cutting, 20u);
}

TEST(CutOff, ALongRoadThatOthersJoinCutsOffAllOfThem) {
  // One road with two side roads, of which only one leads on to the rest of the town.
  const std::vector<model::RoadSegment> roads{
      tests::road("long", {{0, 0, 0}, {300, 0, 0}}), tests::road("side", {{100, 0, 0}, {100, 50, 0}}),
      tests::road("town", {{300, 0, 0}, {900, 0, 0}}), tests::road("end", {{0, 0, 0}, {-70, 0, 0}})};
  Problems problems;
  const RoadGraph graph = buildGraph(roads, {}, problems);
  const std::vector<CutOff> cut_offs = cutOffs(graph, {});
  EXPECT_DOUBLE_EQ(cut_offs[0].length_m, 50 + 70);
  EXPECT_DOUBLE_EQ(cut_offs[1].length_m, 0);
  EXPECT_EQ(cut_offs[1].nodes, 1u);  // the end of the side road itself
}

TEST(Reach, OfClosedStreetsEqualsBruteForce) {
  for (std::uint32_t seed = 31; seed < 36; ++seed) {
    const Drawn town = drawn(seed);
    std::mt19937 dice(seed);
    for (int round = 0; round < 100; ++round) {
      std::vector<char> closed(town.graph.edges.size());
      for (int i = 0; i < 25; ++i) closed[dice() % closed.size()] = 1;
      const auto hospital = static_cast<std::uint32_t>(dice() % town.graph.nodes.size());
      std::set<std::uint32_t> reached{hospital};
      for (bool grown = true; grown;) {
        grown = false;
        for (std::size_t e = 0; e < town.graph.edges.size(); ++e) {
          const Edge& edge = town.graph.edges[e];
          if (closed[e] != 0) continue;
          if (edge.forward && reached.contains(edge.from)) grown |= reached.insert(edge.to).second;
          if (edge.backward && reached.contains(edge.to)) grown |= reached.insert(edge.from).second;
        }
      }
      const std::vector<char> unreached = unreachedFrom(town.graph, {hospital}, closed);
      for (std::uint32_t node = 0; node < unreached.size(); ++node)
        ASSERT_EQ(unreached[node] == 0, reached.contains(node));
    }
  }
}

}  // namespace
}  // namespace hashimichi::network
