#include "geo/model/triangulate.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <numbers>
#include <random>

namespace hashimichi::model {
namespace {

std::vector<Vec3d> pointsOf(const Polygon& polygon) {
  std::vector<Vec3d> points = polygon.outer;
  for (const Ring& hole : polygon.holes) points.insert(points.end(), hole.begin(), hole.end());
  return points;
}

/// Area in space; also checks that every index names a point.
double triangulatedArea(const Polygon& polygon, std::size_t* count = nullptr) {
  std::vector<Triangle> triangles;
  triangulate(polygon, triangles);
  const std::vector<Vec3d> points = pointsOf(polygon);
  double area = 0;
  for (const Triangle& t : triangles) {
    for (const std::uint32_t i : t) EXPECT_LT(i, points.size());
    area += norm(cross(points[t[1]] - points[t[0]], points[t[2]] - points[t[0]])) / 2;
  }
  if (count) *count = triangles.size();
  return area;
}

Ring square(double x, double y, double side) {
  return {{x, y, 0}, {x + side, y, 0}, {x + side, y + side, 0}, {x, y + side, 0}};
}

Ring star(int points, double outer_m, double inner_m) {
  Ring ring;
  for (int i = 0; i < points; ++i) {
    const double angle = 2 * std::numbers::pi * i / points, r = i % 2 ? inner_m : outer_m;
    ring.push_back({r * std::cos(angle), r * std::sin(angle), 0});
  }
  return ring;
}

TEST(Triangulate, ConcaveFloorPlanKeepsItsArea) {
  // A U of 10 × 10 m with a notch of 4 × 6 m: 100 − 24 = 76 m².
  const Polygon u{{{0, 0, 5}, {10, 0, 5}, {10, 10, 5}, {7, 10, 5}, {7, 4, 5}, {3, 4, 5}, {3, 10, 5}, {0, 10, 5}}, {}};
  std::size_t count = 0;
  EXPECT_NEAR(triangulatedArea(u, &count), 76, 1e-9);
  EXPECT_EQ(count, 6u);  // n − 2
}

TEST(Triangulate, CourtyardsAreLeftOpenWhicheverWayTheyTurn) {
  Polygon block{square(0, 0, 100), {square(10, 10, 20), square(50, 10, 30), square(10, 60, 25), square(40, 50, 5)}};
  std::reverse(block.holes[1].begin(), block.holes[1].end());
  EXPECT_NEAR(triangulatedArea(block), 10000 - 400 - 900 - 625 - 25, 1e-9);
}

TEST(Triangulate, WallWithWindowsKeepsAreaAndFacesOutwards) {
  // A wall that looks to the south-west, 20 m long and 9 m high, far from the origin, with 12 windows of 1 m².
  const Vec3d o{-45000.25, 112000.5, 31}, along{std::sqrt(0.5), -std::sqrt(0.5), 0}, up{0, 0, 1};
  const auto at = [&](double s, double t) { return o + along * s + up * t; };
  Polygon wall{{at(0, 0), at(20, 0), at(20, 9), at(0, 9)}, {}};
  for (int row = 0; row < 2; ++row)
    for (int column = 0; column < 6; ++column) {
      const double s = 1 + 3 * column, t = 1 + 4 * row;
      wall.holes.push_back({at(s, t), at(s, t + 1), at(s + 1, t + 1), at(s + 1, t)});
    }
  EXPECT_NEAR(triangulatedArea(wall), 180 - 12, 1e-9 * 168);
  std::vector<Triangle> triangles;
  triangulate(wall, triangles);
  const std::vector<Vec3d> points = pointsOf(wall);
  for (const Triangle& t : triangles)
    EXPECT_GT(dot(cross(points[t[1]] - points[t[0]], points[t[2]] - points[t[0]]), newellNormal(wall.outer)), 0);
}

TEST(Triangulate, ClockwiseRingGivesClockwiseTriangles) {
  Polygon floor{square(0, 0, 10), {}};
  std::reverse(floor.outer.begin(), floor.outer.end());
  std::vector<Triangle> triangles;
  triangulate(floor, triangles);
  ASSERT_EQ(triangles.size(), 2u);
  for (const auto& [a, b, c] : triangles)
    EXPECT_LT(cross(floor.outer[b] - floor.outer[a], floor.outer[c] - floor.outer[a]).z, 0);
}

TEST(Triangulate, PointsOnEdgesAndRepeatedPointsCostNoArea) {
  const Polygon plate{{{0, 0, 0}, {5, 0, 0}, {5, 0, 0}, {10, 0, 0}, {10, 10, 0}, {5, 10, 0}, {0, 10, 0}, {0, 5, 0}},
                      {}};
  EXPECT_NEAR(triangulatedArea(plate), 100, 1e-9);
}

TEST(Triangulate, HoleThatTouchesTheOuterRingIsStillTakenOut) {
  const Polygon corner{square(0, 0, 10), {{{0, 5, 0}, {3, 7, 0}, {3, 3, 0}}}};
  EXPECT_NEAR(triangulatedArea(corner), 100 - 6, 1e-9);
  const Polygon vertex{square(0, 0, 10), {{{0, 0, 0}, {2, 6, 0}, {6, 2, 0}}}};
  EXPECT_NEAR(triangulatedArea(vertex), 100 - 16, 1e-9);
}

TEST(Triangulate, HolesInARowAndStackedAtTheSameXAreJoinedOneAfterTheOther) {
  Polygon sheet{square(0, 0, 100), {}};
  for (int i = 0; i < 9; ++i)
    for (int j = 0; j < 9; ++j) sheet.holes.push_back(square(5 + 10 * i, 5 + 10 * j, 5));
  EXPECT_NEAR(triangulatedArea(sheet), 10000 - 81 * 25, 1e-9 * 7975);
}

TEST(Triangulate, RaggedLotsWithScatteredYardsKeepTheirArea) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> ragged(60, 100), turned(0, 1);
  for (int round = 0; round < 300; ++round) {
    Polygon lot;
    const int n = 5 + round;
    for (int i = 0; i < n; ++i) {
      const double angle = 2 * std::numbers::pi * i / n, r = ragged(random);
      lot.outer.push_back({r * std::cos(angle), r * std::sin(angle), 0});
    }
    // Yards on a 6 m lattice, each inside its own cell, all within 30 m of the centre, which the ring never enters.
    for (int x = -3; x < 3; ++x)
      for (int y = -3; y < 3; ++y) {
        if (turned(random) < 0.4) continue;
        Ring yard;
        const double start = turned(random);
        for (int i = 0; i < 5; ++i)
          yard.push_back(
              {6 * x + 3 + 2.9 * std::cos(start + 1.2566 * i), 6 * y + 3 + 2.9 * std::sin(start + 1.2566 * i), 0});
        lot.holes.push_back(yard);
      }
    EXPECT_NEAR(triangulatedArea(lot), area2d(lot), 1e-9 * area2d(lot)) << "round " << round;
  }
}

TEST(Triangulate, PolygonsWithoutAreaOrWithoutNumbersGiveNothing) {
  const double nan = std::nan("");
  for (const Ring& ring : {Ring{}, Ring{{0, 0, 0}}, Ring{{0, 0, 0}, {1, 0, 0}}, Ring{{0, 0, 0}, {1, 0, 0}, {2, 0, 0}},
                           Ring{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}, Ring{{0, 0, 0}, {1, 0, 0}, {1, nan, 0}}})
    EXPECT_EQ(triangulatedArea({ring, {}}), 0);
  EXPECT_NEAR(triangulatedArea({square(0, 0, 10), {Ring{}, Ring{{1, 1, 0}, {2, 2, 0}}, square(50, 50, 5)}}), 100, 1e-9)
      << "a hole without area or outside the ring is left out";
}

TEST(Triangulate, TenThousandCornersAreCutInBoundedTime) {
  const int n = 10000;
  // Alternating radii: n triangles of area r1·r2·sin(2π/n)/2. Half of the corners are reflex.
  const Polygon spiky{star(n, 100, 60), {}};
  const double exact = n * 100.0 * 60.0 * std::sin(2 * std::numbers::pi / n) / 2;
  // A comb of 2,500 teeth: base 2,500 × 1 m and teeth of 0.5 × 10 m.
  Polygon comb{{{2500, 0, 0}, {2500, 1, 0}}, {}};
  for (int i = 2499; i >= 0; --i)
    for (const Vec3d& p :
         {Vec3d{i + 0.75, 1, 0}, Vec3d{i + 0.75, 11, 0}, Vec3d{i + 0.25, 11, 0}, Vec3d{i + 0.25, 1, 0}})
      comb.outer.push_back(p);
  comb.outer.push_back({0, 1, 0});
  comb.outer.push_back({0, 0, 0});

  const auto start = std::chrono::steady_clock::now();
  EXPECT_NEAR(triangulatedArea(spiky), exact, 1e-9 * exact);
  EXPECT_NEAR(triangulatedArea(comb), 2500 + 2500 * 5, 1e-9 * 15000);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  EXPECT_LT(took.count(), 2.0);
}

TEST(Triangulate, RingsThatCrossThemselvesEndWithValidIndicesInBoundedTime) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> place(0, 1000);
  for (const int n : {4, 5, 9, 50, 10000}) {
    Polygon tangle;
    for (int i = 0; i < n; ++i) tangle.outer.push_back({place(random), place(random), 0});
    for (int h = 0; h < n / 50; ++h) tangle.holes.push_back(square(place(random), place(random), 30));
    std::size_t count = 0;
    triangulatedArea(tangle, &count);
    EXPECT_LE(count, pointsOf(tangle).size() + 2 * tangle.holes.size());
  }
}

}  // namespace
}  // namespace hashimichi::model
