#include "geo/sensors/interpolate.h"

#include <gtest/gtest.h>

namespace hashimichi::sensors {
namespace {

TEST(Idw, WeightsFallWithTheSquareOfTheDistance) {
  // 100 m and 200 m: 1/1 : 1/4 → 0.8 and 0.2.
  const std::vector<Vec3d> stations{{200, 0, 0}, {-100, 0, 0}};
  std::vector<Weight> weights;
  idwWeights(stations, {0, 0, 0}, {}, weights);
  ASSERT_EQ(weights.size(), 2u);
  EXPECT_EQ(weights[0].sample, 1u);
  EXPECT_NEAR(weights[0].share, 0.8, 1e-12);
  EXPECT_NEAR(weights[1].share, 0.2, 1e-12);
  EXPECT_DOUBLE_EQ(weights[1].distance_m, 200);
}

TEST(Idw, AtAStationOnlyItCounts) {
  const std::vector<Vec3d> stations{{0, 0, 0}, {1000, 0, 0}};
  std::vector<Weight> weights;
  idwWeights(stations, {0, 0, 0}, {}, weights);
  EXPECT_GT(weights[0].share, 0.99999);
}

TEST(Idw, StationsOutOfReachOrFarAboveSayNothing) {
  const std::vector<Vec3d> stations{{31000, 0, 0}, {0, 10, 301}};
  std::vector<Weight> weights;
  idwWeights(stations, {0, 0, 0}, {}, weights);
  EXPECT_TRUE(weights.empty());
}

TEST(Idw, OnlyTheEightNearestCount) {
  std::vector<Vec3d> stations;
  for (int i = 1; i <= 12; ++i) stations.push_back({100.0 * i, 0, 0});
  std::vector<Weight> weights;
  idwWeights(stations, {0, 0, 0}, {}, weights);
  EXPECT_EQ(weights.size(), 8u);
  EXPECT_EQ(weights.back().sample, 7u);
}

TEST(Spread, IsTheWeightedDeviation) {
  // values 10 and 20 with shares .8 and .2: mean 12, variance .8·4 + .2·64 = 16.
  const std::vector<Weight> weights{{0, 0.8, 100}, {1, 0.2, 200}};
  const std::vector<double> values{10, 20};
  EXPECT_NEAR(spread(weights, values), 4, 1e-12);
}

}  // namespace
}  // namespace hashimichi::sensors
