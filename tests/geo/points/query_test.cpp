#include "geo/points/query.h"

#include <gtest/gtest.h>

#include "tests/geo/points/made_octree.h"

namespace hashimichi::points {
namespace {

using tests::madeFrame;
using tests::MadeOctree;

std::uint64_t countIn(const Region& region, QueryReport* told = nullptr) {
  const MadeOctree octree(3);
  SilentProgress progress;
  std::uint64_t seen = 0;
  const auto report = visitPoints(
      octree, {madeFrame(), "EPSG:6676"}, region,
      [&](const QueryPoints& found) {
        for (std::size_t i = 0; i < found.local.size(); ++i) {
          const Vec3d original = found.batch->position(found.index[i]);
          EXPECT_NEAR(original.x - 31000, found.local[i].x, 1e-6);
          EXPECT_NEAR(original.y - 160000, found.local[i].y, 1e-6);
        }
        seen += found.local.size();
        return true;
      },
      progress);
  EXPECT_TRUE(report);
  if (report) {
    EXPECT_EQ(report->points, seen);
  }
  if (report && told) *told = *report;
  return seen;
}

Bounds box(double x0, double x1, double y0, double y1) {
  Bounds b;
  b.add(Vec3d{x0, y0, -1});
  b.add(Vec3d{x1, y1, 1});
  return b;
}

TEST(PointQuery, WithoutARegionEveryPointIsVisitedOnce) {
  EXPECT_EQ(countIn({}), 100u * (1 + 4 + 16 + 64));
}

TEST(PointQuery, ABoxHasThePointsOfAllLevelsInIt) {
  // The south-western 16 m: one node of level 3 (100 points); of the one of 32 m, rows at 1.6, 4.8 … 14.4 m (25); of
  // the one of 64 m at 3.2, 9.6 and 16 m (9); of the root at 6.4 m (1).
  Region region;
  region.box = box(0, 16, 0, 16);
  QueryReport report;
  EXPECT_EQ(countIn(region, &report), 100u + 25 + 9 + 1);
  EXPECT_TRUE(report.full_detail);
}

TEST(PointQuery, ClassesAreFiltered) {
  Region region;
  region.classes.reset();
  region.classes.set(11);
  EXPECT_EQ(countIn(region), 50u * 85);
}

TEST(PointQuery, APolygonAndASectionTakeWhatIsInside) {
  Region triangle;
  triangle.polygon = {{0, 0, 0}, {128, 0, 0}, {0, 128, 0}};
  // Half of the square: of each node on the diagonal 45 points lie below and 10 on it; without those on it 45 + 4·45 …
  const std::uint64_t below = countIn(triangle);
  EXPECT_NEAR(static_cast<double>(below), 4250, 80);
  Region section;
  section.oriented = sectionBox({0, 6.4, 0}, {128, 6.4, 0}, 0.02, -1, 1);
  // Level 0: the row at 6.4 m has 10 points. 64 m nodes have rows at 3.2, 9.6; 32 m at 4.8, 8; 16 m at 5.6, 7.2.
  EXPECT_EQ(countIn(section), 10u);
}

TEST(PointPick, TheNearestPointInFrontOfTheEyeIsTaken) {
  const MadeOctree octree(2);
  const auto placer = OctreePlacer::create({madeFrame(), "EPSG:6676"});
  const auto root = loadResident(octree, 0, *placer, 12.8);
  ASSERT_TRUE(root);
  const std::vector<ResidentNodePtr> nodes{std::make_shared<const ResidentNode>(*root)};
  PointRay ray{{6.5, 19.3, 50}, {0, 0, -1}, 0.3, 0, {}};
  const auto picked = pickPoint(nodes, ray);
  ASSERT_TRUE(picked);
  EXPECT_EQ(picked->index, 1u);  // column 0 (6.4 m), row 1 (19.2 m)
  EXPECT_NEAR(picked->along_m, 50, 1e-4);
  const auto original = originalPosition(octree, *picked);
  ASSERT_TRUE(original);
  EXPECT_NEAR(original->x, 31006.4, 1e-9);
  EXPECT_NEAR(original->y, 160019.2, 1e-9);
  ray.origin.x = 12;
  EXPECT_FALSE(pickPoint(nodes, ray));
}

}  // namespace
}  // namespace hashimichi::points
