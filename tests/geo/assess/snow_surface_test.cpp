#include "geo/assess/snow/snow_surface.h"

#include <gtest/gtest.h>

#include <cmath>

namespace hashimichi::assess::snow {
namespace {

const Instant now = *parseInstant("2026-01-15T04:00+09:00");

void addGauge(model::CityModel& town, const std::string& id, Vec3d place, double depth_cm, double age_h = 0) {
  town.stations.push_back({id, id, "drawn", place, false});
  sensors::Series series{id, sensors::Quantity::snow_depth_cm, std::nullopt, {}, "drawn"};
  for (int back = 6; back >= 0; --back)
    series.values.push_back({now.plusHours(-age_h - back), depth_cm, sensors::Flag::good, ""});
  town.series.push_back(series);
}

// Inverse square of 1 km and 2 km: shares 4/5 and 1/5, 0.8·30 + 0.2·80 = 40 cm.
TEST(SnowSurface, LiesBetweenTheGaugesAsInverseDistancesSay) {
  model::CityModel town;
  addGauge(town, "a", {0, 0, 0}, 30), addGauge(town, "b", {3000, 0, 0}, 80);
  EXPECT_NEAR(SnowSurface(town, now).depthAt({1000, 0, 0}), 40, 1e-9);
}

// +5 % for 100 m.
TEST(SnowSurface, IsDeeperHigherUp) {
  model::CityModel town;
  addGauge(town, "a", {0, 0, 0}, 60);
  EXPECT_NEAR(SnowSurface(town, now).depthAt({100, 0, 100}), 63, 1e-9);
}

TEST(SnowSurface, FarFromEveryGaugeOrFarAboveThemNothingIsKnown) {
  model::CityModel town;
  addGauge(town, "a", {0, 0, 0}, 60);
  SnowSurface surface(town, now);
  EXPECT_FALSE(std::isnan(surface.depthAt({9'900, 0, 0})));
  EXPECT_TRUE(std::isnan(surface.depthAt({10'100, 0, 0})));
  EXPECT_TRUE(std::isnan(surface.depthAt({100, 0, 320})));
}

TEST(SnowSurface, AnOldReadingIsNoReading) {
  model::CityModel town;
  addGauge(town, "a", {0, 0, 0}, 60, 4);
  EXPECT_EQ(SnowSurface(town, now).gauges(), 0u);
  EXPECT_TRUE(std::isnan(SnowSurface(town, now).depthAt({0, 0, 0})));
}

TEST(SnowSurface, BareGroundIsZeroAndKnown) {
  model::CityModel town;
  addGauge(town, "a", {0, 0, 0}, 0);
  EXPECT_EQ(SnowSurface(town, now).depthAt({10, 0, 0}), 0);
}

}  // namespace
}  // namespace hashimichi::assess::snow
