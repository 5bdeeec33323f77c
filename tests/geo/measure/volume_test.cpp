#include "geo/measure/volume.h"

#include <gtest/gtest.h>

#include <numbers>

#include "tests/geo/measure/made_points.h"

namespace hashimichi::measure {
namespace {

double slope(double x, double y) {
  return 0.1 * x + 0.05 * y;
}

TEST(MeasureVolume, OfAHeapAndAPitIsTheirGeometryWithinTwoPercent) {
  // A cone 2 m high over a circle of 4 m radius: π·16·2/3 = 33.51 m³; a pit 0.5 m deep, 4 × 6 m: 12 m³.
  const auto changed = [](double x, double y) {
    const double r = std::hypot(x - 10, y - 10), heap = std::max(0.0, 2 * (1 - r / 4));
    const bool pit = x > 20 && x < 24 && y > 5 && y < 11;
    return slope(x, y) + heap - (pit ? 0.5 : 0);
  };
  const auto before = tests::scattered(30, 20, 60, 0.01, 1, slope),
             after = tests::scattered(30, 20, 90, 0.01, 2, changed);
  const auto v = volumeBetween(before.view(), after.view(), {.within = {}, .cell_m = 0.5});
  ASSERT_TRUE(v) << v.error().text();
  EXPECT_NEAR(v->significant_gain_m3, std::numbers::pi * 16 * 2 / 3, 0.02 * 33.51);
  EXPECT_NEAR(v->significant_loss_m3, 12, 0.02 * 12);
  EXPECT_NEAR(v->net_m3, 33.51 - 12, 0.5);
  EXPECT_NEAR(v->area_m2, 600, 1e-6);
  EXPECT_LT(v->sigma_m3, 0.3);
}

TEST(MeasureVolume, WithinARingCountsOnlyWhatLiesInIt) {
  const auto before = tests::scattered(20, 20, 60, 0, 3, slope);
  const auto after = tests::scattered(20, 20, 60, 0, 4, [](double x, double y) { return slope(x, y) + 0.3; });
  const auto v = volumeBetween(before.view(), after.view(),
                               {.within = {{5, 5, 0}, {15, 5, 0}, {15, 15, 0}, {5, 15, 0}}, .cell_m = 0.5});
  ASSERT_TRUE(v);
  EXPECT_NEAR(v->net_m3, 30, 0.02 * 30);
  EXPECT_NEAR(v->wanted_area_m2, 100, 1e-9);
  EXPECT_NEAR(v->mean_m, 0.3, 0.001);
}

TEST(MeasureVolume, SurveysThatDoNotOverlapAreRefused) {
  const auto before = tests::scattered(10, 10, 10, 0, 5, slope),
             after = tests::scattered(10, 10, 10, 0, 6, slope, {50, 0, 0});
  const auto v = volumeBetween(before.view(), after.view(), {});
  ASSERT_FALSE(v);
  EXPECT_NE(v.error().what.find("overlap"), std::string::npos);
  EXPECT_FALSE(volumeBetween(before.view(), PointsView{}, {}));
  EXPECT_FALSE(volumeBetween(before.view(), before.view(), {.within = {{0, 0, 0}, {1, 1, 0}}}));
}

SnowWish road() {
  SnowWish wish;
  wish.centreline = {{0, 0, 0}, {0, 60, 0}};
  return wish;
}

TEST(MeasureSnow, TwentyThreeCentimetresAreFoundToOne) {
  const auto bare = tests::scattered(8, 60, 20, 0.006, 1, slope, {-4, 0, 0});
  const auto snow =
      tests::scattered(8, 60, 60, 0.01, 2, [](double x, double y) { return slope(x, y) + 0.23; }, {-4, 0, 0});
  Problems problems;
  const auto depth = snowDepth(bare.view(), snow.view(), road(), problems);
  ASSERT_TRUE(depth) << depth.error().text();
  ASSERT_EQ(depth->stretches.size(), 3u);
  for (const SnowStretch& s : depth->stretches) {
    EXPECT_NEAR(s.depth_cm, 23, 1);
    EXPECT_NEAR(s.volume_m3, 0.23 * 20 * 6, 0.02 * 27.6);
    EXPECT_GT(s.seen_percent, 95);
  }
  EXPECT_NEAR(depth->depth_cm, 23, 0.3);
  EXPECT_NEAR(depth->volume_m3, 0.23 * 360, 0.02 * 82.8);
  EXPECT_LT(depth->sigma_cm, 0.2);
}

TEST(MeasureSnow, BehindAVehicleTheWholeStretchStillCounts) {
  const auto bare = tests::scattered(8, 60, 20, 0.006, 3, slope, {-4, 0, 0});
  auto snow = tests::scattered(8, 60, 60, 0.01, 4, [](double x, double y) { return slope(x, y) + 0.23; }, {-4, 0, 0});
  std::erase_if(snow.places, [](const Vec3d& p) { return p.y > 8 && p.y < 13 && p.x > 0; });
  tests::append(snow,
                tests::scattered(2, 5, 60, 0.01, 5, [](double x, double y) { return slope(x, y) + 1.6; }, {0, 8, 0}));
  Problems problems;
  const auto depth = snowDepth(bare.view(), snow.view(), road(), problems);
  ASSERT_TRUE(depth);
  EXPECT_NEAR(depth->stretches[0].depth_cm, 23, 1);
  EXPECT_NEAR(depth->stretches[0].volume_m3, 27.6, 0.02 * 27.6);
  EXPECT_LT(depth->stretches[0].seen_percent, 90);
}

TEST(MeasureSnow, BadInputIsRefusedWithOneSentence) {
  const auto bare = tests::scattered(8, 60, 20, 0.006, 6, slope, {-4, 0, 0});
  Problems problems;
  SnowWish aside = road(), none = road();
  aside.centreline = {{300, 0, 0}, {300, 60, 0}};
  none.centreline = {};
  for (const SnowWish& wish : {aside, none}) {
    const auto depth = snowDepth(bare.view(), bare.view(), wish, problems);
    ASSERT_FALSE(depth);
    EXPECT_EQ(depth.error().code, ErrorCode::bad_input);
  }
}

}  // namespace
}  // namespace hashimichi::measure
