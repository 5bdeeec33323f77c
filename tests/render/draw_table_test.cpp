#include "render/draw_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "render/prepare.h"
#include "render/ribbon.h"
#include "tests/render/sample_town.h"

namespace hashimichi::render {
namespace {

splat::View viewFrom(Vec3d target, double distance_m, double azimuth_deg, double elevation_deg,
                     bool orthographic = false) {
  CameraPose pose;
  pose.target = target, pose.distance_m = distance_m, pose.azimuth_deg = azimuth_deg;
  pose.elevation_deg = elevation_deg, pose.orthographic = orthographic;
  return splat::viewOf(pose, 1, 1e5, 1280, 720);
}

/// One house of 20 × 14 m, 10 m high with its gable, on the ground at the origin, as it is prepared.
PreparedTownPtr oneHouse() {
  auto city = std::make_shared<model::CityModel>();
  city->buildings.push_back(tests::houseAt("b", {0, 0, 0}, 20, 14, 8));
  return tests::prepared(city);
}

std::vector<std::uint32_t> chosen(const DrawTable& table, const splat::View& view) {
  std::vector<std::uint32_t> corners;
  chooseFrom(table, view, 1, corners);
  return corners;
}

TEST(ClosedShell, IsOneWhoseSidesAllMeetAndThatLooksOutwards) {
  const model::Geometry house = tests::houseAt("b", {100, 200, 5}, 20, 14, 8).geometry;
  EXPECT_TRUE(closedShell(house));
  model::Geometry without_a_wall = house;
  without_a_wall.surfaces.pop_back();
  EXPECT_FALSE(closedShell(without_a_wall));
  model::Geometry one_turned = house;
  std::ranges::reverse(one_turned.surfaces[1].polygon.outer);
  EXPECT_FALSE(closedShell(one_turned));
  model::Geometry inside_out = house;
  for (model::Surface& surface : inside_out.surfaces) std::ranges::reverse(surface.polygon.outer);
  EXPECT_FALSE(closedShell(inside_out));
}

TEST(DrawTable, OfAHouseSeenFromTheEastSouthEastTheRoofAndTwoWallsAreDrawn) {
  const PreparedTownPtr town = oneHouse();
  ASSERT_TRUE(town->buildings.table);
  ASSERT_EQ(town->buildings.triangleCount(), 14u) << "two sides of the roof, walls of 2, 2, 3 and 3; no floor";
  // Looking towards 300°: the eye stands in the east-south-east.
  EXPECT_EQ(chosen(*town->buildings.table, viewFrom({0, 0, 4}, 200, 300, 30)).size(), 3u * (4 + 2 + 3));
  EXPECT_EQ(chosen(*town->buildings.table, viewFrom({0, 0, 4}, 200, 300, 30, true)).size(), 3u * (4 + 2 + 3));
}

TEST(DrawTable, NeverLeavesOutAFaceThatLooksAtTheEye) {
  const PreparedTownPtr town = oneHouse();
  const DressedMesh& mesh = town->buildings;
  std::minstd_rand random(7);
  for (int i = 0; i < 500; ++i) {
    const splat::View view = viewFrom({0, 0, 4}, 80 + static_cast<double>(random() % 300),
                                      static_cast<double>(random() % 360), 2 + static_cast<double>(random() % 80));
    std::vector<std::array<std::uint32_t, 3>> drawn;
    const std::vector<std::uint32_t> corners = chosen(*mesh.table, view);
    for (std::size_t k = 0; k + 2 < corners.size(); k += 3)
      drawn.push_back({corners[k], corners[k + 1], corners[k + 2]});
    for (std::size_t t = 0; t < mesh.triangleCount(); ++t) {
      const std::uint32_t* v = &mesh.triangles[3 * t];
      const auto at = [&](std::size_t k) {
        return Vec3d{mesh.xyz[3 * v[k]], mesh.xyz[3 * v[k] + 1], mesh.xyz[3 * v[k] + 2]};
      };
      if (dot(cross(at(1) - at(0), at(2) - at(0)), view.eye - at(0)) <= 0) continue;
      EXPECT_THAT(drawn, testing::Contains(std::array{v[0], v[1], v[2]})) << "view " << i << ", triangle " << t;
    }
  }
}

TEST(DrawTable, WallsGoWhenTheyAreLowerThanHalfAPixelAndTheRoofWhenItIsNarrower) {
  const PreparedTownPtr town = oneHouse();
  // At a distance d a pixel of 720 in 30° is d · 2 tan 15° / 720 = d · 0.000744 m: 10 m are half a pixel at 26.9 km,
  // and 20 m at 53.7 km.
  EXPECT_EQ(chosen(*town->buildings.table, viewFrom({0, 0, 4}, 25'000, 300, 30)).size(), 3u * (4 + 2 + 3));
  EXPECT_EQ(chosen(*town->buildings.table, viewFrom({0, 0, 4}, 29'000, 300, 30)).size(), 3u * 4);
  EXPECT_EQ(chosen(*town->buildings.table, viewFrom({0, 0, 4}, 56'000, 300, 30)).size(), 0u);
}

TEST(DrawTable, WhatLiesBehindTheEyeIsNotDrawn) {
  EXPECT_TRUE(chosen(*oneHouse()->buildings.table, viewFrom({0, 3000, 4}, 1000, 0, 10)).empty());
}

TEST(DrawTable, APartHoldsItsTrianglesAndNoOthers) {
  const PreparedTownPtr town = oneHouse();
  const DrawTable part = partOf(*town->buildings.table, std::vector<std::uint32_t>{0, 3, 4});
  EXPECT_THAT(part.primitive, testing::UnorderedElementsAre(0u, 3u, 4u));
  EXPECT_EQ(part.corners.size(), 9u);
}

model::Terrain hills() {
  model::Terrain ground{{0, 0, 0}, 10, 201, 151, {}, "drawn"};
  for (std::size_t r = 0; r < ground.rows; ++r)
    for (std::size_t c = 0; c < ground.columns; ++c)
      ground.height_m.push_back(static_cast<float>(60 + 40 * std::sin(0.05 * static_cast<double>(c)) *
                                                            std::cos(0.04 * static_cast<double>(r))));
  return ground;
}

TEST(GroundTiles, CoverTheGroundOnceFromWhereverOneLooksAndWithFewerTrianglesFarAway) {
  Mesh whole;
  std::shared_ptr<const GroundTiles> tiles;
  prepareGround(hills(), whole, tiles);
  ASSERT_TRUE(tiles);
  std::size_t former = 1'000'000;
  for (const double distance_m : {6'000.0, 20'000.0}) {
    const std::vector<std::uint32_t> corners = chosen(tiles->table, viewFrom({1000, 750, 60}, distance_m, 20, 50));
    double twice_m2 = 0;
    for (std::size_t k = 0; k + 2 < corners.size(); k += 3) {
      const float *a = &tiles->mesh.xyz[3 * corners[k]], *b = &tiles->mesh.xyz[3 * corners[k + 1]],
                  *c = &tiles->mesh.xyz[3 * corners[k + 2]];
      twice_m2 += double(b[0] - a[0]) * (c[1] - a[1]) - double(c[0] - a[0]) * (b[1] - a[1]);
    }
    EXPECT_NEAR(twice_m2 / 2, 2000.0 * 1500.0, 10) << "walls down from the tiles' borders have no area from above";
    EXPECT_LT(corners.size(), former) << distance_m;
    former = corners.size();
  }
}

TEST(LineTable, AStraightLineIsOnePieceFromAfarAndABendStaysWhereItIsSeen) {
  Lines lines;
  model::Polyline straight, bent;
  for (int i = 0; i <= 100; ++i) straight.push_back({10.0 * i, i % 2 ? 0.2 : 0.0, 0});  // a fifth of a metre of noise
  for (int i = 0; i <= 100; ++i) bent.push_back({10.0 * i, 500 - std::abs(i - 50) * 8.0, 0});
  appendLine(straight, 0, lines), appendLine(bent, 1, lines);
  const DrawTable table = overlayTable(lines, [](std::uint32_t) { return OverlayPart{0}; });
  // 20 cm are 0.3 px where a pixel is 0.67 m: from 896 m on; at 6 km 4 m are 0.9 px, 1 m is 0.22.
  EXPECT_EQ(chosen(table, viewFrom({500, 200, 0}, 6'000, 0, 60)).size(), 2u * (1 + 2));
  EXPECT_EQ(chosen(table, viewFrom({500, 200, 0}, 60, 0, 60)).size(), 2u * 200) << "every corner from near";
}

TEST(LineTable, AStandInIsDrawnExactlyWhereTheThingItselfIsTooThin) {
  Lines lines;
  appendLine({{0, 0, 0}, {1000, 0, 0}}, 0, lines);
  const DrawTable own = overlayTable(lines, [](std::uint32_t) { return OverlayPart{0, 6}; });
  DrawTable stand_in = own;
  stand_in.stand_in = true;
  for (const double distance_m : {500.0, 3'000.0, 5'000.0, 20'000.0}) {
    const splat::View view = viewFrom({500, 0, 0}, distance_m, 0, 60);
    EXPECT_NE(chosen(own, view).empty(), chosen(stand_in, view).empty()) << distance_m;
  }
  // 6 m are 2 px at 4,032 m.
  EXPECT_FALSE(chosen(own, viewFrom({500, 0, 0}, 3'000, 0, 60)).empty());
  EXPECT_TRUE(chosen(own, viewFrom({500, 0, 0}, 5'000, 0, 60)).empty());
}

TEST(OverlayTable, MoreUrgentRanksComeLastWhateverTheirPlace) {
  Lines lines;
  for (std::uint32_t i = 0; i < 4; ++i) appendLine({{0, 10.0 * i, 0}, {100, 10.0 * i, 0}}, i, lines);
  const std::uint8_t ranks[] = {5, 1, OverlayPart::none, 3};
  const DrawTable table = overlayTable(lines, [&](std::uint32_t road) { return OverlayPart{ranks[road]}; });
  EXPECT_THAT(chosen(table, viewFrom({50, 15, 0}, 300, 0, 60)), testing::ElementsAre(2, 3, 6, 7, 0, 1));
}

}  // namespace
}  // namespace hashimichi::render
