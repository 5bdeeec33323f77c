#include "render/prepare.h"

#include <gtest/gtest.h>

#include <cmath>

#include "render/drape.h"
#include "render/ribbon.h"
#include "tests/render/sample_town.h"

namespace hashimichi::render {
namespace {

model::Terrain terrain(std::size_t columns, std::size_t rows, double spacing_m, auto&& height) {
  model::Terrain made;
  made.spacing_m = spacing_m, made.columns = columns, made.rows = rows;
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c)
      made.height_m.push_back(
          static_cast<float>(height(spacing_m * static_cast<double>(c), spacing_m * static_cast<double>(r))));
  return made;
}

double hills(double x, double y) {
  return 20 + 8 * std::sin(x / 40) + 5 * std::cos(y / 25);
}

/// Area of the mesh seen from above, and its largest distance from a height function at the triangles' centres.
struct Measured {
  double area_m2 = 0, worst_m = 0;
};
Measured measure(const Mesh& mesh, auto&& height) {
  Measured measured;
  for (std::size_t t = 0; t < mesh.triangleCount(); ++t) {
    Vec3d p[3];
    for (std::size_t k = 0; k < 3; ++k) {
      const float* v = &mesh.xyz[3 * mesh.triangles[3 * t + k]];
      p[k] = {v[0], v[1], v[2]};
    }
    const Vec3d centre = (p[0] + p[1] + p[2]) * (1.0 / 3);
    const double twice = cross(p[1] - p[0], p[2] - p[0]).z;
    EXPECT_GT(twice, 0) << "seen from above";
    measured.area_m2 += twice / 2;
    measured.worst_m = std::max(measured.worst_m, std::abs(centre.z - height(centre.x, centre.y)));
  }
  return measured;
}

TEST(Ground, IsDrawnWithFewTrianglesWhereItIsEvenAndWithoutGaps) {
  const auto level = terrain(301, 201, 5, [](double, double) { return 12.0; });
  const Mesh mesh = terrainMesh(level);
  const Measured measured = measure(mesh, [](double, double) { return 12.0; });
  EXPECT_NEAR(measured.area_m2, 1500.0 * 1000.0, 1);
  EXPECT_LT(mesh.triangleCount(), 2u * 300 * 200 / 20) << "a level plain needs detail along its border only";
}

TEST(Ground, FollowsTheHillsWithinItsTolerance) {
  const auto rough = terrain(257, 257, 4, hills);
  const Mesh mesh = terrainMesh(rough);
  const Measured measured = measure(mesh, hills);
  EXPECT_NEAR(measured.area_m2, 1024.0 * 1024.0, 2);
  EXPECT_LT(measured.worst_m, 0.5);
  EXPECT_LT(mesh.triangleCount(), 2u * 256 * 256);
}

TEST(Ground, LeavesHolesOpenWhereHeightsAreMissing) {
  auto holed = terrain(65, 65, 10, hills);
  for (std::size_t r = 20; r < 30; ++r)
    for (std::size_t c = 20; c < 30; ++c) holed.height_m[r * 65 + c] = std::numeric_limits<float>::quiet_NaN();
  const Measured measured = measure(terrainMesh(holed), hills);
  // 11 × 11 cells touch one of the 10 × 10 missing samples; half of each corner cell may stay.
  EXPECT_NEAR(measured.area_m2, 640.0 * 640.0 - 11 * 11 * 100, 4 * 100);
}

TEST(Ground, OfATownWithoutHeightModelIsALevelPlaneBeyondItsBorders) {
  Bounds town;
  town.add(Vec3d{0, 0, 3});
  town.add(Vec3d{400, 200, 30});
  const model::Terrain ground = groundOf({}, town);
  EXPECT_NEAR(*ground.heightAt(200, 100), 3, 1e-6);
  EXPECT_TRUE(ground.heightAt(-15, -15).has_value());
}

TEST(Ribbon, IsAsWideAsTheRoadAndFollowsAHill) {
  const auto ground = terrain(101, 101, 10, [](double x, double) { return 30 * std::sin(x / 60); });
  model::Polyline line;
  for (int x = 100; x <= 900; x += 10) line.push_back({static_cast<double>(x), 500, 30 * std::sin(x / 60.0)});
  const Ribbon ribbon = ribbonAlong(line, 6, 5, ground);
  ASSERT_GE(ribbon.axis.size(), 10u);
  EXPECT_LT(ribbon.axis.size(), line.size() * 2);
  for (std::size_t i = 0; i < ribbon.axis.size(); ++i) {
    EXPECT_NEAR(distance2d(ribbon.left[i], ribbon.right[i]), 6, 0.1);
    EXPECT_GT(ribbon.axis[i].z, *ground.heightAt(ribbon.axis[i].x, ribbon.axis[i].y));
  }
}

TEST(Ribbon, OnABridgeStaysInTheAir) {
  const auto ground = terrain(101, 101, 10, [](double x, double) { return x > 400 && x < 500 ? 0.0 : 10.0; });
  const Ribbon ribbon = ribbonAlong({{300, 500, 10}, {600, 500, 10}}, 6, 5, ground);
  for (const Vec3d& p : ribbon.axis) EXPECT_NEAR(p.z, 10.12, 0.2);
}

TEST(Ribbon, LiesOnTheCrownOfADeckThatIsHigherThanTheRoadMapSays) {
  const auto ground = terrain(101, 101, 10, [](double, double) { return 0.0; });
  Mesh deck;  // a gable along the road: 10.0 m at its ends, 11.2 m in the middle
  deck.xyz = {300, 490, 10, 450, 490, 11.2f, 600, 490, 10, 300, 510, 10, 450, 510, 11.2f, 600, 510, 10};
  deck.triangles = {0, 1, 4, 0, 4, 3, 1, 2, 5, 1, 5, 4};
  deck.feature = {0, 0, 0, 0};
  const TriangleTree decks(deck);
  const Ribbon ribbon = ribbonAlong({{300, 500, 10}, {600, 500, 10}}, 6, 5, ground, &decks);
  double highest = 0;
  for (const Vec3d& p : ribbon.axis) highest = std::max(highest, p.z);
  EXPECT_NEAR(highest, 11.32, 0.05);
}

TEST(Ribbon, OfALineWithoutLengthIsNothing) {
  const auto ground = terrain(3, 3, 100, [](double, double) { return 0.0; });
  EXPECT_TRUE(ribbonAlong({{50, 50, 0}, {50, 50, 0}}, 6, 5, ground).axis.empty());
  EXPECT_TRUE(ribbonAlong({}, 6, 5, ground).axis.empty());
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(ribbonAlong({{nan, 0, 0}, {1, nan, 0}}, 6, 5, ground).axis.empty());
}

TEST(Drape, KeepsTheAreaOfAPlaceAndLaysItOnTheGround) {
  const auto ground = terrain(101, 101, 10, hills);
  Mesh mesh;
  const model::Polygon square{{{200, 200, 20}, {500, 200, 20}, {500, 500, 20}, {200, 500, 20}}, {}};
  // Lay from the ground itself: what is far above or below it is a bridge or a tunnel and stays.
  model::Polygon on_ground = square;
  for (Vec3d& p : on_ground.outer) p.z = hills(p.x, p.y);
  appendDraped(on_ground, 3, ground, 10, 0.1, mesh);
  double area_m2 = 0;
  for (std::size_t t = 0; t < mesh.triangleCount(); ++t) {
    EXPECT_EQ(mesh.feature[t], 3u);
    const auto at = [&](std::size_t k) {
      const float* v = &mesh.xyz[3 * mesh.triangles[3 * t + k]];
      return Vec3d{v[0], v[1], v[2]};
    };
    area_m2 += std::abs(cross(at(1) - at(0), at(2) - at(0)).z) / 2;
  }
  EXPECT_NEAR(area_m2, 300.0 * 300.0, 1);
}

TEST(Preparing, ACancelledTownIsNone) {
  struct Stop final : Progress {
    void report(double, std::string_view) override {}
    bool cancelled() const override { return true; }
  } stop;
  EXPECT_EQ(prepareTown(tests::makeSampleTown({.houses = 5, .side_m = 200}), stop), nullptr);
}

TEST(Preparing, AnEmptyModelGivesAnEmptyTown) {
  SilentProgress progress;
  const auto town = prepareTown(std::make_shared<model::CityModel>(), progress);
  ASSERT_TRUE(town);
  EXPECT_EQ(town->buildings.triangleCount(), 0u);
}

}  // namespace
}  // namespace hashimichi::render
