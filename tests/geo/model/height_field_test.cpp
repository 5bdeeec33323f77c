#include "geo/model/height_field.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

namespace hashimichi::model {
namespace {

Terrain level(double side_m, float height_m = 0) {
  return {{0, 0, 0}, side_m, 2, 2, std::vector<float>(4, height_m), "drawn"};
}

void addBlock(HeightField& field, double x0, double y0, double x1, double y1, float top_m) {
  const auto f = [](double v) { return static_cast<float>(v); };
  const std::vector<float> xyz{f(x0), f(y0), top_m, f(x1), f(y0), top_m, f(x1), f(y1), top_m, f(x0), f(y1), top_m};
  const std::vector<std::uint32_t> triangles{0, 1, 2, 0, 2, 3};
  raiseTo(xyz, triangles, field);
}

Vec3d sunFrom(double azimuth_deg, double elevation_deg) {
  const double a = azimuth_deg * std::numbers::pi / 180, e = elevation_deg * std::numbers::pi / 180;
  return {std::cos(e) * std::sin(a), std::cos(e) * std::cos(a), std::sin(e)};
}

bool dark(const HeightField& field, const std::vector<float>& shadow, double x, double y) {
  const std::size_t cell = *field.cellAt(x, y);
  return field.ground_m[cell] + 0.01f < shadow[cell];
}

TEST(HeightField, RaisesExactlyTheCellsWhoseCentreARoofCovers) {
  HeightField field = heightFieldOf(level(100), 1);
  addBlock(field, 20, 30, 40, 60, 8);
  std::size_t raised = 0;
  for (const float top : field.top_m) raised += top == 8;
  EXPECT_EQ(raised, 20u * 30u);
  EXPECT_EQ(field.top_m[*field.cellAt(20.5, 30.5)], 8);
  EXPECT_EQ(field.top_m[*field.cellAt(19.5, 30.5)], 0);
  EXPECT_FALSE(field.cellAt(100.5, 5));
}

// A block of 10 m under a sun of 45° throws a shadow of 10 m, away from the sun.
TEST(Shadow, IsAsLongAsTheHeightDividedByTheTangentOfTheSunsElevation) {
  HeightField field = heightFieldOf(level(200), 1);
  addBlock(field, 90, 90, 110, 110, 10);
  struct Case {
    double azimuth, dx, dy;  // which way the shadow falls
  };
  for (const Case& c : {Case{180, 0, 1}, Case{0, 0, -1}, Case{90, -1, 0}, Case{270, 1, 0}}) {
    const auto shadow = shadowHeights(field, sunFrom(c.azimuth, 45));
    const auto at = [&](double beyond) {
      return dark(field, shadow, 100.5 + c.dx * (10 + beyond), 100.5 + c.dy * (10 + beyond));
    };
    EXPECT_TRUE(at(7.5)) << c.azimuth;
    EXPECT_FALSE(at(11.5)) << c.azimuth;
    EXPECT_FALSE(dark(field, shadow, 100.5 - c.dx * 12, 100.5 - c.dy * 12)) << "towards the sun, " << c.azimuth;
  }
  const auto low = shadowHeights(field, sunFrom(180, 10));  // 10 / tan 10° = 56.7 m
  EXPECT_TRUE(dark(field, low, 100.5, 110 + 54));
  EXPECT_FALSE(dark(field, low, 100.5, 110 + 59));
}

TEST(Shadow, AtNightEverythingIsDarkAndUnderAnOverheadSunNothing) {
  HeightField field = heightFieldOf(level(50), 1);
  addBlock(field, 20, 20, 30, 30, 10);
  EXPECT_TRUE(dark(field, shadowHeights(field, sunFrom(180, -1)), 5, 5));
  EXPECT_FALSE(dark(field, shadowHeights(field, {0, 0, 1}), 31.5, 25));
}

/// The plain way: from every cell along the light, a third of a cell a step.
bool darkByWalking(const HeightField& field, std::size_t c, std::size_t r, Vec3d to_sun) {
  const double flat = std::hypot(to_sun.x, to_sun.y), step = field.cell_m / 3;
  const Vec3d from = field.centreOf(c, r);
  const double foot = field.ground_m[field.at(c, r)];
  for (double away = step;; away += step) {
    const auto cell = field.cellAt(from.x + to_sun.x / flat * away, from.y + to_sun.y / flat * away);
    if (!cell) return false;
    if (*cell != field.at(c, r) && field.top_m[*cell] > foot + 0.01 + away * to_sun.z / flat) return true;
  }
}

TEST(Shadow, AgreesWithWalkingFromEveryCellToTheSun) {
  HeightField field = heightFieldOf(level(120), 1);
  std::mt19937 random(5);
  std::uniform_real_distribution<double> place(5, 100), size(6, 15);
  for (int block = 0; block < 25; ++block) {
    const double x = place(random), y = place(random);
    addBlock(field, x, y, x + size(random), y + size(random), static_cast<float>(size(random)));
  }
  for (const double azimuth : {10.0, 63.0, 101.0, 137.0, 184.7, 222.0, 285.0, 331.0}) {
    const Vec3d to_sun = sunFrom(azimuth, 28);
    const auto shadow = shadowHeights(field, to_sun);
    std::size_t differ = 0;
    for (std::size_t r = 0; r < field.rows; ++r)
      for (std::size_t c = 0; c < field.columns; ++c) {
        const std::size_t cell = field.at(c, r);
        if (field.top_m[cell] > field.ground_m[cell]) continue;
        differ += (field.ground_m[cell] + 0.01f < shadow[cell]) != darkByWalking(field, c, r, to_sun);
      }
    EXPECT_LT(differ, field.top_m.size() * 4 / 100) << azimuth << ": only cells on a shadow's edge may differ";
  }
}

// A wall of 10 m, 20 m before the eye of 1.6 m: what lies on the ground behind it is hidden, a tower of 30 m at 40 m
// distance (10 m behind: line of sight over the wall is 1.6 + 2·8.4 = 18.4 m high there) shows its top.
TEST(Viewshed, AWallHidesTheGroundBehindItButNotATallerTower) {
  HeightField field = heightFieldOf(level(200), 1);
  addBlock(field, 120, 0, 122, 200, 10);
  addBlock(field, 139, 95, 143, 105, 30);
  addBlock(field, 139, 120, 143, 130, 15);
  const auto view = viewshedFrom(field, {100.5, 100.5, 1.6}, 80);
  ASSERT_TRUE(view);
  const auto seen = [&](double x, double y) { return view->seen[*view->field.cellAt(x, y)] != 0; };
  EXPECT_TRUE(seen(115.5, 100.5));
  EXPECT_FALSE(seen(130.5, 100.5));
  EXPECT_TRUE(seen(139.5, 100.5)) << "its front edge: of a roof higher than the eye one sees no more";
  EXPECT_FALSE(seen(140.5, 125.5)) << "15 m is below the line over the wall";
  EXPECT_FALSE(seen(20.5, 20.5)) << "113 m is out of reach";
  EXPECT_GT(view->seen_share, 0.5);
  EXPECT_LT(view->seen_share, 0.9);
}

TEST(Viewshed, OnALevelPlaneEverythingWithinReachIsSeen) {
  const auto view = viewshedFrom(heightFieldOf(level(200), 1), {100.5, 100.5, 1.6}, 60);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->seen_share, 1);
}

TEST(Viewshed, UnderARoofOrOutsideTheTownThereIsNone) {
  HeightField field = heightFieldOf(level(100), 1);
  addBlock(field, 40, 40, 60, 60, 10);
  EXPECT_FALSE(viewshedFrom(field, {50, 50, 1.6}, 50));
  EXPECT_FALSE(viewshedFrom(field, {500, 50, 1.6}, 50));
  EXPECT_FALSE(viewshedFrom(field, {10, 10, std::nan("")}, 50));
}

/// Whether the straight line to the cell's top stays above the tops, sampled eight times a cell.
bool seenByWalking(const HeightField& field, Vec3d eye, std::size_t c, std::size_t r) {
  const Vec3d to = field.centreOf(c, r);
  const double top = field.top_m[field.at(c, r)];
  const int steps = static_cast<int>(8 * distance2d(to, eye) / field.cell_m) + 1;
  for (int i = 1; i < steps; ++i) {
    const double t = static_cast<double>(i) / steps;
    const auto cell = *field.cellAt(eye.x + (to.x - eye.x) * t, eye.y + (to.y - eye.y) * t);
    if (cell == field.at(c, r)) break;
    if (field.top_m[cell] > eye.z + (top - eye.z) * t + 1e-6) return false;
  }
  return true;
}

TEST(Viewshed, AgreesWithWalkingEveryLineInSmallSteps) {
  HeightField field = heightFieldOf(level(120), 1);
  std::mt19937 random(7);
  std::uniform_real_distribution<double> place(5, 100), size(6, 14);
  for (int block = 0; block < 20; ++block) {
    const double x = place(random), y = place(random);
    if (std::abs(x - 55) < 16 && std::abs(y - 55) < 16) continue;
    addBlock(field, x, y, x + size(random), y + size(random), static_cast<float>(size(random)));
  }
  const Vec3d eye{60.5, 60.5, 1.6};
  const auto view = viewshedFrom(field, eye, 55);
  ASSERT_TRUE(view);
  std::size_t differ = 0, all = 0;
  for (std::size_t r = 0; r < view->field.rows; ++r)
    for (std::size_t c = 0; c < view->field.columns; ++c) {
      if (distance2d(view->field.centreOf(c, r), eye) > 55) continue;
      ++all;
      differ += (view->seen[view->field.at(c, r)] != 0) != seenByWalking(view->field, eye, c, r);
    }
  EXPECT_LT(differ * 100, all * 4) << differ << " of " << all;
}

// The middle of an endless street canyon as wide as it is high: 1/√(1+2²) = 0.447 in all directions (DOMAIN B.7);
// with eight of them, and steps that grow with distance and so may meet a wall a tenth late: mean cos² = (2·1 +
// 2·1/(1+4) + 4·1/(1+2))/8 = 0.467.
TEST(SkyOpenness, OfAStreetCanyonIsWhatTheFormulaSays) {
  HeightField field = heightFieldOf(level(400), 1);
  addBlock(field, 0, 0, 190, 400, 20);
  addBlock(field, 210, 0, 400, 400, 20);
  const auto open = skyOpenness(field, 60);
  EXPECT_NEAR(open[*field.cellAt(200.2, 200.5)] / 255.0, 0.467, 0.04);
  const auto plain = skyOpenness(heightFieldOf(level(50), 1), 60);
  EXPECT_EQ(plain[0], 255);
}

}  // namespace
}  // namespace hashimichi::model
