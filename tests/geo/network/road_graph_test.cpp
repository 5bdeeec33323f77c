// Lines become a network: what meets and what does not, worked out on paper.
#include "geo/network/road_graph.h"

#include <gtest/gtest.h>

#include "tests/geo/network/drawn_roads.h"

namespace hashimichi::network {
namespace {

using tests::road;

RoadGraph graphOf(const std::vector<model::RoadSegment>& roads, GraphRules rules = {}) {
  Problems problems;
  return buildGraph(roads, rules, problems);
}

TEST(RoadGraph, EndsThatAreDrawnALittleApartMeet) {
  const RoadGraph graph = graphOf({road("a", {{0, 0, 0}, {100, 0, 0}}), road("b", {{100.3, 0.2, 0}, {100, 80, 0}})});
  EXPECT_EQ(graph.nodes.size(), 3u);
  ASSERT_EQ(graph.edges.size(), 2u);
  EXPECT_EQ(graph.edges[0].to, graph.edges[1].from);
}

TEST(RoadGraph, ARoadThatEndsOnAnotherCutsItThere) {
  const RoadGraph graph =
      graphOf({road("main", {{0, 0, 0}, {50, 0, 0}, {100, 0, 0}}), road("side", {{30, 60, 0}, {30, 0.3, 0}})});
  ASSERT_EQ(graph.edges.size(), 3u);
  EXPECT_EQ(graph.first_edge_of_segment, (std::vector<std::uint32_t>{0, 2, 3}));
  EXPECT_DOUBLE_EQ(graph.edges[0].length_m, 30);
  EXPECT_DOUBLE_EQ(graph.edges[1].begin_m, 30);
  EXPECT_DOUBLE_EQ(graph.edges[1].length_m, 70);
  EXPECT_EQ(graph.edges[2].to, graph.edges[0].to);
}

TEST(RoadGraph, WaysOfOneMapThatShareAVertexCross) {
  const RoadGraph graph =
      graphOf({road("a", {{0, 0, 0}, {50, 0, 0}, {100, 0, 0}}), road("b", {{50, -40, 0}, {50, 0, 0}, {50, 40, 0}})});
  EXPECT_EQ(graph.edges.size(), 4u);
  EXPECT_EQ(graph.nodes.size(), 5u);
}

TEST(RoadGraph, LinesThatMerelyCrossInTheDrawingDoNotMeet) {
  const RoadGraph graph = graphOf({road("under", {{0, 0, 0}, {100, 0, 0}}), road("over", {{50, -40, 6}, {50, 40, 6}})});
  EXPECT_EQ(graph.edges.size(), 2u);
  EXPECT_EQ(graph.nodes.size(), 4u);
}

TEST(RoadGraph, AnEndBelowABridgeDoesNotMeetTheDeck) {
  const RoadGraph graph = graphOf({road("deck", {{0, 0, 8}, {100, 0, 8}}), road("below", {{50, -60, 0}, {50, 0, 0}})});
  EXPECT_EQ(graph.edges.size(), 2u);
  model::RoadSegment flat_deck = road("deck", {{0, 0, 0}, {100, 0, 0}});
  flat_deck.on_bridge = true;  // heights unknown: the flag decides
  EXPECT_EQ(graphOf({flat_deck, road("below", {{50, -60, 0}, {50, 0, 0}})}).edges.size(), 2u);
}

TEST(RoadGraph, OneWaysAreDrivenOneWay) {
  const RoadGraph graph = graphOf({road("a", {{0, 0, 0}, {100, 0, 0}}, model::TrafficDirection::forward),
                                   road("b", {{100, 0, 0}, {200, 0, 0}}, model::TrafficDirection::backward)});
  EXPECT_EQ(graph.from(0).size(), 1u);
  EXPECT_EQ(graph.from(1).size(), 0u);
  ASSERT_EQ(graph.from(2).size(), 1u);
  EXPECT_TRUE(graph.from(2)[0].backward);
}

TEST(RoadGraph, RoadsWithoutALineAndIslandsAreTold) {
  Problems problems;
  GraphRules rules;
  rules.stray_island_m = 50;
  const std::vector<model::RoadSegment> roads{road("a", {{0, 0, 0}, {400, 0, 0}}), road("none", {}),
                                              road("dot", {{7, 7, 0}, {7, 7, 0}}),
                                              road("island", {{0, 900, 0}, {30, 900, 0}})};
  const RoadGraph graph = buildGraph(roads, rules, problems);
  EXPECT_EQ(graph.edges.size(), 2u);
  EXPECT_EQ(problems.count(ProblemKind::assumption, "network.no_line"), 1u);
  EXPECT_EQ(problems.count(ProblemKind::assumption, "network.islands"), 1u);
}

}  // namespace
}  // namespace hashimichi::network
