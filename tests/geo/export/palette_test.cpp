#include "geo/export/palette.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace hashimichi::exporting {
namespace {

using Linear = std::array<double, 3>;
using Matrix = std::array<std::array<double, 3>, 3>;

// Machado, Oliveira & Fernandes 2009, severity 1.0, for linear RGB.
constexpr Matrix protanopia{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix deuteranopia{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix tritanopia{
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};
constexpr Matrix normal{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};

Linear linearOf(Rgb c) {
  const auto one = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  return {one(c.r / 255.0), one(c.g / 255.0), one(c.b / 255.0)};
}

Linear seen(const Matrix& m, const Linear& c) {
  Linear out{};
  for (std::size_t i = 0; i < 3; ++i) out[i] = std::clamp(m[i][0] * c[0] + m[i][1] * c[1] + m[i][2] * c[2], 0.0, 1.0);
  return out;
}

struct Lab {
  double l, a, b;
};
Lab labOf(const Linear& c) {
  const double x = (0.4124564 * c[0] + 0.3575761 * c[1] + 0.1804375 * c[2]) / 0.95047;
  const double y = 0.2126729 * c[0] + 0.7151522 * c[1] + 0.0721750 * c[2];
  const double z = (0.0193339 * c[0] + 0.1191920 * c[1] + 0.9503041 * c[2]) / 1.08883;
  const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
  return {116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))};
}

/// CIEDE2000 (Sharma, Wu & Dalal 2005).
double deltaE(const Lab& p, const Lab& q) {
  const double degree = std::numbers::pi / 180, c_mean = (std::hypot(p.a, p.b) + std::hypot(q.a, q.b)) / 2;
  const double g = 0.5 * (1 - std::sqrt(std::pow(c_mean, 7) / (std::pow(c_mean, 7) + std::pow(25.0, 7))));
  const double a1 = (1 + g) * p.a, a2 = (1 + g) * q.a, c1 = std::hypot(a1, p.b), c2 = std::hypot(a2, q.b);
  const auto hue = [&](double b, double a) {
    return a == 0 && b == 0 ? 0.0 : std::fmod(std::atan2(b, a) / degree + 360, 360);
  };
  const double h1 = hue(p.b, a1), h2 = hue(q.b, a2);
  double dh = h2 - h1;
  if (c1 * c2 == 0)
    dh = 0;
  else if (dh > 180)
    dh -= 360;
  else if (dh < -180)
    dh += 360;
  const double dl = q.l - p.l, dc = c2 - c1, dh_big = 2 * std::sqrt(c1 * c2) * std::sin(dh / 2 * degree);
  const double l = (p.l + q.l) / 2, c = (c1 + c2) / 2;
  double h = h1 + h2;
  if (c1 * c2 != 0) h = std::abs(h1 - h2) <= 180 ? h / 2 : (h < 360 ? (h + 360) / 2 : (h - 360) / 2);
  const double t = 1 - 0.17 * std::cos((h - 30) * degree) + 0.24 * std::cos(2 * h * degree) +
                   0.32 * std::cos((3 * h + 6) * degree) - 0.20 * std::cos((4 * h - 63) * degree);
  const double sl = 1 + 0.015 * (l - 50) * (l - 50) / std::sqrt(20 + (l - 50) * (l - 50)), sc = 1 + 0.045 * c,
               sh = 1 + 0.015 * c * t;
  const double rt = -2 * std::sqrt(std::pow(c, 7) / (std::pow(c, 7) + std::pow(25.0, 7))) *
                    std::sin(60 * degree * std::exp(-std::pow((h - 275) / 25, 2)));
  return std::sqrt(std::pow(dl / sl, 2) + std::pow(dc / sc, 2) + std::pow(dh_big / sh, 2) +
                   rt * (dc / sc) * (dh_big / sh));
}

double leastDistance(const std::vector<Rgb>& colours, const Matrix& eye) {
  double least = 1e9;
  for (std::size_t i = 0; i < colours.size(); ++i)
    for (std::size_t j = i + 1; j < colours.size(); ++j)
      least = std::min(least, deltaE(labOf(seen(eye, linearOf(colours[i]))), labOf(seen(eye, linearOf(colours[j])))));
  return least;
}

const std::vector<Rgb> ranks(rank_colours.begin() + 1, rank_colours.end());
std::vector<Rgb> soundnesses() {
  using enum assets::Soundness;
  return {soundnessColour(IV), soundnessColour(III), soundnessColour(II), soundnessColour(I)};
}

TEST(Ciede2000, AgreesWithThePublishedTestData) {
  // Sharma et al., supplementary table, pairs 1, 7 and 25.
  EXPECT_NEAR(deltaE({50, 2.6772, -79.7751}, {50, 0, -82.7485}), 2.0425, 1e-4);
  EXPECT_NEAR(deltaE({50, 0, 0}, {50, -1, 2}), 2.3669, 1e-4);
  EXPECT_NEAR(deltaE({60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}), 1.2644, 1e-4);
}

TEST(RankColours, StayApartForEveryEye) {
  for (const Matrix& eye : {normal, protanopia, deuteranopia, tritanopia}) {
    EXPECT_GE(leastDistance(ranks, eye), 10);
    EXPECT_GE(leastDistance(soundnesses(), eye), 10);
  }
}

TEST(RankColours, GetLighterWithLessUrgencySoThatACopierKeepsTheOrder) {
  for (const std::vector<Rgb>& colours : {ranks, soundnesses()})
    for (std::size_t i = 0; i + 1 < colours.size(); ++i)
      EXPECT_LT(labOf(linearOf(colours[i])).l, labOf(linearOf(colours[i + 1])).l);
}

TEST(NoData, NeverLooksLikeARank) {
  for (const Rgb& colour : ranks) EXPECT_GE(leastDistance({colour, no_data}, normal), 10);
}

}  // namespace
}  // namespace hashimichi::exporting
