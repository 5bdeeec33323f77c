#include <gmock/gmock.h>

#include "geo/import/tin_grid.h"
#include "tests/geo/import/citygml_reading.h"

namespace hashimichi::import::tests {
namespace {

using testing::HasSubstr;

/// A slope of 1 m in 10 m to the east, 100 × 100 m, cut into squares of 5 m and these into triangles.
void addSlope(TinGrid& grid, double from_x, double from_y) {
  const auto at = [&](int i, int j) {
    const double x = from_x + 5.0 * i, y = from_y + 5.0 * j;
    return Vec3d{x, y, 100 + x / 10};
  };
  for (int i = 0; i < 20; ++i)
    for (int j = 0; j < 20; ++j) {
      grid.add(at(i, j), at(i + 1, j), at(i + 1, j + 1));
      grid.add(at(i, j), at(i + 1, j + 1), at(i, j + 1));
    }
}

TEST(TinGrid, SlopeIsSampledExactlyAtTheSpacingOfItsTriangles) {
  TinGrid grid;
  addSlope(grid, -50, -50);
  const auto terrain = grid.finish();
  ASSERT_TRUE(terrain);
  EXPECT_EQ(terrain->spacing_m, 5);  // two edges of 5 m and one of 7.07 m: the median is 5 m
  EXPECT_EQ(terrain->columns, 21u);
  EXPECT_EQ(terrain->rows, 21u);
  EXPECT_EQ(terrain->south_west.x, -50);
  for (const double x : {-49.0, -12.5, 0.0, 33.3, 50.0})
    EXPECT_NEAR(terrain->heightAt(x, -7.5).value_or(0), 100 + x / 10, 1e-4) << x;
  EXPECT_FALSE(terrain->heightAt(51, 0));
}

TEST(TinGrid, GroundWithoutTrianglesHasNoHeight) {
  TinGrid grid;
  addSlope(grid, 0, 0);
  addSlope(grid, 200, 0);
  const auto terrain = grid.finish();
  ASSERT_TRUE(terrain);
  EXPECT_TRUE(terrain->heightAt(50, 50));
  EXPECT_TRUE(terrain->heightAt(250, 50));
  EXPECT_FALSE(terrain->heightAt(150, 50));
}

TEST(TinGrid, TrianglesFarApartAreSampledMoreCoarselyInsteadOfTakingAllMemory) {
  TinGrid grid;
  for (int k = 0; k < 20; ++k) addSlope(grid, k % 2 ? 900'000 : -900'000, k % 3 ? 900'000 : -900'000);
  const auto terrain = grid.finish();
  if (terrain) {
    EXPECT_LE(terrain->height_m.size(), 4096u * 4096u);
  }
  EXPECT_GT(grid.spacing_m(), 100);
}

TEST(TinGrid, OneTriangleOverAPrefectureIsBounded) {
  TinGrid grid;
  addSlope(grid, 0, 0);
  grid.add({-60'000, -60'000, 0}, {60'000, -60'000, 0}, {0, 60'000, 0});
  const auto terrain = grid.finish();
  ASSERT_TRUE(terrain);
  EXPECT_LE(terrain->height_m.size(), 4096u * 4096u);
  EXPECT_TRUE(terrain->heightAt(-30'000, -50'000));
}

TEST(TinGrid, WallsAndPlacesBeyondTheEarthAreLeftOut) {
  TinGrid grid;
  const double nan = std::nan("");
  grid.add({0, 0, 0}, {10, 0, 0}, {20, 0, 50});
  grid.add({0, 0, nan}, {10, 0, 0}, {20, 10, 0});
  grid.add({1e300, 0, 0}, {10, 0, 0}, {20, 10, 0});
  EXPECT_EQ(grid.degenerate(), 3u);
  EXPECT_FALSE(grid.finish());
}

TEST(CityGmlRelief, TrianglesOfAllReliefsOfAFileMakeOneGridAndBadOnesAreNamed) {
  const auto triangle = [](const std::string& coordinates) {
    return "<gml:Triangle><gml:exterior><gml:LinearRing><gml:posList>" + coordinates +
           "</gml:posList></gml:LinearRing></gml:exterior></gml:Triangle>";
  };
  const auto relief = [](const std::string& id, const std::string& triangles) {
    return member("<dem:ReliefFeature gml:id=\"" + id +
                  "\"><dem:lod>1</dem:lod><dem:reliefComponent><dem:TINRelief><dem:tin><gml:TriangulatedSurface>"
                  "<gml:trianglePatches>" +
                  triangles +
                  "</gml:trianglePatches></gml:TriangulatedSurface></dem:tin></dem:TINRelief>"
                  "</dem:reliefComponent></dem:ReliefFeature>");
  };
  const Reading reading = readText(document(
      relief("west", triangle("0 0 10 0 40 10 40 40 10 0 0 10") + triangle("0 0 10 40 40 10 40 0 10 0 0 10")) +
      relief("east", triangle("0 40 10 0 80 10 40 80 10 0 40 10") + triangle("0 40 10 40 80 10 40 40 10 0 40 10") +
                         triangle("0 40 10 0 80 10 0 40 10") + triangle("0 0 1 0 1 1 1 1 1 1 0 1 0 0 1"))));
  ASSERT_EQ(reading.got.terrains.size(), 1u) << reading.report();
  const model::Terrain& terrain = reading.got.terrains[0];
  for (const double east : {1.0, 39.0, 41.0, 79.0})
    EXPECT_NEAR(terrain.heightAt(east, 20).value_or(0), 10, 1e-5) << east;
  EXPECT_EQ(reading.skipped("ring.too_few"), 1u);
  EXPECT_EQ(reading.skipped("tin.triangle"), 1u);
  EXPECT_THAT(lineOf(reading, "tin.triangle")->place, HasSubstr("gml:id=east"));
}

}  // namespace
}  // namespace hashimichi::import::tests
