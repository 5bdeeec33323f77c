#include "geo/sensors/quality_control.h"

#include <gtest/gtest.h>

namespace hashimichi::sensors {
namespace {

Instant at(const char* text) {
  return *parseInstant(text);
}

Series hourly(Quantity quantity, const std::vector<double>& values, const char* first = "2026-01-15T00:00+09:00") {
  Series series{"S1", quantity, std::nullopt, {}, {}};
  for (std::size_t i = 0; i < values.size(); ++i)
    series.values.push_back({at(first).plusHours(static_cast<double>(i)), values[i], Flag::not_checked, {}});
  return series;
}

TEST(QualityControl, AValueOutsideTheRangeIsBadAndItsNeighboursStay) {
  Series depth = hourly(Quantity::snow_depth_cm, {40, 41, 999, 42});
  checkQuality(depth);
  EXPECT_EQ(depth.values[2].flag, Flag::bad);
  EXPECT_EQ(depth.values[2].reason, "qc.range");
  EXPECT_EQ(depth.values[3].flag, Flag::not_checked);
}

TEST(QualityControl, ADepthThatJumpsEightyCentimetresIsBadForAsLongAsItStays) {
  Series depth = hourly(Quantity::snow_depth_cm, {40, 41, 121, 121, 122, 122, 123, 123, 124, 124, 125, 125});
  checkQuality(depth);
  for (std::size_t i = 2; i < depth.values.size(); ++i) {
    EXPECT_FALSE(isUsable(depth.values[i].flag)) << i;
    EXPECT_EQ(depth.values[i].reason, "qc.step");
  }
}

TEST(QualityControl, ASpikeIsFlaggedAloneAndTheRecordGoesOn) {
  Series depth = hourly(Quantity::snow_depth_cm, {40, 41, 121, 43, 44});
  checkQuality(depth);
  EXPECT_EQ(depth.values[2].flag, Flag::bad);
  EXPECT_TRUE(isUsable(depth.values[3].flag));
}

TEST(QualityControl, ElevenCentimetresInAnHourAreSuspectTwentyOneAreBad) {
  Series suspect = hourly(Quantity::snow_depth_cm, {40, 51});
  checkQuality(suspect);
  EXPECT_EQ(suspect.values[1].flag, Flag::suspect);
  Series bad = hourly(Quantity::snow_depth_cm, {40, 61});
  checkQuality(bad);
  EXPECT_EQ(bad.values[1].flag, Flag::bad);
}

TEST(QualityControl, SnowThatFellDuringATrueGapIsAccepted) {
  Series depth = hourly(Quantity::snow_depth_cm, {40, 75});
  depth.values[1].time = depth.values[0].time.plusHours(6);  // 35 cm in 6 h: within 10 cm/h
  checkQuality(depth);
  EXPECT_TRUE(isUsable(depth.values[1].flag));
}

TEST(QualityControl, AirTemperatureThatStandsStillForHoursIsStuckButNoisyOneIsNot) {
  Series stuck = hourly(Quantity::air_temperature_c, {-2, -2, -2, -2, -2, -2, -2, -2});
  checkQuality(stuck);
  EXPECT_EQ(stuck.values[3].reason, "qc.stuck");
  Series alive = hourly(Quantity::air_temperature_c, {-2, -2.2, -2.1, -2.4, -2.3, -2.1, -2, -1.8});
  checkQuality(alive);
  for (const Observation& o : alive.values) EXPECT_TRUE(isUsable(o.flag));
}

TEST(QualityControl, LyingSnowMayRestForDaysWithoutBeingStuck) {
  Series depth = hourly(Quantity::snow_depth_cm, std::vector<double>(48, 40));
  checkQuality(depth);
  for (const Observation& o : depth.values) EXPECT_TRUE(isUsable(o.flag));
}

TEST(QualityControl, AGaugeAtRestIsStuckOnlyWhileItsNeighboursRise) {
  const Series depth = hourly(Quantity::snow_depth_cm, std::vector<double>(12, 40));
  const Instant end = at("2026-01-15T11:00+09:00");
  EXPECT_TRUE(stuckBesideRisingNeighbours(depth, end, 9));
  EXPECT_FALSE(stuckBesideRisingNeighbours(depth, end, 4));
  Series moving = depth;
  moving.values.back().value = 41;
  EXPECT_FALSE(stuckBesideRisingNeighbours(moving, end, 9));
}

TEST(QualityControl, WhatTheProviderFlaggedStaysFlaggedAndForecastsAreLeftAlone) {
  Series depth = hourly(Quantity::snow_depth_cm, {40, 41});
  depth.values[1].flag = Flag::suspect;
  checkQuality(depth);
  EXPECT_EQ(depth.values[1].flag, Flag::suspect);
  EXPECT_TRUE(depth.values[1].reason.empty());
  Series forecast = hourly(Quantity::new_snow_cm, {99});
  forecast.issued = at("2026-01-14T21:00+09:00");
  checkQuality(forecast);
  EXPECT_EQ(forecast.values[0].flag, Flag::not_checked);
}

TEST(QualityControl, NotANumberIsOutOfRange) {
  Series depth = hourly(Quantity::snow_depth_cm, {40, std::numeric_limits<double>::quiet_NaN(), 41});
  checkQuality(depth);
  EXPECT_EQ(depth.values[1].flag, Flag::bad);
}

TEST(Interval, IsTheMedianGapAndAnHourWhereNothingTellsIt) {
  Series depth = hourly(Quantity::snow_depth_cm, {1, 2, 3, 4});
  depth.values.back().time = depth.values.back().time.plusHours(20);
  EXPECT_DOUBLE_EQ(intervalHours(depth), 1);
  EXPECT_DOUBLE_EQ(intervalHours(hourly(Quantity::snow_depth_cm, {1})), 1);
}

}  // namespace
}  // namespace hashimichi::sensors
