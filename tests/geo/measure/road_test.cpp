#include <gtest/gtest.h>

#include <numbers>

#include "geo/measure/road_profile.h"
#include "tests/geo/measure/made_points.h"

namespace hashimichi::measure {
namespace {

/// A raised cosine: the whole depth in the middle, nothing half its width away.
double bell(double off, double width, double depth) {
  return std::abs(off) < width / 2 ? depth * 0.5 * (1 + std::cos(2 * std::numbers::pi * off / width)) : 0;
}

/// A road northwards (left is west, −x), 7 m wide, on a 3 % grade.
RoadWish northwards() {
  RoadWish wish;
  wish.centreline = {{0, 0, 0}, {0, 60, 0}};
  wish.half_width_m = 3.5;
  return wish;
}

TEST(MeasureRoad, CrossfallAndGradeOfATiltedPlaneAreFoundToATenthOfAPercent) {
  // Falls 2 % to the west, which is left; rises 3 % northwards.
  const auto points =
      tests::scattered(7, 60, 100, 0.005, 1, [](double x, double y) { return 0.02 * x + 0.03 * y; }, {-3.5, 0, 0});
  Problems problems;
  SilentProgress progress;
  const auto road = roadSections(points.view(), northwards(), problems, progress);
  ASSERT_TRUE(road) << road.error().text();
  ASSERT_EQ(road->sections.size(), 7u);
  for (const CrossSection& s : road->sections) {
    EXPECT_NEAR(s.crossfall_percent, 2.0, 0.1);
    const bool whole = s.chainage_m > 1 && s.chainage_m < 59;  // windows at the ends of the line are half as long
    EXPECT_NEAR(s.grade_percent, 3.0, whole ? 0.1 : 0.25);
    EXPECT_NEAR(s.centre.z, 0.03 * s.chainage_m, whole ? 0.003 : 0.006);
    EXPECT_LT(s.crossfall_sigma_percent, 0.05);
    for (const LaneSection& lane : s.lanes) EXPECT_NEAR(lane.crossfall_percent, 2.0, 0.15);
  }
}

TEST(MeasureRoad, ACrownedRoadFallsToBothSides) {
  const auto points =
      tests::scattered(7, 60, 150, 0.003, 2, [](double x, double) { return -0.015 * std::abs(x); }, {-3.5, 0, 0});
  Problems problems;
  SilentProgress progress;
  const auto road = roadSections(points.view(), northwards(), problems, progress);
  ASSERT_TRUE(road);
  for (const CrossSection& s : road->sections) {
    ASSERT_EQ(s.lanes.size(), 2u);
    EXPECT_NEAR(s.lanes[0].crossfall_percent, -1.5, 0.1);  // the right lane falls to the right
    EXPECT_NEAR(s.lanes[1].crossfall_percent, 1.5, 0.1);
  }
}

TEST(MeasureRoad, RutsOfTwelveMillimetresAreFoundToOneInBothWheelPaths) {
  // In the right (east) lane only, 0.85 m on either side of its middle at x = +1.75.
  const auto surface = [](double x, double y) {
    return 0.01 * y - 0.02 * x - bell(x - 0.9, 0.8, 0.012) - bell(x - 2.6, 0.8, 0.012);
  };
  const auto points = tests::scattered(7, 60, 200, 0.003, 3, surface, {-3.5, 0, 0});
  Problems problems;
  SilentProgress progress;
  const auto road = roadSections(points.view(), northwards(), problems, progress);
  ASSERT_TRUE(road);
  for (const CrossSection& s : road->sections) {
    const LaneSection &right = s.lanes[0], &left = s.lanes[1];
    ASSERT_TRUE(right.left && right.right);
    if (s.chainage_m < 1 || s.chainage_m > 59) continue;  // half a window, half of the points
    for (const auto& rut : {right.left, right.right}) {
      EXPECT_NEAR(rut->straight_edge_mm, 12, 1.0) << s.chainage_m;
      EXPECT_NEAR(rut->wire_mm, 12, 1.0) << s.chainage_m;
      EXPECT_LT(rut->sigma_mm, 1);
      EXPECT_NEAR(rut->width_mm, 0.795 * 800, 120);  // where a raised cosine has fallen to a tenth
    }
    EXPECT_NEAR(right.left->offset_m, -0.9, 0.11);  // offsets: right is negative
    EXPECT_NEAR(right.right->offset_m, -2.6, 0.11);
    EXPECT_LT(left.rut_depth_mm, 2.5);                 // the noise of a level profile
    EXPECT_NEAR(right.crossfall_percent, -2.0, 0.15);  // the ruts do not tilt it
  }
}

TEST(MeasureRut, OfAProfileKnownByHand) {
  // A V 20 mm deep between rests 1 m apart on a level lane 3 m wide.
  std::vector<ProfilePoint> lane;
  for (int i = 0; i <= 60; ++i) {
    const double x = i * 0.05;
    lane.push_back({x, std::abs(x - 0.75) < 0.5 ? -0.020 * (1 - std::abs(x - 0.75) / 0.5) : 0, 0});
  }
  const auto rut = rutOf(lane, 0, 1.5, 2);
  ASSERT_TRUE(rut);
  EXPECT_NEAR(rut->straight_edge_mm, 20, 1e-6);
  EXPECT_NEAR(rut->wire_mm, 20, 1e-6);
  EXPECT_NEAR(rut->offset_m, 0.75, 1e-9);
  EXPECT_NEAR(rut->width_mm, 900, 1e-6);
  EXPECT_NEAR(rutOf(lane, 1.5, 3, 2)->straight_edge_mm, 0, 1e-9);
}

TEST(MeasureRut, AShortStraightEdgeFallsIntoAWideHollowAWireDoesNot) {
  // A hollow 3 m wide and 30 mm deep, z = −30 mm (1 − (x/1.5)²): below a chord of 1 m lies 30·(0.5/1.5)² = 3.33 mm.
  std::vector<ProfilePoint> lane;
  for (int i = -30; i <= 30; ++i) lane.push_back({i * 0.05, -0.030 * (1 - i * i / 900.0), 0});
  const auto rut = rutOf(lane, -1.5, 1.5, 1);
  ASSERT_TRUE(rut);
  EXPECT_NEAR(rut->straight_edge_mm, 30 / 9.0, 0.01);
  EXPECT_NEAR(rut->wire_mm, 30, 1e-6);
}

TEST(MeasureRoad, VehiclesAndWhatIsNoRoadArePassedOver) {
  auto points = tests::scattered(7, 60, 100, 0.003, 4, [](double x, double) { return 0.02 * x; }, {-3.5, 0, 0});
  points.classification.assign(points.size(), 11);
  auto car = tests::scattered(1.8, 4, 200, 0.003, 5, [](double, double) { return 1.4; }, {0.5, 28, 0});
  car.classification.assign(car.size(), 1);
  auto tree = tests::scattered(7, 60, 50, 1, 6, [](double, double) { return 4; }, {-3.5, 0, 0});
  tree.classification.assign(tree.size(), 5);
  tests::append(points, car), tests::append(points, tree);
  Problems problems;
  SilentProgress progress;
  const auto road = roadSections(points.view(), northwards(), problems, progress);
  ASSERT_TRUE(road);
  for (const CrossSection& s : road->sections) EXPECT_NEAR(s.crossfall_percent, 2, 0.1) << s.chainage_m;
  EXPECT_GT(road->sections[3].passed_over, 100u);  // the car at 28 … 32 m
}

TEST(MeasureRoad, SectionsWithoutPointsAreSkippedAndTold) {
  const auto points = tests::scattered(7, 30, 100, 0.003, 7, [](double, double) { return 0; }, {-3.5, 0, 0});
  Problems problems;
  SilentProgress progress;
  const auto road = roadSections(points.view(), northwards(), problems, progress);
  ASSERT_TRUE(road);
  EXPECT_EQ(road->sections.size(), 4u);
  EXPECT_EQ(road->not_measured, 3u);
  EXPECT_EQ(problems.count(ProblemKind::skipped, "measure.too_few_points"), 3u);
}

TEST(MeasureRoad, BadInputIsRefusedWithOneSentence) {
  const auto points = tests::scattered(7, 60, 20, 0, 8, [](double, double) { return 0; }, {500, 500, 0});
  Problems problems;
  SilentProgress progress;
  RoadWish none = northwards(), narrow = northwards(), late = northwards(), step = northwards();
  none.centreline = {{0, 0, 0}};
  narrow.half_width_m = 0;
  late.from_m = 100;
  step.every_m = tests::notANumber();
  for (const RoadWish& wish : {none, narrow, late, step, northwards()}) {
    const auto road = roadSections(points.view(), wish, problems, progress);
    ASSERT_FALSE(road);
    EXPECT_EQ(road.error().code, ErrorCode::bad_input);
  }
}

TEST(MeasureRoad, AStepThatWouldFillTheMemoryIsRefused) {
  const auto points = tests::scattered(7, 60, 20, 0, 9, [](double, double) { return 0; }, {-3.5, 0, 0});
  Problems problems;
  SilentProgress progress;
  RoadWish wish = northwards();
  wish.step_m = 1e-6;
  const auto road = roadSections(points.view(), wish, problems, progress);
  ASSERT_FALSE(road);
  EXPECT_EQ(road.error().code, ErrorCode::limit);
}

}  // namespace
}  // namespace hashimichi::measure
