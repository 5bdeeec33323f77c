#include "geo/measure/clearance.h"

#include <gtest/gtest.h>

#include "tests/geo/measure/made_points.h"

namespace hashimichi::measure {
namespace {

/// Deck at 36 m, girder undersides at 34.2 m rising 1 % along the bridge, road below at 29.5 m.
PointStore overpass(double below_noise = 0.004) {
  PointStore points = tests::scattered(8, 20, 40, 0.004, 1, [](double, double) { return 36; }, {-4, 0, 0});
  for (const double girder : {-2.5, 0.0, 2.5})
    tests::append(points, tests::scattered(0.4, 20, 300, 0.002, 2 + static_cast<unsigned>(girder + 3),
                                           [](double, double y) { return 34.2 + 0.01 * y; }, {girder - 0.2, 0, 0}));
  if (below_noise > 0)
    tests::append(points,
                  tests::scattered(12, 24, 60, below_noise, 9, [](double, double) { return 29.5; }, {-6, -2, 0}));
  return points;
}
ClearanceWish wish() {
  ClearanceWish w;
  w.axis = {{0, 0, 36}, {0, 20, 36}};
  return w;
}

TEST(MeasureClearance, OverARoadIsFoundToACentimetre) {
  const auto c = bridgeClearance(overpass().view(), wish());
  ASSERT_TRUE(c) << c.error().text();
  EXPECT_NEAR(c->lowest.clearance_m, 34.2 + 0.0025 - 29.5, 0.01);  // in the middle of the first half metre
  EXPECT_EQ(c->lowest.below, Below::ground);
  EXPECT_LT(c->lowest.chainage_m, 2);
  ASSERT_GE(c->profile.size(), 18u);
  for (const ClearancePlace& p : c->profile) EXPECT_NEAR(p.clearance_m, 4.7 + 0.01 * p.chainage_m, 0.012);
  EXPECT_FALSE(c->over_water);
}

TEST(MeasureClearance, StraysBelowTheGirderAndPiersDoNotCount) {
  PointStore points = overpass();
  points.places.push_back({0, 10, 31});
  points.places.push_back({2.5, 5, 32});
  // A pier from the road to the girders.
  for (int i = 0; i < 4000; ++i)
    points.places.push_back({-2 + 4 * ((i * 7919) % 1000) / 1000.0, 12.0 + (i % 2), 29.5 + 4.7 * i / 4000.0});
  const auto c = bridgeClearance(points.view(), wish());
  ASSERT_TRUE(c);
  EXPECT_NEAR(c->lowest.clearance_m, 4.7025, 0.015);
}

TEST(MeasureClearance, OverWaterTakesTheGivenLevelWhereNothingOrDeeperGroundWasSeen) {
  ClearanceWish w = wish();
  w.water_level_m = 30.2;
  for (const PointStore& points : {overpass(0), overpass()}) {
    const auto c = bridgeClearance(points.view(), w);
    ASSERT_TRUE(c) << c.error().text();
    ASSERT_TRUE(c->over_water);
    EXPECT_NEAR(c->over_water->clearance_m, 34.2025 - 30.2, 0.01);
  }
}

TEST(MeasureClearance, WithoutAnythingBelowItAsksForTheWaterLevel) {
  const auto c = bridgeClearance(overpass(0).view(), wish());
  ASSERT_FALSE(c);
  EXPECT_EQ(c.error().code, ErrorCode::bad_input);
  ClearanceWish aside = wish();
  aside.axis = {{900, 0, 36}, {900, 20, 36}};
  EXPECT_FALSE(bridgeClearance(overpass().view(), aside));
  EXPECT_FALSE(bridgeClearance(PointsView{}, wish()));
}

}  // namespace
}  // namespace hashimichi::measure
