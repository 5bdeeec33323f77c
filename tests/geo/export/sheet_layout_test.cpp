#include "geo/export/sheet_layout.h"

#include <gtest/gtest.h>

#include "tests/geo/export/made_snapshot.h"

namespace hashimichi::exporting {
namespace {

Bounds square(double side_m) {
  Bounds bounds;
  bounds.add(Vec3d{0, 0, 0}), bounds.add(Vec3d{side_m, side_m, 0});
  return bounds;
}

TEST(SheetScale, IsTheLargestStandardScaleThatFits) {
  // The frame is 250 mm high with a rim of 6 mm: 238 mm are 595 m at 1:2,500 and 11,900 m at 1:50,000.
  EXPECT_EQ(chooseScale(square(595), map_frame), 2500);
  EXPECT_EQ(chooseScale(square(596), map_frame), 5000);
  EXPECT_EQ(chooseScale(square(2000), map_frame), 10000);
  EXPECT_EQ(chooseScale(square(5000), map_frame), 25000);
  EXPECT_EQ(chooseScale(square(11900), map_frame), 50000);
  EXPECT_EQ(chooseScale(square(15000), map_frame), 100000);
}

TEST(SheetScale, IsTrueOnPaper) {
  const MapView view{map_frame, {100, 200, 0}, 10000};
  const PaperPoint a = view.toPaper({0, 0, 0}), b = view.toPaper({1000, 0, 0}), c = view.toPaper({0, 500, 0});
  EXPECT_DOUBLE_EQ(b.x - a.x, 100);  // 1000 m at 1:10,000
  EXPECT_DOUBLE_EQ(a.y - c.y, 50);   // north is up
  const Vec3d back = view.toLocal(view.toPaper({-321, 123, 0}));
  EXPECT_NEAR(back.x, -321, 1e-9);
  EXPECT_NEAR(back.y, 123, 1e-9);
}

TEST(ScaleBarLength, IsRoundOnTheGroundAndTrueOnPaper) {
  for (const double n : {2500.0, 5000.0, 10000.0, 25000.0, 50000.0, 100000.0, 200000.0}) {
    const ScaleBar bar = scaleBarOf(n);
    EXPECT_DOUBLE_EQ(bar.length_mm, bar.length_m / n * 1000) << n;
    EXPECT_GE(bar.length_mm, 40 - 1e-9) << n;
    EXPECT_LE(bar.length_mm, 100) << n;
  }
  EXPECT_EQ(scaleBarOf(10000).length_m, 500);
  EXPECT_EQ(scaleBarOf(10000).parts, 5);
  EXPECT_EQ(scaleBarOf(5000).length_m, 200);
  EXPECT_EQ(scaleBarOf(5000).parts, 4);
}

TEST(SheetExtent, HoldsEveryRankedAsset) {
  const tests::MadeDecision made(assess::Subject::snow,
                                 {.streets = 8, .buildings = 1, .bridges = 4, .terrain_side = 20});
  const exporting::Snapshot snapshot = made.snapshot(Language::ja);
  const MapView view = mapViewOf(snapshot);
  EXPECT_EQ(view.scale_denominator, 10000);  // 1.8 km of streets
  for (const assess::Ranked& row : made.ranking.rows)
    for (const Vec3d& p : made.project.model->roads[row.index].centreline) {
      const PaperPoint paper = view.toPaper(p);
      EXPECT_TRUE(map_frame.contains({paper.x, paper.y, 0, 0}));
    }
}

}  // namespace
}  // namespace hashimichi::exporting
