#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "datasets/town/bridges.h"
#include "datasets/town/land.h"
#include "geo/core/date_time.h"

namespace hashimichi::datasets {

struct TownStation {
  std::string id, name;
  Vec3d place;  ///< local frame; z height of the station
  bool on_bridge = false;
};

/// One hour at one station; what is missing was never transmitted.
struct HourlyReading {
  Instant time;
  std::size_t station = 0;
  std::optional<double> depth_cm, air_c, road_c, rain_mm;
};

struct ForecastHour {
  Instant time;
  double snow_cm = 0, air_c = 0, rain_mm = 0, wind_ms = 0;
};

struct Weather {
  std::vector<TownStation> stations;
  std::vector<HourlyReading> readings;  ///< hour by hour, in the order of the stations
  Instant issued;
  std::vector<ForecastHour> forecast;
};

/// A heavy fall in the night to 2026-01-15: readings from 2026-01-12T00:00 to 2026-01-15T04:00 JST, forecast issued at
/// 03:00 for the 48 hours from 04:00, with a thaw on the 16th. Six stations per town; one sticks and jumps, one falls
/// silent for hours.
Weather makeWeather(const std::vector<TownBridge>& bridges, const Land& land, std::uint64_t seed);

}  // namespace hashimichi::datasets
