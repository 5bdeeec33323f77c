// Plough plans on networks small enough to be worked by hand, and against every possible plan.
#include "geo/routing/plough_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "geo/routing/plough_timeline.h"
#include "tests/geo/routing/hand_network.h"

namespace hashimichi::routing::tests {
namespace {

SearchLimits quick() {
  SearchLimits limits;
  limits.seconds = 60;
  limits.idle_generations = 1500;
  return limits;
}

PlannedPloughs planned(const PloughProblem& problem) {
  SilentProgress silent;
  Result<PlannedPloughs> plan = planPloughs(problem, quick(), silent);
  EXPECT_TRUE(plan) << plan.error().text();
  return plan ? std::move(*plan) : PlannedPloughs{};
}

void prepare(PloughProblem& problem, const RoadWays& ways) {
  SilentProgress silent;
  const Status prepared = problem.prepare(ways, silent);
  ASSERT_TRUE(prepared) << prepared.error().text();
}

TEST(PloughPlan, ADeadEndRoadIsClearedThereAndBackWithOneUTurn) {
  // A 1000 m B, depot at A. 200 s there, 30 s for turning round, 200 s back: 430 s; the price adds the finish.
  HandNetwork network;
  const auto a = network.node(0, 0), b = network.node(1000, 0);
  network.road(a, b);
  network.finish();
  const RoadWays ways(network.graph, network.roads, handRules());
  PloughProblem problem;
  problem.machines = {handMachine(a)};
  problem.stretches = {handStretch(network, 0), handStretch(network, 1)};
  prepare(problem, ways);
  const PlannedPloughs plan = planned(problem);
  EXPECT_TRUE(plan.evaluation.broken.empty());
  EXPECT_EQ(plan.evaluation.finish, 4300);
  EXPECT_EQ(plan.evaluation.price, (PlanPrice{0, 0, 8600}));
  EXPECT_EQ(plan.bound, (PlanPrice{0, 0, 8600}));
  EXPECT_EQ(plan.evaluation.routes[0].turns, 1);
  EXPECT_EQ(plan.evaluation.routes[0].visits[1].begins, 2300);
}

/// A (0, 0) → B (300, 0) → C (300, 400) → A, all one-way, depot at A. Turns: 90° at B, 143° at C, 127° at A: 5 s each.
struct OneWayTriangle {
  HandNetwork network;
  PloughProblem problem;
  OneWayTriangle() {
    const auto a = network.node(0, 0), b = network.node(300, 0), c = network.node(300, 400);
    network.road(a, b, true), network.road(b, c, true), network.road(c, a, true);
    network.finish();
    problem.machines = {handMachine(a)};
    for (Arc arc : {0u, 2u, 4u}) problem.stretches.push_back(handStretch(network, arc));
  }
};

TEST(PloughPlan, OneWayStreetsAreServedAlongTheirDirection) {
  OneWayTriangle triangle;
  const RoadWays ways(triangle.network.graph, triangle.network.roads, handRules());
  prepare(triangle.problem, ways);
  // 60 s + 5 s + 80 s + 5 s + 100 s, and the machine is home.
  const PlannedPloughs plan = planned(triangle.problem);
  EXPECT_EQ(plan.evaluation.finish, 2500);
  EXPECT_EQ(plan.evaluation.price, plan.bound);
  EXPECT_EQ(plan.plan.routes[0], (std::vector<Visit>{{0, false}, {1, false}, {2, false}}));
}

TEST(PloughPlan, ADeadlineGoesBeforeTime) {
  OneWayTriangle triangle;
  const RoadWays ways(triangle.network.graph, triangle.network.roads, handRules());
  // C–A due after 180 s: driven to at once it ends at 30 + 5 + 40 + 5 + 100 = 180 s. Then A–B (5 + 60), B–C (5 + 80)
  // end at 330 s, and the way home over C–A takes 5 + 50: 385 s instead of 250 s.
  triangle.problem.stretches[2].due = 1800;
  prepare(triangle.problem, ways);
  const PlannedPloughs plan = planned(triangle.problem);
  EXPECT_EQ(plan.plan.routes[0], (std::vector<Visit>{{2, false}, {0, false}, {1, false}}));
  EXPECT_EQ(plan.evaluation.price, (PlanPrice{0, 0, 7700}));
  // One tenth of a second earlier nothing arrives in time, and the way of least lateness is still that one.
  triangle.problem.stretches[2].due = 1799;
  const PlannedPloughs late = planned(triangle.problem);
  EXPECT_EQ(late.evaluation.price, (PlanPrice{0, 1, 7700}));
  ASSERT_EQ(late.evaluation.broken.size(), 1u);
  EXPECT_EQ(late.evaluation.broken[0].rule, Rule::late);
}

TEST(PloughPlan, ANarrowRoadWiderThanTheBladeIsClearedToAndFro) {
  // 3.5 m with a blade of 3 m: two passes, 200 s each and a U-turn; the machine is back at A without driving.
  HandNetwork network;
  const auto a = network.node(0, 0), b = network.node(1000, 0);
  network.road(a, b);
  network.finish();
  const RoadWays ways(network.graph, network.roads, handRules());
  PloughProblem problem;
  problem.machines = {handMachine(a)};
  problem.stretches = {handStretch(network, 0)};
  problem.stretches[0].width_m = 3.5;
  problem.stretches[0].either_way = problem.stretches[0].to_and_fro = true;
  prepare(problem, ways);
  EXPECT_EQ(planned(problem).evaluation.finish, 4300);
}

TEST(PloughPlan, ThreePassesOfAWideRoadAreTwoThereAndOneBack) {
  HandNetwork network;
  const auto a = network.node(0, 0), b = network.node(1000, 0);
  network.road(a, b);
  network.finish();
  const RoadWays ways(network.graph, network.roads, handRules());
  PloughProblem problem;
  problem.machines = {handMachine(a)};
  problem.stretches = {handStretch(network, 0), handStretch(network, 1)};
  for (Stretch& stretch : problem.stretches) stretch.width_m = 6.5, stretch.to_and_fro = true;
  problem.stretches[0].lane = Lane::there, problem.stretches[1].lane = Lane::back;
  prepare(problem, ways);
  EXPECT_EQ(problem.mode(0, 0, false).passes, 2);
  EXPECT_EQ(problem.mode(0, 1, false).passes, 1);
  EXPECT_EQ(problem.mode(0, 0, false).work, 4300);
  EXPECT_EQ(problem.mode(0, 1, false).work, 2000);
}

TEST(PloughPlan, AWideOneWayStreetNeedsTheWayRoundBetweenItsPasses) {
  OneWayTriangle triangle;
  const RoadWays ways(triangle.network.graph, triangle.network.roads, handRules());
  triangle.problem.stretches[0].width_m = 6;
  prepare(triangle.problem, ways);
  // Twice 60 s, and between them B → C → A: 5 + 40 + 5 + 50 + 5 s.
  EXPECT_EQ(triangle.problem.mode(0, 0, false).work, 1200 + 1050);
}

TEST(PloughPlan, EveryBrokenRuleIsNamed) {
  OneWayTriangle triangle;
  const RoadWays ways(triangle.network.graph, triangle.network.roads, handRules());
  triangle.problem.machines[0].longest_h = 0.05;
  prepare(triangle.problem, ways);
  const auto rules = [&](const PloughPlan& plan) {
    std::vector<Rule> found;
    for (const BrokenRule& broken : evaluate(triangle.problem, plan).broken) {
      found.push_back(broken.rule);
      EXPECT_FALSE(describe(broken, triangle.problem, Language::ja).empty());
      EXPECT_FALSE(describe(broken, triangle.problem, Language::en).empty());
    }
    return found;
  };
  EXPECT_EQ(rules({{{{0, false}}}}), (std::vector{Rule::unserved, Rule::unserved}));
  EXPECT_EQ(rules({{{{0, false}, {1, true}}}}), (std::vector{Rule::one_way, Rule::unserved}));
  EXPECT_EQ(rules({{{{0, false}, {1, false}, {2, false}}}}), (std::vector{Rule::too_long}));
  EXPECT_EQ(rules({{{{0, false}, {1, false}, {2, false}, {0, false}, {9, false}}}}),
            (std::vector{Rule::unknown_stretch, Rule::too_long, Rule::served_twice}));
}

TEST(PloughPlan, PlansAreEditedByHandAndPricedAnew) {
  OneWayTriangle triangle;
  const RoadWays ways(triangle.network.graph, triangle.network.roads, handRules());
  triangle.problem.machines.push_back(triangle.problem.machines[0]);
  prepare(triangle.problem, ways);
  PloughPlan plan{{{{0, false}, {1, false}, {2, false}}, {}}};
  EXPECT_EQ(evaluate(triangle.problem, plan).price, (PlanPrice{0, 0, 5000}));
  ASSERT_TRUE(moveVisits(plan, {0, 2}, 1, {0, 0}));
  EXPECT_EQ(plan.routes[0], (std::vector<Visit>{{2, false}, {0, false}, {1, false}}));
  EXPECT_EQ(evaluate(triangle.problem, plan).price, (PlanPrice{0, 0, 7700}));
  ASSERT_TRUE(moveVisits(plan, {0, 0}, 1, {1, 0}));
  // The second machine: 30 + 5 + 40 + 5 + 100 = 180 s. The first: 60 + 5 + 80, home 5 + 50: 200 s, the last one back.
  EXPECT_EQ(evaluate(triangle.problem, plan).price, (PlanPrice{0, 0, 1800 + 2000 + 2000}));
  ASSERT_TRUE(moveVisits(plan, {0, 0}, 2, {0, 2}));
  EXPECT_EQ(plan.routes[0], (std::vector<Visit>{{0, false}, {1, false}}));
  ASSERT_TRUE(reverseVisits(triangle.problem, plan, {0, 0}, 2));
  EXPECT_EQ(plan.routes[0], (std::vector<Visit>{{1, false}, {0, false}}));
  ASSERT_TRUE(removeVisit(plan, {0, 0}));
  EXPECT_EQ(evaluate(triangle.problem, plan).broken.size(), 1u);
  ASSERT_TRUE(insertVisit(plan, {1, false}, {0, 1}));
  EXPECT_TRUE(evaluate(triangle.problem, plan).broken.empty());
  EXPECT_FALSE(moveVisits(plan, {0, 2}, 1, {1, 0}));
  EXPECT_FALSE(moveVisits(plan, {7, 0}, 1, {1, 0}));
  EXPECT_FALSE(turnVisit(plan, {1, 1}));
}

TEST(PloughPlan, AnEmptySpreaderRefillsAtTheDepot) {
  // Two stretches of 1 m³ each with a hopper of 1 m³, one road of 1000 m from A: there 200 s, back 100 s + 30 s U-turn,
  // ten minutes of loading, then to B (100 s) and after turning round the second one: 30 + 200 s.
  HandNetwork network;
  const auto a = network.node(0, 0), b = network.node(1000, 0);
  network.road(a, b);
  network.finish();
  const RoadWays ways(network.graph, network.roads, handRules());
  PloughProblem problem;
  problem.work = Work::spread;
  problem.machines = {handMachine(a)};
  problem.machines[0].spreads = true, problem.machines[0].hopper_m3 = 1;
  problem.stretches = {handStretch(network, 0), handStretch(network, 1)};
  for (Stretch& stretch : problem.stretches) stretch.grit_m3 = 1;
  prepare(problem, ways);
  const Evaluation evaluation = evaluate(problem, {{{{0, false}, {1, false}}}});
  EXPECT_TRUE(evaluation.routes[0].visits[1].refills);
  EXPECT_EQ(evaluation.finish, 2000 + 300 + 1000 + 6000 + 1000 + 300 + 2000);
}

TEST(PloughPlan, APloughIsWhereItsTimesSay) {
  OneWayTriangle triangle;
  const RoadWays ways(triangle.network.graph, triangle.network.roads, handRules());
  prepare(triangle.problem, ways);
  const Evaluation evaluation = evaluate(triangle.problem, {{{{2, false}, {0, false}, {1, false}}}});
  const std::vector<RouteTimeline> routes = timelineOf(triangle.problem, ways, evaluation);
  ASSERT_EQ(routes.size(), 1u);
  // From 80 s to 180 s it clears C–A: after 130 s it is half way.
  const MachinePosition half = positionAt(routes[0], 130);
  EXPECT_EQ(half.kind, LegKind::work);
  EXPECT_NEAR(half.position.x, 150, 1e-9);
  EXPECT_NEAR(half.position.y, 200, 1e-9);
  EXPECT_NEAR(half.heading_rad, std::atan2(-400, -300), 1e-6);
  EXPECT_EQ(positionAt(routes[0], -5).kind, LegKind::stay);
  EXPECT_NEAR(positionAt(routes[0], 1e6).position.x, 0, 1e-9);
  for (std::size_t k = 1; k < routes[0].legs.size(); ++k)
    EXPECT_EQ(routes[0].legs[k].begins, routes[0].legs[k - 1].ends);
}

/// Every way to share the stretches among two machines, in every order and direction.
class EveryPlan {
 public:
  explicit EveryPlan(const PloughProblem& problem) : problem_(problem) {}
  PlanPrice best() {
    std::vector<std::size_t> order(problem_.stretches.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    do {
      for (std::size_t cut = 0; cut <= order.size(); ++cut)
        for (unsigned turned = 0; turned < 1u << order.size(); ++turned) price(order, cut, turned);
    } while (std::next_permutation(order.begin(), order.end()));
    return best_;
  }

 private:
  void price(const std::vector<std::size_t>& order, std::size_t cut, unsigned turned) {
    PloughPlan plan{{{}, {}}};
    for (std::size_t k = 0; k < order.size(); ++k) {
      const bool backward = (turned >> order[k] & 1u) != 0;
      if (backward && !problem_.stretches[order[k]].either_way) return;
      plan.routes[k < cut ? 0 : 1].push_back({order[k], backward});
    }
    best_ = std::min(best_, evaluate(problem_, plan).price);
  }
  const PloughProblem& problem_;
  PlanPrice best_{1000, 0, 0};
};

TEST(PloughPlan, NoPlanIsBetterOnSmallRandomNetworksAndTheBoundHolds) {
  std::mt19937 random(7);
  const auto draw = [&](unsigned below) { return static_cast<unsigned>(random() % below); };
  for (int round = 0; round < 12; ++round) {
    // A grid of three by three with some one-way streets; the outer ring stays open so that all can be reached.
    HandNetwork network;
    for (int y = 0; y < 3; ++y)
      for (int x = 0; x < 3; ++x) network.node(x * 200.0 + draw(60), y * 200.0 + draw(60));
    for (std::uint32_t y = 0; y < 3; ++y)
      for (std::uint32_t x = 0; x < 3; ++x) {
        if (x < 2) network.road(3 * y + x, 3 * y + x + 1, y == 1 && draw(2) == 0);
        if (y < 2) network.road(3 * y + x, 3 * y + x + 3, x == 1 && draw(2) == 0);
      }
    network.finish();
    const RoadWays ways(network.graph, network.roads, handRules());
    PloughProblem problem;
    problem.machines = {handMachine(draw(9)), handMachine(draw(9))};
    if (round % 2 == 0) problem.machines[1].speed_kmh = 10, problem.machines[1].blade_width_m = 4;
    std::vector<std::uint32_t> edges(network.roads.size());
    std::iota(edges.begin(), edges.end(), 0u);
    std::shuffle(edges.begin(), edges.end(), random);
    for (std::size_t k = 0; k < 5; ++k) {
      Stretch stretch = handStretch(network, 2 * edges[k]);
      stretch.to_and_fro = network.graph.edges[edges[k]].backward;
      stretch.either_way = stretch.to_and_fro && draw(2) == 0;
      stretch.width_m = 3 + draw(3);
      stretch.due = 500 + draw(2500);
      problem.stretches.push_back(stretch);
    }
    prepare(problem, ways);
    const PlanPrice best = EveryPlan(problem).best();
    const PlannedPloughs plan = planned(problem);
    EXPECT_EQ(plan.evaluation.price, best)
        << "round " << round << ": late " << plan.evaluation.price.late << " for " << best.late << ", time "
        << plan.evaluation.price.time << " for " << best.time;
    EXPECT_LE(plan.bound.late, best.late);
    EXPECT_LE(plan.bound.time, best.time);
    EXPECT_EQ(plan.evaluation.price, evaluate(problem, plan.plan).price);
    EXPECT_EQ(planned(problem).plan, plan.plan) << "the same seed gives the same plan";
  }
}

TEST(PloughPlan, AMachineThatCannotDoTheWorkIsRefusedInOneSentence) {
  OneWayTriangle triangle;
  const RoadWays ways(triangle.network.graph, triangle.network.roads, handRules());
  triangle.problem.machines[0].ploughs = false;
  prepare(triangle.problem, ways);
  SilentProgress silent;
  const Result<PlannedPloughs> plan = planPloughs(triangle.problem, quick(), silent);
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().code, ErrorCode::bad_input);
}

}  // namespace
}  // namespace hashimichi::routing::tests
