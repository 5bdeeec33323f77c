// What one budget buys: equal to trying everything, and bounded where everything is too much.
#include "geo/assess/plan/knapsack.h"

#include <gtest/gtest.h>

#include <random>

namespace hashimichi::assess::plan {
namespace {

TEST(Knapsack, TheReferenceCaseGives85WhereGreedyGives84) {  // domain_vectors.json, knapsack
  const std::vector<Choice> choices{{4, 40}, {3, 30}, {5, 45}, {2, 14}};
  const auto best = chooseUnderBudget(choices, 9);
  ASSERT_TRUE(best.ok()) << best.error().text();
  EXPECT_TRUE(best.value().exact);
  EXPECT_DOUBLE_EQ(best.value().value, 85);
  EXPECT_EQ(best.value().chosen, (std::vector<std::uint32_t>{0, 2}));
}

TEST(Knapsack, EqualsTryingEverySelectionOfTwelve) {
  std::mt19937 random(7);
  for (int run = 0; run < 200; ++run) {
    std::vector<Choice> choices(12);
    for (Choice& one : choices) one = {static_cast<int>(random() % 30), static_cast<double>(random() % 50)};
    const std::int64_t budget = static_cast<int>(random() % 150);
    double best = 0;
    for (unsigned set = 0; set < 4096; ++set) {
      std::int64_t cost = 0;
      double value = 0;
      for (std::size_t i = 0; i < 12; ++i)
        if (set >> i & 1u) cost += choices[i].cost_yen, value += choices[i].value;
      if (cost <= budget) best = std::max(best, value);
    }
    const auto found = chooseUnderBudget(choices, budget);
    ASSERT_TRUE(found.ok());
    EXPECT_TRUE(found.value().exact);
    EXPECT_NEAR(found.value().value, best, 1e-9);
    EXPECT_LE(found.value().cost_yen, budget);
  }
}

TEST(Knapsack, ANationIsWithinOnePercentOfTheBoundAndTheBudget) {
  std::mt19937 random(3);
  std::vector<Choice> choices(730'000);
  for (Choice& one : choices)
    one = {static_cast<std::int64_t>(1'000'000 + random() % 99'000'000), static_cast<double>(random() % 100'000)};
  const auto found = chooseUnderBudget(choices, 500'000'000'000);
  ASSERT_TRUE(found.ok());
  EXPECT_LE(found.value().gap(), 0.01);
  EXPECT_GE(found.value().bound, found.value().value);
  EXPECT_LE(found.value().cost_yen, 500'000'000'000);
}

TEST(Knapsack, NegativeCostsAndBudgetsAreRefused) {
  EXPECT_FALSE(chooseUnderBudget(std::vector<Choice>{{-1, 1}}, 5).ok());
  EXPECT_FALSE(chooseUnderBudget(std::vector<Choice>{{1, 1}}, -5).ok());
}

}  // namespace
}  // namespace hashimichi::assess::plan
