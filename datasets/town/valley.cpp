#include "datasets/town/valley.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "datasets/town/random.h"

namespace hashimichi::datasets {
namespace {

constexpr double floor_m = 26, floor_gradient = 0.0032;  // of the valley floor, rising upstream (east)
constexpr double plain_gradient = 0.012;                 // away from the river
constexpr double bank_height_m = 0.6, water_below_floor_m = 2.6, bed_below_floor_m = 4.0;

double floorHeight(double x) {
  return floor_m + floor_gradient * (x + cell_m / 2);
}

double hump(double distance, double width) {
  return std::exp(-(distance / width) * (distance / width));
}

/// The pass of the main road lies lower than the ridge; side valleys (hamlets) end below it. t: 0 foot … 1 ridge.
double sideValley(double u, double t, bool north) {
  const double pass = 0.5 * hump(u, 130), below_ridge = 1 - smoothStep(0.6, 1, t);
  return std::max(pass, below_ridge * (north ? std::max(0.72 * hump(u + 560, 120), 0.66 * hump(u - 640, 130))
                                             : std::max(0.70 * hump(u + 700, 120), 0.62 * hump(u - 520, 140))));
}

}  // namespace

int cellOf(double coordinate) {
  return static_cast<int>(std::floor(coordinate / cell_m + 0.5));
}
double withinCell(double coordinate) {
  return coordinate - cell_m * cellOf(coordinate);
}

Window windowFor(double scale) {
  if (scale < 1) {
    const double half = 0.5 * cell_m * std::sqrt(scale);
    const double y = river_v_m * (1 - std::sqrt(scale));
    return {-half, y - half, half, y + half};
  }
  const double rows = std::floor(std::sqrt(scale));
  return {-cell_m / 2, -cell_m / 2, -cell_m / 2 + cell_m * scale / rows, -cell_m / 2 + cell_m * rows};
}

double Valley::bend(double x) {
  const double a = 2 * std::numbers::pi * x / cell_m;  // its slope is 0 under every main street: the bridge is square
  return 45 * std::cos(a) + 16 * std::cos(3 * a) + 14 * (std::sin(2 * a) - 2 * std::sin(a)) - 61;
}

Vec3d Valley::place(PlanPoint plan) const {
  const double v = withinCell(plan.v);
  const double calm = smoothStep(90, 230, std::abs(v - river_v_m));  // streets near the river follow it
  const double hill = std::max(smoothStep(600, 760, v), smoothStep(-640, -780, v));
  const double x =
      plan.u +
      calm * (17 * noise(seed_ + 11, plan.u / 300, plan.v / 300) + 3.2 * noise(seed_ + 14, plan.u / 85, plan.v / 85)) +
      hill * 42 * std::sin(plan.v / 52 + 3 * unitOf(seed_, 12, cellOf(plan.v)));
  const double y = plan.v + calm * (17 * noise(seed_ + 13, plan.u / 290, plan.v / 290) +
                                    3.2 * noise(seed_ + 15, plan.u / 80, plan.v / 80));
  return {x, y + bend(x), 0};
}

PlanPoint Valley::planOf(double x, double y) const {
  PlanPoint plan{x, y - bend(x)};
  for (int i = 0; i < 4; ++i) {
    const Vec3d at = place(plan);
    plan.u += x - at.x;
    plan.v += y - at.y;
  }
  return plan;
}

double Valley::fromRiver(double x, double y) const {
  return withinCell(y - bend(x)) - river_v_m;
}

double Valley::hilliness(double x, double y) const {
  const double v = withinCell(y - bend(x));
  const double foot = 55 * noise(seed_ + 21, x / 260, y / 260);
  return std::max(smoothStep(north_foot_v_m + foot, north_foot_v_m + foot + 60, v),
                  smoothStep(south_foot_v_m + foot, south_foot_v_m + foot - 60, v));
}

double Valley::hillRise(double x, double y, double across) const {
  const double v = withinCell(across);
  const double foot = 55 * noise(seed_ + 21, x / 260, y / 260);
  const bool north = v > 0;
  const double edge = (north ? north_foot_v_m : -south_foot_v_m) + foot * (north ? 1 : -1);
  const double t = (std::abs(v) - edge) / (cell_m / 2 - edge);
  if (t <= 0) return 0;
  const double shape = 0.72 + 0.5 * fractalNoise(seed_ + 22, x / 230, y / 230);
  return 92 * smoothStep(-0.12, 1.0, t) * smoothStep(0, 0.2, t) * shape * (1 - sideValley(withinCell(x), t, north));
}

double Valley::ground(double x, double y) const {
  const double across = y - bend(x);
  const double d = std::abs(withinCell(across) - river_v_m);
  double z = floorHeight(x) + plain_gradient * std::clamp(d - 80, 0.0, 420.0) + hillRise(x, y, across);
  z += 0.35 * noise(seed_ + 23, x / 90, y / 90) * smoothStep(90, 160, d);
  const double beside_crown = std::abs(d - levee_axis_m) - levee_half_crown_m;
  return z + levee_height_m * (1 - std::clamp(beside_crown / 6.5, 0.0, 1.0));
}

double Valley::riverCut(double x, double y) const {
  const double d = fromRiver(x, y);
  if (std::abs(d) > 60) return 0;
  const double terrace = -bank_height_m * smoothStep(60, 57, std::abs(d)) + 0.25 * noise(seed_ + 24, x / 25, y / 25);
  const double channel = std::abs(d - 9 * std::sin(x / 130));
  return terrace -
         (bed_below_floor_m - bank_height_m) * smoothStep(channel_half_width_m + 5, channel_half_width_m - 2, channel);
}

double Valley::waterLevel(double x) const {
  return floorHeight(x) - water_below_floor_m;
}

bool Valley::inChannel(double x, double y) const {
  const double d = fromRiver(x, y);
  return std::abs(d) < 60 && std::abs(d - 9 * std::sin(x / 130)) < channel_half_width_m + 1.5;
}

}  // namespace hashimichi::datasets
