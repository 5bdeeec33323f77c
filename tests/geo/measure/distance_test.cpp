#include "geo/measure/distance.h"

#include <gtest/gtest.h>

#include "tests/geo/measure/made_points.h"

namespace hashimichi::measure {
namespace {

TEST(MeasureDistance, OfATwoThreeSixBoxIsSeven) {
  const auto d = distanceBetween({1, 1, 10}, {3, 4, 16}, 0.01);
  ASSERT_TRUE(d);
  EXPECT_DOUBLE_EQ(d->distance_m, 7);
  EXPECT_NEAR(d->horizontal_m, std::sqrt(13.0), 1e-12);
  EXPECT_DOUBLE_EQ(d->height_m, 6);
  EXPECT_NEAR(d->slope_percent, 100 * 6 / std::sqrt(13.0), 1e-9);
  EXPECT_NEAR(d->azimuth_deg, 33.690067, 1e-5);  // atan(2/3) east of north
  EXPECT_NEAR(d->sigma_m, 0.0141421, 1e-6);
}

TEST(MeasureDistance, APlumbLineHasNoFiniteSlopeAndAnEqualPlaceNone) {
  EXPECT_TRUE(std::isinf(distanceBetween({0, 0, 0}, {0, 0, -4})->slope_percent));
  EXPECT_LT(distanceBetween({0, 0, 0}, {0, 0, -4})->slope_percent, 0);
  EXPECT_EQ(distanceBetween({1, 2, 3}, {1, 2, 3})->slope_percent, 0);
}

TEST(MeasureDistance, AlongAChainAddsUpAndTellsUpFromDown) {
  const std::vector<Vec3d> chain{{0, 0, 0}, {3, 0, 4}, {3, 5, -8}};
  const auto sum = lengthAlong(chain);
  ASSERT_TRUE(sum);
  EXPECT_DOUBLE_EQ(sum->distance_m, 5 + 13);
  EXPECT_DOUBLE_EQ(sum->horizontal_m, 8);
  EXPECT_DOUBLE_EQ(sum->up_m, 4);
  EXPECT_DOUBLE_EQ(sum->down_m, 12);
}

TEST(MeasureArea, OfARoofAtFortyFiveDegreesIsLargerInSpaceThanOnTheMap) {
  const std::vector<Vec3d> roof{{0, 0, 0}, {4, 0, 0}, {4, 3, 3}, {0, 3, 3}};
  const auto area = areaOf(roof);
  ASSERT_TRUE(area);
  EXPECT_NEAR(area->planimetric_m2, 12, 1e-9);
  EXPECT_NEAR(area->surface_m2, 12 * std::sqrt(2.0), 1e-9);
  EXPECT_NEAR(area->plane_m2, 12 * std::sqrt(2.0), 1e-9);
  EXPECT_NEAR(area->tilt_deg, 45, 1e-9);
  EXPECT_NEAR(area->perimeter_m, 8 + 2 * std::sqrt(18.0), 1e-9);
}

TEST(MeasureArea, AWallHasNoAreaOnTheMapButOneInItsPlane) {
  const std::vector<Vec3d> wall{{0, 0, 0}, {5, 0, 0}, {5, 0, 2}, {0, 0, 2}};
  const auto area = areaOf(wall);
  ASSERT_TRUE(area);
  EXPECT_NEAR(area->planimetric_m2, 0, 1e-12);
  EXPECT_NEAR(area->surface_m2, 10, 1e-9);
  EXPECT_NEAR(area->tilt_deg, 90, 1e-9);
}

TEST(MeasureArea, BadRingsAreRefusedWithOneSentence) {
  const std::vector<Vec3d> two{{0, 0, 0}, {1, 0, 0}}, line{{0, 0, 0}, {1, 1, 1}, {2, 2, 2}},
      bow{{0, 0, 0}, {2, 2, 0}, {3, 0, 0}, {0, 2, 0}}, hole{{0, 0, 0}, {1, 0, tests::notANumber()}, {1, 1, 0}};
  for (const auto& ring : {two, line, bow, hole}) {
    const auto area = areaOf(ring);
    ASSERT_FALSE(area);
    EXPECT_EQ(area.error().code, ErrorCode::bad_input);
    EXPECT_FALSE(area.error().what.empty());
  }
  EXPECT_FALSE(distanceBetween({0, 0, 0}, {tests::notANumber(), 0, 0}));
}

}  // namespace
}  // namespace hashimichi::measure
