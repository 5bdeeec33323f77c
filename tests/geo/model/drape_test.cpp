#include "geo/model/drape.h"

#include <gmock/gmock.h>

#include "geo/model/footprint.h"
#include "geo/model/ground_from_points.h"
#include "geo/model/mosaic.h"
#include "geo/model/road_derive.h"

namespace hashimichi::model {
namespace {

/// Heights from a formula, every 5 m over 200 × 200 m from (0, 0).
template <typename Height>
Terrain terrainOf(Height height, double spacing_m = 5, double size_m = 200) {
  Terrain terrain;
  terrain.spacing_m = spacing_m;
  terrain.columns = terrain.rows = static_cast<std::size_t>(size_m / spacing_m) + 1;
  for (std::size_t r = 0; r < terrain.rows; ++r)
    for (std::size_t c = 0; c < terrain.columns; ++c)
      terrain.height_m.push_back(
          static_cast<float>(height(static_cast<double>(c) * spacing_m, static_cast<double>(r) * spacing_m)));
  terrain.source = "dem";
  return terrain;
}

/// A flat town at 20 m with a creek 10 m wide and 4 m deep around x = 100.
Terrain creek() {
  return terrainOf([](double x, double) { return std::fabs(x - 100) <= 5 ? 16.0 : 20.0; });
}

Bridge bridgeOverCreek() {
  Bridge bridge;
  bridge.id = "B1";
  bridge.geometry.surfaces.push_back(
      {{{{90, 96, 20}, {110, 96, 20}, {110, 104, 20}, {90, 104, 20}}, {}}, SurfaceKind::deck});
  return bridge;
}

RoadSegment road(Polyline line) {
  RoadSegment segment;
  segment.id = "R1";
  segment.geometry.has_height = false;
  segment.geometry.lines = {line};
  segment.centreline = std::move(line);
  return segment;
}

TEST(Drape, ARoadFollowsTheGroundFifteenCentimetresAboveIt) {
  const Terrain terrain = terrainOf([](double x, double) { return 10 + 0.05 * x; });
  const Ground ground(&terrain);
  const Polyline line = drape(Polyline{{10, 50, 0}, {110, 50, 0}}, HeightProfile(ground, road_lift_m));
  ASSERT_EQ(line.size(), 2u);  // an even slope needs no corner in between
  EXPECT_NEAR(line.front().z, 10.65, 1e-5);
  EXPECT_NEAR(line.back().z, 15.65, 1e-5);
}

TEST(Drape, ARailwaySpansTheCreekOverItsBridgeAndAPathBesideItDoesNot) {
  const Terrain terrain = creek();
  const Ground ground(&terrain);
  const std::vector<Bridge> bridges{bridgeOverCreek()};
  const auto lowest = [](const Geometry& geometry) {
    double low = 1e9;
    for (const Vec3d& p : geometry.lines[0]) low = std::min(low, p.z);
    return low;
  };
  Geometry on_deck, beside;
  on_deck.lines = {{{20, 100, 0}, {180, 100, 0}}};
  beside.lines = {{{20, 50, 0}, {180, 50, 0}}};
  drapeAlong(on_deck, ground, road_lift_m, BridgeDecks(bridges));
  drapeAlong(beside, ground, road_lift_m, BridgeDecks(bridges));
  EXPECT_NEAR(lowest(on_deck), 20.05, 0.11) << "5 cm above the deck at 20 m, or 15 cm above the ground";
  EXPECT_NEAR(lowest(beside), 16.15, 0.11) << "the creek's bed";
}

TEST(Drape, PointsAreLaidOnTheGroundAndTexturedFacesKeepTheirCorners) {
  const Terrain terrain = terrainOf([](double x, double) { return x < 50 ? 10.0 : 10 + (x - 50) * 0.1; });
  const Ground ground(&terrain);
  Geometry geometry;
  const Ring square{{10, 10, 0}, {110, 10, 0}, {110, 60, 0}, {10, 60, 0}};
  geometry.surfaces = {{{square, {}}, SurfaceKind::unknown}, {{square, {}}, SurfaceKind::unknown}};
  geometry.appearance = {{1, 0, {{0, 0}, {1, 0}, {1, 1}, {0, 1}}}};
  geometry.points = {{110, 20, 0}};
  drape(geometry, HeightProfile(ground, 0));
  EXPECT_GT(geometry.surfaces[0].polygon.outer.size(), 4u) << "the ground bends under it";
  ASSERT_EQ(geometry.surfaces[1].polygon.outer.size(), 4u);
  EXPECT_NEAR(geometry.surfaces[1].polygon.outer[1].z, 16, 1e-4);
  EXPECT_NEAR(geometry.points[0].z, 16, 1e-4);
}

TEST(Drape, CornersAreAddedWhereTheGroundBends) {
  const Terrain terrain = terrainOf([](double x, double) { return x < 50 ? 10.0 : 10 + (x - 50) * 0.1; });
  const Ground ground(&terrain);
  const Polyline line = drape(Polyline{{0, 50, 0}, {100, 50, 0}}, HeightProfile(ground, 0));
  ASSERT_EQ(line.size(), 3u);
  EXPECT_NEAR(line[1].x, 50, 1e-9);
  EXPECT_NEAR(line[1].z, 10, 1e-5);
}

TEST(Drape, OutsideTheTerrainItsNearestEdgeCountsAndIsReported) {
  const Terrain terrain = terrainOf([](double x, double) { return x; });
  const Ground ground(&terrain);
  EXPECT_DOUBLE_EQ(ground.heightAt(1000, 50), 200);
  EXPECT_EQ(ground.outside(), 1u);
  EXPECT_FALSE(ground.covers(1000, 50));
}

TEST(DrapeRoads, OnABridgeTheRoadSpansInsteadOfDivingIntoTheCreek) {
  const Terrain terrain = creek();
  const Ground ground(&terrain);
  const std::vector<Bridge> bridges{bridgeOverCreek()};
  std::vector<RoadSegment> roads{road({{50, 100, 0}, {150, 100, 0}})};
  drapeRoads(roads, ground, BridgeDecks(bridges));
  for (const Vec3d& p : roads[0].centreline) EXPECT_NEAR(p.z, 20.15, 1e-5) << "at x = " << p.x;
  EXPECT_TRUE(roads[0].on_bridge);  // its middle lies on the deck
}

TEST(DrapeRoads, ARoadThatOnlyReachesTheAbutmentIsNoBridge) {
  const Terrain terrain = creek();
  const Ground ground(&terrain);
  const std::vector<Bridge> bridges{bridgeOverCreek()};
  std::vector<RoadSegment> roads{road({{60, 100, 0}, {92, 100, 0}})};
  drapeRoads(roads, ground, BridgeDecks(bridges));
  EXPECT_FALSE(roads[0].on_bridge);
}

TEST(DrapeRoads, OnAHighDeckTheRoadLiesOnIt) {
  const Terrain terrain = creek();
  const Ground ground(&terrain);
  Bridge high = bridgeOverCreek();
  for (Vec3d& p : high.geometry.surfaces[0].polygon.outer) p.z = 22;
  // An arch over it and the bed of the creek below are not driven on.
  Surface arch = high.geometry.surfaces[0], bed = arch;
  for (Vec3d& p : arch.polygon.outer) p.z = 30;
  for (Vec3d& p : bed.polygon.outer) p.z = 16;
  arch.kind = bed.kind = SurfaceKind::unknown;
  high.geometry.surfaces.push_back(arch);
  high.geometry.surfaces.push_back(bed);
  const std::vector<Bridge> bridges{high};
  std::vector<RoadSegment> roads{road({{50, 100, 0}, {150, 100, 0}})};
  drapeRoads(roads, ground, BridgeDecks(bridges));
  EXPECT_NEAR(pointAlong(roads[0].centreline, 50).point.z, 22.05, 1e-5);
  EXPECT_NEAR(roads[0].centreline.front().z, 20.15, 1e-5);
  // Unlabelled shapes (LOD1 blocks) work by the face that looks up.
  for (Surface& surface : high.geometry.surfaces) surface.kind = SurfaceKind::unknown;
  roads = {road({{50, 100, 0}, {150, 100, 0}})};
  const std::vector<Bridge> block{high};
  drapeRoads(roads, ground, BridgeDecks(block));
  EXPECT_NEAR(pointAlong(roads[0].centreline, 50).point.z, 22.05, 1e-5);
}

TEST(DrapeRoads, WithoutTheBridgeItFollowsTheCreek) {
  const Terrain terrain = creek();
  const Ground ground(&terrain);
  std::vector<RoadSegment> roads{road({{50, 100, 0}, {150, 100, 0}})};
  drapeRoads(roads, ground, BridgeDecks({}));
  double lowest = 100;
  for (const Vec3d& p : roads[0].centreline) lowest = std::min(lowest, p.z);
  EXPECT_NEAR(lowest, 16.15, 1e-5);
  EXPECT_FALSE(roads[0].on_bridge);
}

TEST(DrapeRoads, AFlaggedRoadSpansFromEndToEndEvenWhereNoShapeIsKnown) {
  const Terrain terrain = creek();
  const Ground ground(&terrain);
  std::vector<RoadSegment> roads{road({{90, 100, 0}, {110, 100, 0}})};
  roads[0].on_bridge = true;
  drapeRoads(roads, ground, BridgeDecks({}));
  for (const Vec3d& p : roads[0].centreline) EXPECT_NEAR(p.z, 20.15, 1e-5);
}

TEST(DrapeRoads, ARoadBelowTheBridgeStaysOnTheGround) {
  const Terrain terrain = creek();
  const Ground ground(&terrain);
  Bridge high = bridgeOverCreek();
  high.axis = {{90, 100, 20}, {110, 100, 20}};
  const std::vector<Bridge> bridges{high};
  std::vector<RoadSegment> roads{road({{100, 50, 0}, {100, 150, 0}})};
  drapeRoads(roads, ground, BridgeDecks(bridges));
  for (const Vec3d& p : roads[0].centreline) EXPECT_NEAR(p.z, 16.15, 1e-5);
  EXPECT_FALSE(roads[0].on_bridge);
}

TEST(SteepestGrade, IsTheWorstFiftyMetres) {
  // 100 m flat, 50 m with 8 m of rise (16 %), 100 m flat.
  EXPECT_NEAR(*steepestGrade({{0, 0, 0}, {100, 0, 0}, {150, 0, 8}, {250, 0, 8}}), 16, 1e-9);
  EXPECT_NEAR(*steepestGrade({{0, 0, 2}, {20, 0, 1}}), 5, 1e-9);
  EXPECT_FALSE(steepestGrade({{0, 0, 2}, {5, 0, 1}}));
}

TEST(Mosaic, TheFinerTerrainLiesOnTop) {
  const Terrain coarse = terrainOf([](double, double) { return 10.0; }, 10, 200);
  Terrain fine = terrainOf([](double, double) { return 30.0; }, 5, 50);
  fine.south_west = {100, 100, 0};
  Problems problems;
  const auto grid = mosaic({fine, coarse}, problems);
  ASSERT_TRUE(grid);
  EXPECT_DOUBLE_EQ(grid->spacing_m, 5);
  EXPECT_EQ(grid->columns, 41u);
  EXPECT_NEAR(*grid->heightAt(125, 125), 30, 1e-6);
  EXPECT_NEAR(*grid->heightAt(50, 50), 10, 1e-6);
  EXPECT_EQ(problems.count(ProblemKind::assumption, "terrain.mosaicked"), 1u);
}

TEST(Mosaic, TilesThatMeetLeaveNoSeam) {
  // Two tiles of 20 samples each: the west one ends at x = 95, the east one begins at 100.
  Terrain west = terrainOf([](double, double) { return 10.0; }, 5, 95), east = west;
  east.south_west = {100, 0, 0};
  Problems problems;
  const auto grid = mosaic({west, east}, problems);
  ASSERT_TRUE(grid);
  for (double x = 0; x <= 195; x += 2.5) EXPECT_TRUE(grid->heightAt(x, 40)) << x;
}

TEST(Mosaic, ASampleBesideAHoleIsKept) {
  const Terrain below = terrainOf([](double, double) { return 10.0; }, 10, 200);
  Terrain above = terrainOf([](double, double) { return 30.0; }, 10, 200);
  for (std::size_t i = 0; i < above.height_m.size(); ++i)
    if (i % 2 == 1) above.height_m[i] = std::numeric_limits<float>::quiet_NaN();
  Problems problems;
  const auto grid = mosaic({below, above}, problems);
  ASSERT_TRUE(grid);
  EXPECT_FLOAT_EQ(grid->at(0, 0), 30);
  EXPECT_FLOAT_EQ(grid->at(1, 0), 10);
}

TEST(Mosaic, AHugeTerrainIsThinnedAndSaidSo) {
  Terrain wide;
  wide.spacing_m = 1;
  wide.columns = 8001;
  wide.rows = 101;
  wide.height_m.assign(wide.columns * wide.rows, 7.0f);
  Problems problems;
  const auto grid = mosaic({wide}, problems);
  ASSERT_TRUE(grid);
  EXPECT_LE(grid->columns, max_terrain_side);
  EXPECT_EQ(grid->heightAt(4000, 50), 7);
  EXPECT_EQ(problems.count(ProblemKind::assumption, "terrain.coarsened"), 1u);
}

TEST(GroundFromPoints, TakesGroundOnlyAndClosesTheGapUnderAHouse) {
  PointCloud cloud;
  cloud.source = "survey.laz";
  for (int x = 0; x <= 100; ++x)
    for (int y = 0; y <= 100; ++y) {
      const bool house = x > 40 && x < 60 && y > 40 && y < 60;
      for (const float value :
           {static_cast<float>(x), static_cast<float>(y), house ? 25.0f : 10 + 0.1f * static_cast<float>(x)})
        cloud.sample.xyz.push_back(value);
      cloud.sample.classification.push_back(house ? 6 : 2);
    }
  Problems problems;
  const auto grid = groundFromPoints({cloud}, problems);
  ASSERT_TRUE(grid);
  EXPECT_NEAR(grid->spacing_m, 2, 0.1);  // points every metre
  EXPECT_NEAR(*grid->heightAt(20, 20), 12, 0.1);
  EXPECT_NEAR(*grid->heightAt(50, 50), 15, 0.5);
  EXPECT_EQ(problems.count(ProblemKind::assumption, "terrain.from_points"), 1u);
  cloud.sample.classification.assign(cloud.sample.size(), 1);
  EXPECT_FALSE(groundFromPoints({cloud}, problems));
}

TEST(Extent, OfATurnedRectangleHasItsSides) {
  // 20 × 5 m, turned by atan(3/4): along = (0.8, 0.6), across = (-0.6, 0.8).
  const Vec3d o{1000, 2000, 0}, along{16, 12, 0}, across{-3, 4, 0};
  const Extent extent = extentOf(std::vector<Vec3d>{o, o + along, o + along + across, o + across});
  EXPECT_NEAR(extent.length_m, 20, 1e-9);
  EXPECT_NEAR(extent.width_m, 5, 1e-9);
  EXPECT_NEAR(std::fabs(dot(extent.along, {0.8, 0.6, 0})), 1, 1e-9);
  EXPECT_NEAR(extent.centre.x, 1006.5, 1e-9);
  EXPECT_NEAR(extent.centre.y, 2008, 1e-9);
}

TEST(Extent, OfNothingAndOfOnePlaceIsNothing) {
  EXPECT_EQ(extentOf(std::vector<Vec3d>{}).length_m, 0);
  EXPECT_EQ(extentOf(std::vector<Vec3d>{{1, 1, 0}, {1, 1, 0}}).length_m, 0);
}

TEST(SpatialIndex, FindsWhatTouchesAndHugeBoxesToo) {
  SpatialIndex index(10);
  const auto box = [](double x0, double x1) {
    Bounds bounds;
    bounds.add(Vec3d{x0, 0, 0});
    bounds.add(Vec3d{x1, 5, 0});
    return bounds;
  };
  index.insert(box(0, 5), 0);
  index.insert(box(1000, 1005), 1);
  index.insert(box(-1e6, 1e6), 2);
  index.insert(Bounds{}, 3);
  EXPECT_THAT(index.near({1002, 2, 0}, 1), testing::ElementsAre(1, 2));
  EXPECT_THAT(index.near({500, 2, 0}, 1), testing::ElementsAre(2));
}

}  // namespace
}  // namespace hashimichi::model
