#include "geo/measure/change.h"

#include <gtest/gtest.h>

#include <numbers>

#include "geo/measure/plane_fit.h"
#include "geo/measure/tiled_change.h"
#include "tests/geo/measure/made_points.h"

namespace hashimichi::measure {
namespace {

double tilted(double x, double y) {
  return 0.3 * x - 0.1 * y + 12;
}

TEST(MeasureChange, WhereNothingChangedAtMostFivePercentIsSaidToHave) {
  const auto before = tests::scattered(120, 120, 60, 0.01, 1, tilted),
             after = tests::scattered(120, 120, 25, 0.02, 2, tilted);
  SilentProgress progress;
  const auto change = m3c2(before.view(), after.view(), {.core_spacing_m = 1, .projection_scale_m = 1}, progress);
  ASSERT_TRUE(change) << change.error().text();
  EXPECT_GT(change->summary.count, 14000u);
  // A level at 95 % is passed by 5 % of what did not change; of 14,000 cylinders that share has a σ of 0.2 %.
  EXPECT_LE(change->summary.significant_percent, 5.4);
  EXPECT_GE(change->summary.significant_percent, 4);  // and a level that is seldom passed would be too wide
  EXPECT_NEAR(change->summary.mean_m, 0, 0.001);
}

TEST(MeasureChange, AlongTheNormalOfATiltedDeckIsTheTrueDistanceNotTheHeight) {
  const double height = 0.05, true_m = height / std::sqrt(1 + 0.09 + 0.01);
  const auto before = tests::scattered(20, 20, 80, 0.004, 3, tilted);
  const auto after = tests::scattered(20, 20, 50, 0.006, 4, [&](double x, double y) { return tilted(x, y) + height; });
  SilentProgress progress;
  const auto change = m3c2(before.view(), after.view(), {}, progress);
  ASSERT_TRUE(change);
  EXPECT_NEAR(change->summary.median_m, true_m, 0.001);
  std::size_t enough = 0, missed = 0;
  for (const PointChange& p : change->points) {
    if (p.significant) {
      EXPECT_NEAR(p.distance_m, true_m, 3 * p.lod95_m);
    }
    // A cylinder holds 9.4 points of the second survey on average, thus one in 70 fewer than the four that a level
    // needs (Poisson), and more at the rim: nothing is claimed there.
    if (p.points_after < 4 || p.points < 4) continue;
    ++enough, missed += !p.significant;
  }
  EXPECT_GT(enough, 1500u);
  EXPECT_EQ(missed, 0u) << "5 cm are ten times the level of detection";
}

TEST(MeasureChange, LevelOfDetectionIsThatOfLagueAndOthers) {
  // 1.96 (√(σ1²/n1 + σ2²/n2) + reg), here with about 235 points of σ 5 mm in either cylinder of 1 m.
  const auto flat = [](double, double) { return 0; };
  const auto before = tests::scattered(10, 10, 300, 0.005, 5, flat),
             after = tests::scattered(10, 10, 300, 0.005, 6, flat);
  SilentProgress progress;
  const auto change = m3c2(before.view(), after.view(),
                           {.core_spacing_m = 2, .projection_scale_m = 1, .registration_m = 0.003}, progress);
  ASSERT_TRUE(change);
  for (const PointChange& p : change->points) {
    const double expected = 1.96 * (0.005 * std::sqrt(1.0 / p.points + 1.0 / p.points_after) + 0.003);
    EXPECT_NEAR(p.lod95_m, expected, 0.0002);
  }
}

TEST(MeasureChange, OnAPillarIsMeasuredOutwards) {
  // A pillar of 1 m radius that grew by 3 cm all round; normals turned away from nothing in particular: by the fit.
  const auto pillar = [](double radius, int count, double phase) {
    PointStore p;
    for (int i = 0; i < count; ++i) {
      const double a = 2.399963 * i + phase, z = 4.0 * i / count;
      p.places.push_back({radius * std::cos(a), radius * std::sin(a), z});
    }
    return p;
  };
  const PointStore before = pillar(1, 20000, 0), after = pillar(1.03, 20000, 1);
  SilentProgress progress;
  const auto change =
      m3c2(before.view(), after.view(),
           {.core_spacing_m = 0.3, .normal_scale_m = 0.3, .projection_scale_m = 0.2, .reach_m = 0.3}, progress);
  ASSERT_TRUE(change);
  for (const PointChange& p : change->points) {
    if (std::isnan(p.distance_m) || p.at.z < 0.3 || p.at.z > 3.7) continue;
    const Vec3d outwards{p.at.x, p.at.y, 0};
    const double side = dot(p.normal, outwards) > 0 ? 1 : -1;
    EXPECT_NEAR(side * p.distance_m, 0.03, 0.002);
  }
}

TEST(MeasureChange, CloudToCloudIsSignedAndTrueOnAPlane) {
  const auto before = tests::scattered(10, 10, 200, 0, 7, tilted);
  const auto after = tests::scattered(10, 10, 20, 0, 8, [](double x, double y) { return tilted(x, y) - 0.02; });
  SilentProgress progress;
  const auto change = cloudToCloud(before.view(), after.view(), {}, progress);
  ASSERT_TRUE(change);
  EXPECT_NEAR(change->summary.mean_m, -0.02 / std::sqrt(1.1), 1e-4);
  EXPECT_LT(change->summary.sigma_m, 1e-4);
}

TEST(MeasureChange, CloudToMeshIsExactOnABoxInsideAndOut) {
  model::Geometry box;
  const auto face = [&](std::initializer_list<Vec3d> ring) {
    box.surfaces.push_back({{ring, {}}, model::SurfaceKind::unknown});
  };
  face({{0, 0, 0}, {0, 2, 0}, {2, 2, 0}, {2, 0, 0}});
  face({{0, 0, 2}, {2, 0, 2}, {2, 2, 2}, {0, 2, 2}});
  face({{0, 0, 0}, {2, 0, 0}, {2, 0, 2}, {0, 0, 2}});
  face({{2, 0, 0}, {2, 2, 0}, {2, 2, 2}, {2, 0, 2}});
  face({{2, 2, 0}, {0, 2, 0}, {0, 2, 2}, {2, 2, 2}});
  face({{0, 2, 0}, {0, 0, 0}, {0, 0, 2}, {0, 2, 2}});
  PointStore points;
  points.places = {{1, 1, 2.5}, {1, 1, 1.75}, {2.3, 1, 2.4}, {3, 3, 3}, {1, -0.5, 1}, {1, 0.5, 0.9}, {50, 0, 0}};
  SilentProgress progress;
  const auto change = cloudToMesh(points.view(), box, {.reach_m = 5}, progress);
  ASSERT_TRUE(change) << change.error().text();
  const double expected[] = {0.5, -0.25, 0.5, std::sqrt(3.0), 0.5, -0.5};
  for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(change->points[i].distance_m, expected[i], 1e-12) << i;
  EXPECT_TRUE(std::isnan(change->points[6].distance_m));
  EXPECT_EQ(change->summary.unseen, 1u);
}

TEST(MeasureChange, ThreadsDoNotChangeTheResult) {
  const auto before = tests::scattered(20, 20, 40, 0.01, 9, tilted),
             after = tests::scattered(20, 20, 40, 0.01, 10, tilted);
  SilentProgress progress;
  const auto one = m3c2(before.view(), after.view(), {.threads = 1}, progress),
             four = m3c2(before.view(), after.view(), {.threads = 4}, progress);
  ASSERT_TRUE(one && four);
  ASSERT_EQ(one->points.size(), four->points.size());
  EXPECT_EQ(one->summary.mean_m, four->summary.mean_m);
  EXPECT_EQ(one->summary.significant, four->summary.significant);
}

TEST(MeasureChange, InTilesItIsWhatItIsInOnePiece) {
  const auto before = tests::scattered(30, 20, 60, 0.004, 21, tilted);
  const auto after = tests::scattered(30, 20, 60, 0.004, 22, [](double x, double y) { return tilted(x, y) - 0.03; });
  SilentProgress progress;
  const auto inside = [](const PointStore& all) {
    return [&all](const Bounds& box) -> Result<PointStore> {
      PointStore part;
      for (const Vec3d& p : all.places)
        if (p.x >= box.low.x && p.x <= box.high.x && p.y >= box.low.y && p.y <= box.high.y) part.places.push_back(p);
      return part;
    };
  };
  const auto compare = [](const PointsView& a, const PointsView& b, Progress& p) { return m3c2(a, b, {}, p); };
  const TileWish wish{{{0, 0, 0}, {30, 20, 40}}, 7, 2};
  const auto tiled = changeByTiles(wish, inside(before), inside(after), compare, progress);
  const auto whole = m3c2(before.view(), after.view(), {}, progress);
  ASSERT_TRUE(tiled && whole);
  EXPECT_NEAR(tiled->summary.median_m, whole->summary.median_m, 1e-4);
  EXPECT_NEAR(tiled->summary.mean_m, -0.03 / std::sqrt(1.1), 2e-4);
  // The cubes of the core points lie otherwise, not their number: 60 × 40 of half a metre.
  EXPECT_NEAR(static_cast<double>(tiled->summary.count), static_cast<double>(whole->summary.count),
              0.05 * static_cast<double>(whole->summary.count));
  for (const PointChange& p : tiled->points) EXPECT_TRUE(p.at.x >= 0 && p.at.x <= 30 && p.at.y >= 0 && p.at.y <= 20);
}

TEST(MeasureChange, BadInputIsRefusedWithOneSentence) {
  const auto here = tests::scattered(5, 5, 40, 0, 11, tilted),
             there = tests::scattered(5, 5, 40, 0, 12, tilted, {900, 0, 0});
  auto holes = here;
  for (Vec3d& p : holes.places) p.z = tests::notANumber();
  SilentProgress progress;
  for (const auto& after : {there.view(), holes.view(), PointsView{}}) {
    const auto change = m3c2(here.view(), after, {}, progress);
    ASSERT_FALSE(change);
    EXPECT_EQ(change.error().code, ErrorCode::bad_input);
    EXPECT_FALSE(cloudToCloud(here.view(), after, {}, progress));
  }
  EXPECT_FALSE(m3c2(here.view(), here.view(), {.reach_m = 0}, progress));
  EXPECT_FALSE(cloudToMesh(here.view(), model::Geometry{}, {}, progress));
}

TEST(MeasureChange, CanBeCancelled) {
  struct Impatient final : Progress {
    void report(double, std::string_view) override {}
    bool cancelled() const override { return true; }
  } progress;
  const auto here = tests::scattered(5, 5, 40, 0, 13, tilted);
  const auto change = m3c2(here.view(), here.view(), {}, progress);
  ASSERT_FALSE(change);
  EXPECT_EQ(change.error().code, ErrorCode::cancelled);
}

TEST(MeasureStatistics, StudentsTIsThatOfTheTables) {
  EXPECT_NEAR(student95(3), 3.182, 0.016);
  EXPECT_NEAR(student95(5), 2.571, 0.005);
  EXPECT_NEAR(student95(10), 2.228, 0.002);
  EXPECT_NEAR(student95(30), 2.042, 0.001);
  EXPECT_NEAR(student95(1e9), 1.960, 0.001);
}

}  // namespace
}  // namespace hashimichi::measure
