#include "render/splat/splat.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <random>

namespace hashimichi::render::splat {
namespace {

constexpr int width_px = 320, height_px = 200;

/// Points of a node that own their memory.
struct Cloud {
  Vec3d origin, step_m;
  std::vector<std::uint16_t> x, y, z;
  std::vector<std::uint32_t> rgba;
  float size_px = 2, size_m = 0;

  void add(std::uint16_t px, std::uint16_t py, std::uint16_t pz, std::uint32_t colour) {
    x.push_back(px), y.push_back(py), z.push_back(pz), rgba.push_back(colour | 0xff000000U);
  }
  Draw draw() const { return {{origin, step_m, x, y, z, rgba}, size_px, size_m}; }
};

/// 50 km from the origin; some before, some beside and some behind the eye.
std::vector<Cloud> scattered(std::size_t nodes, std::size_t points_each) {
  std::mt19937 random(7);
  std::vector<Cloud> clouds(nodes);
  for (Cloud& cloud : clouds) {
    const auto place = [&] { return static_cast<double>(random() % 160) - 80; };
    cloud.origin = Vec3d{50'000, -30'000, 100} + Vec3d{place(), place(), place() / 8};
    cloud.step_m = {30.0 / 65535, 20.0 / 65535, 10.0 / 65535};
    for (std::size_t i = 0; i < points_each; ++i)
      cloud.add(static_cast<std::uint16_t>(random()), static_cast<std::uint16_t>(random()),
                static_cast<std::uint16_t>(random()), static_cast<std::uint32_t>(random()));
  }
  return clouds;
}

View lookingOver(bool orthographic = false) {
  CameraPose pose;
  pose.target = {50'000, -30'000, 100};
  pose.distance_m = 90, pose.elevation_deg = 25, pose.azimuth_deg = 33, pose.orthographic = orthographic;
  return viewOf(pose, 2, 400, width_px, height_px);
}

std::vector<Draw> drawsOf(const std::vector<Cloud>& clouds) {
  std::vector<Draw> draws;
  for (const Cloud& cloud : clouds) draws.push_back(cloud.draw());
  return draws;
}

/// One point after the other, one pixel after the other, in the float32 arithmetic that the header describes.
struct Naive {
  std::vector<std::uint64_t> cells =
      std::vector<std::uint64_t>(static_cast<std::size_t>(width_px) * height_px, std::uint64_t{1} << 63);

  static float along(const Draw& d, const View& v, Vec3d axis, double scale, double base, std::size_t i) {
    const Points& p = d.points;
    const auto a = static_cast<float>(axis.x * p.step_m.x * scale), b = static_cast<float>(axis.y * p.step_m.y * scale),
               c = static_cast<float>(axis.z * p.step_m.z * scale);
    const auto o = static_cast<float>((dot(p.origin - v.eye, axis) - base) * scale);
    return static_cast<float>(p.x[i]) * a + static_cast<float>(p.y[i]) * b + static_cast<float>(p.z[i]) * c + o;
  }

  void add(const Draw& d, const View& v) {
    const double base = v.orthographic ? v.near_m : 0;
    for (std::size_t i = 0; i < d.points.size(); ++i) {
      const float ahead = along(d, v, v.forward, 1, base, i);
      if (!(ahead > static_cast<float>(v.near_m - base) && ahead < static_cast<float>(v.far_m - base))) continue;
      const float share = v.orthographic ? 1.0f : 1.0f / ahead;
      const float px = along(d, v, v.right, v.scale, 0, i) * share + width_px / 2.0f;
      const float py = along(d, v, v.up, v.scale, 0, i) * share + height_px / 2.0f;
      float size = std::floor(d.size_px + 0.5f);
      if (d.size_m > 0)
        size = std::floor(std::clamp(static_cast<float>(d.size_m * v.scale) * share + 0.5f, 1.0f, 12.0f));
      if (px < -6 || px > width_px + 6 || py < -6 || py > height_px + 6) continue;
      const float shift = 16.5f - size * 0.5f;
      const int left = static_cast<int>(px + shift) - 16, low = static_cast<int>(py + shift) - 16;
      const std::uint64_t value = std::uint64_t{std::bit_cast<std::uint32_t>(ahead)} << 32 | d.points.rgba[i];
      for (int y = std::max(0, low); y < std::min(height_px, low + static_cast<int>(size)); ++y)
        for (int x = std::max(0, left); x < std::min(width_px, left + static_cast<int>(size)); ++x) {
          std::uint64_t& cell = cells[static_cast<std::size_t>(y * width_px + x)];
          cell = std::min(cell, value);
        }
    }
  }

  std::vector<std::uint32_t> rgba() const {
    std::vector<std::uint32_t> colours;
    for (const std::uint64_t cell : cells) colours.push_back(cell >> 63 ? 0 : static_cast<std::uint32_t>(cell));
    return colours;
  }
};

std::size_t inked(const Frame& frame) {
  return static_cast<std::size_t>(std::ranges::count_if(frame.rgba, [](std::uint32_t c) { return c != 0; }));
}

class SplatEqualsTheNaiveLoop : public testing::TestWithParam<std::tuple<bool, bool, float, float>> {};

TEST_P(SplatEqualsTheNaiveLoop, PixelForPixel) {
  const auto [orthographic, wide, size_px, size_m] = GetParam();
  std::vector<Cloud> clouds = scattered(40, 700);
  for (Cloud& cloud : clouds) cloud.size_px = size_px, cloud.size_m = size_m;
  const View view = lookingOver(orthographic);
  Naive naive;
  for (const Cloud& cloud : clouds) naive.add(cloud.draw(), view);
  Splatter splatter;
  for (const unsigned threads : {1U, 2U, 5U}) {
    const Frame& frame = splatter.draw(drawsOf(clouds), view, {.wide_simd = wide, .threads = threads});
    EXPECT_GT(inked(frame), 3000u);
    EXPECT_EQ(frame.rgba, naive.rgba()) << threads << " threads";
  }
}
INSTANTIATE_TEST_SUITE_P(AllWays, SplatEqualsTheNaiveLoop,
                         testing::Combine(testing::Bool(), testing::Bool(),
                                          testing::Values(1.0f, 2.0f, 3.0f, 7.0f, 12.0f), testing::Values(0.0f, 0.4f)));

/// One point straight ahead in the picture's middle.
Cloud onePoint(Vec3d place, float size_px) {
  Cloud cloud{place, {0.001, 0.001, 0.001}, {}, {}, {}, {}, size_px, 0};
  cloud.add(0, 0, 0, 0x0000ff);
  return cloud;
}

TEST(Splat, APointCoversItsSquareAndADiscLess) {
  const View view = lookingOver();
  Splatter splatter;
  for (int size = 1; size <= 12; ++size) {
    const Cloud cloud = onePoint({50'000, -30'000, 100}, static_cast<float>(size));
    const std::vector<Draw> draws{cloud.draw()};
    EXPECT_EQ(inked(splatter.draw(draws, view, {})), static_cast<std::size_t>(size * size));
    const std::size_t disc = inked(splatter.draw(draws, view, {.disc = true}));
    // The disc's area is π/4 of the square's; pixels are counted by their centres.
    EXPECT_NEAR(static_cast<double>(disc), size * size * 0.785, 1 + 1.1 * size) << size;
  }
}

TEST(Splat, DepthIsThatOfOpenGLsWindow) {
  Splatter splatter;
  CameraPose pose;
  pose.elevation_deg = 90, pose.distance_m = 100;
  const Cloud cloud = onePoint({0, 0, 60}, 1);  // 40 m before the eye
  const std::vector<Draw> draws{cloud.draw()};
  const auto nearest = [&](const View& view) { return std::ranges::min(splatter.draw(draws, view, {}).depth); };
  // Perspective, near 10, far 200: f/(f−n)·(1 − n/w) = 200/190·(1 − 10/40) = 0.789474
  EXPECT_NEAR(nearest(viewOf(pose, 10, 200, width_px, height_px)), 0.789474, 2e-6);
  pose.orthographic = true;
  // Orthographic: (40 − 10) / 190 = 0.157895
  EXPECT_NEAR(nearest(viewOf(pose, 10, 200, width_px, height_px)), 0.157895, 2e-6);
}

TEST(Splat, WhatLiesBeforeTheNearPlaneOrBehindTheFarOneIsNotDrawn) {
  Splatter splatter;
  CameraPose pose;
  pose.elevation_deg = 90, pose.distance_m = 100;
  for (const double z : {99.5, 101.0, 140.0, -150.0}) {
    const Cloud cloud = onePoint({0, 0, z}, 12);
    EXPECT_EQ(inked(splatter.draw(std::vector{cloud.draw()}, viewOf(pose, 1, 200, width_px, height_px), {})), 0u) << z;
  }
}

TEST(Splat, APointWithoutAlphaIsHidden) {
  Cloud cloud = onePoint({50'000, -30'000, 100}, 4);
  cloud.rgba[0] &= 0x00ffffffU;
  Splatter splatter;
  EXPECT_EQ(inked(splatter.draw(std::vector{cloud.draw()}, lookingOver(), {})), 0u);
}

/// A level floor of points 0.05 m apart seen from above, with a block of 2 m in its middle.
Cloud floorWithBlock(bool block) {
  Cloud cloud{{-20, -20, 0}, {0.001, 0.001, 0.001}, {}, {}, {}, {}, 3, 0};
  for (int y = 0; y < 800; ++y)
    for (int x = 0; x < 800; ++x) {
      const bool high = block && std::abs(x - 400) < 100 && std::abs(y - 400) < 100;
      cloud.add(static_cast<std::uint16_t>(50 * x), static_cast<std::uint16_t>(50 * y),
                static_cast<std::uint16_t>(high ? 2000 : 0), 0x00b4b4b4);
    }
  return cloud;
}

TEST(EyeDome, DarkensEdgesOnly) {
  CameraPose pose;
  pose.elevation_deg = 90, pose.distance_m = 50;
  Splatter splatter;
  for (const bool orthographic : {false, true}) {
    pose.orthographic = orthographic;
    const View view = viewOf(pose, 10, 100, width_px, height_px);
    const Cloud flat = floorWithBlock(false), stepped = floorWithBlock(true);
    const Frame even = splatter.draw(std::vector{flat.draw()}, view, {.eye_dome = true});
    EXPECT_GT(inked(even), 50'000u);
    // From above a level floor is nearly as far everywhere: nothing to shade.
    for (const std::uint32_t colour : even.rgba) ASSERT_TRUE(colour == 0 || (colour & 255) >= 0xb2u);
    const Frame with = splatter.draw(std::vector{stepped.draw()}, view, {.eye_dome = true});
    const Frame without = splatter.draw(std::vector{stepped.draw()}, view, {});
    std::size_t darker = 0, brighter = 0;
    for (std::size_t i = 0; i < with.rgba.size(); ++i) {
      darker += (with.rgba[i] & 255) + 40 < (without.rgba[i] & 255);
      brighter += (with.rgba[i] & 255) > (without.rgba[i] & 255);
    }
    EXPECT_EQ(brighter, 0u);
    // The block's outline is 4 · 10 m; a metre is 7.5 px: 300 px of edge, one or two pixels wide.
    EXPECT_GT(darker, 250u);
    EXPECT_LT(darker, 700u);
    EXPECT_EQ(with.depth, without.depth);
  }
}

TEST(EyeDome, IsTheSameOnEveryProcessor) {
  const std::vector<Cloud> clouds = scattered(40, 700);
  Splatter wide, portable;
  const View view = lookingOver();
  const Frame& a = wide.draw(drawsOf(clouds), view, {.eye_dome = true, .wide_simd = true, .threads = 3});
  const Frame& b = portable.draw(drawsOf(clouds), view, {.eye_dome = true, .wide_simd = false, .threads = 1});
  EXPECT_EQ(a.rgba, b.rgba);
  EXPECT_EQ(a.depth, b.depth);
}

}  // namespace
}  // namespace hashimichi::render::splat
