// Ranks that say how firmly they stand.
#include "geo/assess/plan/priority.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace hashimichi::assess::plan {
namespace {

constexpr std::array<double, 4> domain_weights{0.50, 0.30, 0.12, 0.08};  // DOMAIN D.2
const float unknown = std::nanf("");

TEST(RankIntervals, TheScoreIsDomainD2sHandCalculation) {
  const CriteriaTable table{4, {1, 0.5f, 0.25f, 1}, {0}};
  const auto rows = rankIntervals(table, domain_weights);
  ASSERT_TRUE(rows.ok()) << rows.error().text();
  EXPECT_NEAR(rows.value()[0].score, 76.0, 1e-6);
}

TEST(RankIntervals, ALaterTierNeverOvertakesHoweverHighItsScore) {
  const CriteriaTable table{4, {1, 1, 1, 1, 0, 0, 0, 0}, {1, 0}};
  const auto rows = rankIntervals(table, domain_weights);
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ(rows.value()[0].rank, 2u);
  EXPECT_EQ(rows.value()[0].rank_low, 2u);
  EXPECT_EQ(rows.value()[1].rank_high, 1u);
}

TEST(RankIntervals, ARankThatNoWeightCanChangeHasAnIntervalOfOne) {
  // Better in every criterion.
  const CriteriaTable table{4, {0.2f, 0.2f, 0.2f, 0.2f, 0.9f, 0.9f, 0.9f, 0.9f}, {0, 0}};
  const auto rows = rankIntervals(table, domain_weights);
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ(rows.value()[1].rank_low, 1u);
  EXPECT_EQ(rows.value()[1].rank_high, 1u);
}

TEST(RankIntervals, AnUnknownWidensTheIntervalAndLeavesTheScoreToTheKnown) {
  // The second: (0.50·0.75 + 0.12·0.5 + 0.08·0.5)/0.70 = 67.857143; with I drawn 0 … 1 it reaches 47.5 … 77.5.
  const CriteriaTable table{4, {0.6f, 0.6f, 0.6f, 0.6f, 0.75f, unknown, 0.5f, 0.5f}, {0, 0}};
  const auto rows = rankIntervals(table, domain_weights);
  ASSERT_TRUE(rows.ok());
  EXPECT_NEAR(rows.value()[1].score, 67.857143, 1e-6);
  EXPECT_EQ(rows.value()[1].rank, 1u);
  EXPECT_EQ(rows.value()[1].rank_low, 1u);
  EXPECT_EQ(rows.value()[1].rank_high, 2u);
}

TEST(RankIntervals, ValuesAndWeightsThatCannotBeAreRefused) {
  EXPECT_FALSE(rankIntervals({1, {1.5f}, {0}}, std::array{1.0}).ok());
  EXPECT_FALSE(rankIntervals({1, {0.5f}, {0}}, std::array{0.0}).ok());
  EXPECT_FALSE(rankIntervals({1, {0.5f}, {0}}, std::array{-1.0}).ok());
  EXPECT_FALSE(rankIntervals({2, {0.5f}, {0}}, std::array{1.0, 1.0}).ok());
}

}  // namespace
}  // namespace hashimichi::assess::plan
