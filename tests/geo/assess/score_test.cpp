#include "geo/assess/snow/score.h"

#include <gtest/gtest.h>

#include "geo/assess/ageing/urgency.h"
#include "geo/assess/order.h"
#include "tests/support/shared_data.h"

namespace hashimichi::assess::snow {
namespace {

Criteria allKnown() {
  Criteria criteria;
  for (auto& value : criteria.values) value = 0;
  return criteria;
}

TEST(SnowScore, FullDemandAndHalfTrafficAreThirtyFivePoints) {
  Criteria criteria = allKnown();
  criteria[Criterion::demand] = 1;
  criteria[Criterion::traffic] = 0.5;
  EXPECT_DOUBLE_EQ(score(criteria, 0), 35.0);
  EXPECT_DOUBLE_EQ(score(criteria, 3), 52.5);
  EXPECT_DOUBLE_EQ(points(criteria, Criterion::demand), 25);
}

TEST(SnowScore, MeetsTheReferenceVectors) {
  const auto path = tests::sharedDir() / "reference" / "domain_vectors.json";
  HASHIMICHI_NEEDS_SHARED(path);
  const auto reference = tests::domainVectors()["snow_score"];
  ASSERT_FALSE(reference.empty());
  for (const auto& v : reference) {
    Criteria criteria = allKnown();
    if (v.contains("known")) {
      criteria[Criterion::demand] = v["known"]["demand"].get<double>();
      criteria[Criterion::traffic] = v["known"]["class"].get<double>();
    } else {  // every criterion at the same share gives that share of 100
      for (auto& value : criteria.values) value = v["score_before"].get<double>() / 100;
    }
    EXPECT_NEAR(score(criteria, v.value("hours_overdue", 0.0)), v["score"].get<double>(), 1e-6);
  }
}

TEST(SnowScore, TheWeightsSumToOne) {
  double sum = 0;
  for (const double weight : default_weights) sum += weight;
  EXPECT_NEAR(sum, 1, 1e-12);
}

TEST(SnowScore, AnUnknownCriterionIsDroppedNotCountedAsZero) {
  // Only demand (.25) and traffic (.20) known, both full: 100, not 45.
  Criteria criteria;
  criteria[Criterion::demand] = 1;
  criteria[Criterion::traffic] = 1;
  EXPECT_DOUBLE_EQ(score(criteria, 0), 100);
  EXPECT_DOUBLE_EQ(knownWeight(criteria), 0.45);
  EXPECT_DOUBLE_EQ(score(Criteria{}, 0), 0);
}

TEST(SnowScore, SixHoursOverdueDoubleAndMoreDoesNotAdd) {
  Criteria criteria = allKnown();
  criteria[Criterion::demand] = 1;
  EXPECT_DOUBLE_EQ(score(criteria, 6), 50);
  EXPECT_DOUBLE_EQ(score(criteria, 60), 50);
}

TEST(SnowScore, SharesFollowTheirFormulas) {
  EXPECT_DOUBLE_EQ(demandOf(12, 3, 10), 0.75);
  EXPECT_DOUBLE_EQ(trafficOf(30000), 1);
  EXPECT_NEAR(trafficOf(1000), 0.670168, 1e-6);  // log10(1001)/log10(30001)
  EXPECT_DOUBLE_EQ(emergencyRouteOf(2), 0.7);
  EXPECT_DOUBLE_EQ(busOf(50), 0.5);
  EXPECT_DOUBLE_EQ(gradeOf(-4), 0.5);
  EXPECT_DOUBLE_EQ(narrowOf(4.5, 6), 0.25);
}

}  // namespace
}  // namespace hashimichi::assess::snow

namespace hashimichi::assess {
namespace {

TEST(AgeingScore, MeetsTheReferenceVector) {
  // III with a C2 member, three years without action: min(1, 0.90 × 1.3) = 1; I .5, T .25, P 1.
  const double condition = ageing::conditionOf(assets::Soundness::III, true, 3);
  EXPECT_DOUBLE_EQ(condition, 1);
  EXPECT_DOUBLE_EQ(ageing::score({condition, 0.5, 0.25, 1.0}), 76.0);
}

TEST(AgeingScore, TheConditionIsCappedBeforeAndAfterTheYears) {
  EXPECT_DOUBLE_EQ(ageing::conditionOf(assets::Soundness::I, false, 9), 0);
  EXPECT_DOUBLE_EQ(ageing::conditionOf(assets::Soundness::II, false, 2), 0.3);
  EXPECT_DOUBLE_EQ(ageing::conditionOf(assets::Soundness::II, true, 9), 0.6);  // 0.40 × 1.5
  EXPECT_DOUBLE_EQ(ageing::conditionOf(assets::Soundness::III, false, 2), 0.9);
  EXPECT_DOUBLE_EQ(ageing::conditionOf(assets::Soundness::IV, true, 9), 1);
}

TEST(AgeingScore, AgeCountsFromThirtyToSeventyYears) {
  EXPECT_DOUBLE_EQ(ageing::ageShare(29), 0);
  EXPECT_DOUBLE_EQ(ageing::ageShare(40), 0.25);
  EXPECT_DOUBLE_EQ(ageing::ageShare(80), 1);
}

TEST(AgeingScore, UnknownPartsAreDroppedAndTheRestRenormalised) {
  EXPECT_DOUBLE_EQ(ageing::score({0.75, std::nullopt, std::nullopt, std::nullopt}), 75);
}

TEST(Order, EqualScoresAreOrderedById) {
  std::vector<Ranked> rows(3);
  rows[0].asset_id = "c";
  rows[1].asset_id = "a";
  rows[2].asset_id = "b";
  for (Ranked& row : rows) row.tier = Tier::dispatch;
  putInOrder(rows);
  EXPECT_EQ(rows[0].asset_id, "a");
  EXPECT_EQ(rows[2].asset_id, "c");
  EXPECT_EQ(rows[1].rank, 2u);
}

TEST(Order, AScoreNeverLiftsARowOutOfItsTier) {
  std::vector<Ranked> rows(2);
  rows[0].asset_id = "street";
  rows[0].tier = Tier::dispatch;
  rows[0].score = 99;
  rows[1].asset_id = "trunk";
  rows[1].tier = Tier::overdue;
  rows[1].score = 1;
  putInOrder(rows);
  EXPECT_EQ(rows[0].asset_id, "trunk");
}

TEST(Order, BandsFollowTheTiersAndHalveTheDispatch) {
  const Tier tiers[] = {Tier::overdue, Tier::dispatch, Tier::dispatch, Tier::dispatch,
                        Tier::hold,    Tier::watch,    Tier::none,     Tier::not_assessed};
  std::vector<Ranked> rows;
  for (std::size_t i = 0; i < 8; ++i) {
    Ranked row;
    row.asset_id = std::to_string(i);
    row.tier = tiers[i];
    row.score = 100.0 - static_cast<double>(i);
    rows.push_back(row);
  }
  putInOrder(rows);
  std::vector<int> bands;
  for (const Ranked& row : rows) bands.push_back(row.band);
  EXPECT_EQ(bands, (std::vector<int>{1, 2, 2, 3, 0, 4, 5, 0}));
  EXPECT_EQ(rows.back().rank, 0u);
  EXPECT_EQ(rows[6].rank, 7u);
}

}  // namespace
}  // namespace hashimichi::assess
