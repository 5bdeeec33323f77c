// Arc routing: standard instances at the cost that the literature knows, small problems against every possible plan.
#include "geo/routing/arc_routing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "geo/routing/carp_file.h"
#include "geo/routing/lower_bound.h"
#include "tests/support/shared_data.h"

namespace hashimichi::routing {
namespace {

TEST(CarpFile, Gdb1HasTheFactsOfItsDescription) {
  const auto path = tests::sharedData("carp/gdb/gdb1.dat");
  HASHIMICHI_NEEDS_SHARED(path);
  const Result<ArcRoutingProblem> problem = readCarpFile(path);
  ASSERT_TRUE(problem) << problem.error().text();
  EXPECT_EQ(problem->nodes, 12);
  EXPECT_EQ(problem->tasks.size(), 22u);
  EXPECT_EQ(problem->vehicles, 5);
  EXPECT_EQ(problem->capacity, 5);
  EXPECT_EQ(problem->depot, 0);
  EXPECT_EQ(problem->serviceCost(), 252);
}

/// All instances end at the best-known cost (DOMAIN C.4) within the ten seconds that are granted.
TEST(PlanRoutes, FindsTheBestKnownCostOfGdbAndKshs) {
  HASHIMICHI_NEEDS_SHARED(tests::sharedData("carp"));
  const nlohmann::json best = tests::domainVectors()["carp_best"];
  SilentProgress silent;
  for (const std::string set : {"gdb", "kshs"}) {
    for (std::size_t k = 0; k < best[set].size(); ++k) {
      const std::string name = set + std::to_string(k + 1);
      const Result<ArcRoutingProblem> problem = readCarpFile(tests::sharedData("carp/" + set + "/" + name + ".dat"));
      ASSERT_TRUE(problem) << problem.error().text();
      SearchLimits limits;
      limits.good_enough = best[set][k];
      const Result<ArcRoutingPlan> plan = planRoutes(*problem, limits, silent);
      ASSERT_TRUE(plan) << plan.error().text();
      EXPECT_EQ(plan->cost, limits.good_enough) << name;
      EXPECT_LE(plan->lower_bound, limits.good_enough) << name;
      const Result<Cost> anew = checkedCost(*problem, plan->routes);
      ASSERT_TRUE(anew) << anew.error().text();
      EXPECT_EQ(*anew, plan->cost) << name;
    }
  }
}

/// A connected random network with some one-way streets and unlike costs back and forth.
ArcRoutingProblem smallProblem(std::mt19937_64& random, bool one_ways) {
  ArcRoutingProblem problem;
  problem.nodes = 5, problem.capacity = 6, problem.vehicles = 3;
  std::vector<Link> links;
  const auto link = [&](int a, int b) {
    const auto there = static_cast<Cost>(1 + random() % 20);
    const Cost back = one_ways ? static_cast<Cost>(1 + random() % 20) : there;
    links.push_back({a, b, there});
    const bool both = !one_ways || random() % 3 != 0;
    if (both) links.push_back({b, a, back});
    if (problem.tasks.size() < 5)
      problem.tasks.push_back({{a, b, there},
                               both ? std::optional(Traversal{b, a, back}) : std::nullopt,
                               static_cast<int>(1 + random() % 3)});
  };
  for (int a = 0; a < problem.nodes; ++a) link(a, (a + 1) % problem.nodes);  // a ring: all is reached
  link(static_cast<int>(random() % 5), static_cast<int>(random() % 4));
  problem.driving = cheapestWays(problem.nodes, links);
  return problem;
}

/// Every order, every direction, every way of cutting: 5! · 2⁵ · 2⁴ plans.
Cost bestOfAll(const ArcRoutingProblem& problem) {
  const std::size_t n = problem.tasks.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), 0u);
  Cost best = unreachable;
  do {
    for (unsigned turned = 0; turned < (1u << n); ++turned)
      for (unsigned cuts = 0; cuts < (1u << (n - 1)); ++cuts) {
        std::vector<Route> routes(1);
        for (std::size_t k = 0; k < n; ++k) {
          if (k > 0 && (cuts >> (k - 1) & 1u)) routes.emplace_back();
          routes.back().push_back({order[k], (turned >> k & 1u) != 0});
        }
        if (const Result<Cost> cost = checkedCost(problem, routes)) best = std::min(best, *cost);
      }
  } while (std::next_permutation(order.begin(), order.end()));
  return best;
}

TEST(PlanRoutes, EqualsTheBestOfAllPossiblePlansAndNeverUndercutsTheBound) {
  std::mt19937_64 random(7);
  SilentProgress silent;
  int planned = 0;
  for (int k = 0; k < 24; ++k) {
    const ArcRoutingProblem problem = smallProblem(random, k % 2 == 1);
    const Cost best = bestOfAll(problem);
    SearchLimits limits;
    limits.idle_generations = 600;
    const Result<ArcRoutingPlan> plan = planRoutes(problem, limits, silent);
    ASSERT_EQ(plan.ok(), best < unreachable) << k;
    if (!plan) continue;
    ++planned;
    EXPECT_EQ(plan->cost, best) << k;
    EXPECT_LE(lowerBound(problem), best) << k;
    EXPECT_GE(lowerBound(problem), problem.serviceCost()) << k;
  }
  EXPECT_GT(planned, 15);
}

TEST(PlanRoutes, TheSameSeedGivesTheSamePlan) {
  std::mt19937_64 random(3);
  const ArcRoutingProblem problem = smallProblem(random, true);
  SearchLimits limits;
  limits.idle_generations = 30;
  SilentProgress silent;
  const auto text = [&] {
    const Result<ArcRoutingPlan> plan = planRoutes(problem, limits, silent);
    std::string words;
    if (plan)
      for (const Route& route : plan->routes) {
        for (const ServedTask& step : route) words += std::to_string(step.task) + (step.backward ? "b " : "f ");
        words += "/ ";
      }
    return words;
  };
  const std::string first = text();
  EXPECT_FALSE(first.empty());
  EXPECT_EQ(first, text());
}

TEST(PlanRoutes, SaysWhyThereIsNoPlan) {
  std::mt19937_64 random(3);
  SilentProgress silent;
  ArcRoutingProblem heavy = smallProblem(random, false);
  heavy.tasks[2].demand = 7;
  const Result<ArcRoutingPlan> too_heavy = planRoutes(heavy, {}, silent);
  ASSERT_FALSE(too_heavy);
  EXPECT_NE(too_heavy.error().what.find("Task 3 asks for 7"), std::string::npos) << too_heavy.error().what;
  ArcRoutingProblem cut = smallProblem(random, false);
  cut.driving.assign(25, unreachable);
  const Result<ArcRoutingPlan> cut_off = planRoutes(cut, {}, silent);
  ASSERT_FALSE(cut_off);
  EXPECT_NE(cut_off.error().what.find("cannot be reached"), std::string::npos) << cut_off.error().what;
}

TEST(CheckedCost, NamesTheRuleThatAPlanBreaks) {
  std::mt19937_64 random(3);
  const ArcRoutingProblem problem = smallProblem(random, false);
  const auto why = [&](const std::vector<Route>& routes) {
    const Result<Cost> cost = checkedCost(problem, routes);
    return cost ? std::string() : cost.error().what;
  };
  EXPECT_NE(why({{{0, false}}}).find("Task 2 is served 0 times"), std::string::npos);
  EXPECT_NE(why({{{0, false}}, {{1, false}}, {{2, false}}, {{3, false}, {4, false}}}).find("4 routes for 3"),
            std::string::npos);
}

TEST(CarpFile, BadFilesGetOneSentenceWithTheLine) {
  const auto why = [](const std::string& text) {
    const Result<ArcRoutingProblem> problem = readCarpText(text, "x.dat");
    return problem ? std::string("read") : problem.error().text();
  };
  const std::string head = "VERTICES : 3\nVEHICULOS : 1\nCAPACIDAD : 5\nDEPOSITO : 1\n";
  EXPECT_EQ(why(head + "( 1, 2) coste 3 demanda 2\n"), "read");
  EXPECT_NE(why("").find("VERTICES is missing"), std::string::npos);
  EXPECT_NE(why(head + "( 1, 2)\n").find("x.dat:5"), std::string::npos) << why(head + "( 1, 2)\n");
  EXPECT_NE(why(head + "( 1, 9) coste 3 demanda 2\n").find("does not exist"), std::string::npos);
  EXPECT_NE(why(head + "( 1, 2) coste 99999999999999999999 demanda 2\n").find("out of range"), std::string::npos);
  EXPECT_NE(why(head + "ARISTAS_REQ : 4\n( 1, 2) coste 3 demanda 2\n").find("says 4"), std::string::npos);
}

}  // namespace
}  // namespace hashimichi::routing
