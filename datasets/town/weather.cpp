#include "datasets/town/weather.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "datasets/town/random.h"

namespace hashimichi::datasets {
namespace {

struct Site {
  const char* name;
  double u, v;
  double snow;         ///< share of the fall that this site gets
  double warmer_c;     ///< than the plain
  double old_snow_cm;  ///< on the 12th at midnight
};
constexpr Site sites[] = {{"橋道大橋", 0, -180, 0.42, 0.3, 14}, {"市役所", -140, 140, 0.58, 0.2, 28},
                          {"北山", -560, 620, 1.15, -1.1, 52},  {"南原", 660, -470, 0.85, -0.4, 36},
                          {"川原", -700, -400, 0.70, 0.0, 33},  {"上沢", 760, 430, 0.95, -0.6, 41}};
constexpr std::size_t faulty_site = 4, silent_site = 5;
constexpr int first_hour_of_night = 62, hours = 77;  // hour 0 is 2026-01-12T00:00, 76 is the 15th at 04:00

/// cm of new snow in the hour that ends at `hour`, where the share is 1: a light fall on the 12th, a pause, the night.
double fallInHour(int hour) {
  if (hour >= 14 && hour < 24) return 0.55;
  if (hour >= 36 && hour < 41) return 0.35;
  constexpr double night[] = {0.3, 0.4, 0.5, 0.7, 0.9, 1.2, 1.5, 1.9, 2.2, 2.4, 2.5, 2.3, 2.1, 1.9, 1.7};
  const int k = hour - first_hour_of_night;
  return k >= 0 && k < static_cast<int>(std::size(night)) ? night[k] : 0;
}

double plainTemperature(int hour) {
  const int clock = hour % 24;
  const double day = std::cos((clock - 14) / 24.0 * 2 * 3.14159265358979);
  const double mean = hour < 24 ? -0.6 : hour < 48 ? -0.2 : hour < 60 ? -0.8 : -1.4 - 0.07 * (hour - 60);
  return mean + (hour < 60 ? 1.5 : 0.6) * day;
}

double roundTo(double value, double step) {
  return std::round(value / step) * step;
}

HourlyReading read(std::size_t station, const Site& site, int hour, double depth, std::uint64_t seed) {
  Random random(hashOf(seed, 501, hour, static_cast<std::int64_t>(station)));
  HourlyReading reading;
  reading.time = fromClock({{2026, 1, 12}, 0, 0, 0}).plusHours(hour);
  reading.station = station;
  const double air = plainTemperature(hour) + site.warmer_c + random.range(-0.15, 0.15);
  reading.depth_cm = std::round(depth);
  reading.air_c = roundTo(air, 0.1);
  const double deck = station == 0 ? -0.9 : 0.5;  // a bridge deck has no warm ground below it
  reading.road_c = roundTo(std::min(air * 0.6 + deck + 0.2, hour > 63 ? 0.1 : 3.0) + random.range(-0.1, 0.1), 0.1);
  reading.rain_mm = roundTo(fallInHour(hour) * site.snow / 1.25, 0.5);
  return reading;
}

/// The faulty gauge sticks from the 13th at noon and jumps by 80 cm on the 14th at 22:00; the silent one is away from
/// the 14th at 19:00 to midnight, and single values are missing everywhere.
void damageReading(HourlyReading& reading, std::size_t site, int hour, double stuck_depth, std::uint64_t seed) {
  if (site == faulty_site && hour >= 36) reading.depth_cm = std::round(stuck_depth) + (hour >= 70 ? 80 : 0);
  if (site == silent_site && hour >= 67 && hour <= 72)
    reading.depth_cm = reading.air_c = reading.road_c = reading.rain_mm = std::nullopt;
  if (hour >= 72) return;
  if (unitOf(seed, 511, hour, static_cast<std::int64_t>(site)) < 0.012) reading.road_c = std::nullopt;
  if (unitOf(seed, 512, hour, static_cast<std::int64_t>(site)) < 0.008) reading.depth_cm = std::nullopt;
}

void addStations(Weather& weather, const std::vector<TownBridge>& bridges, const Land& land) {
  const Window& window = land.window();
  int number = 0;
  for (int row = cellOf(window.south); row <= cellOf(window.north - 1e-9); ++row)
    for (int cell = cellOf(window.west); cell <= cellOf(window.east - 1e-9); ++cell)
      for (std::size_t i = 0; i < std::size(sites); ++i) {
        Vec3d at = land.valley().place({cell * cell_m + sites[i].u, row * cell_m + sites[i].v});
        at.x = std::clamp(at.x, window.west + 5, window.east - 5),
        at.y = std::clamp(at.y, window.south + 5, window.north - 5);
        at.z = land.bank(at.x, at.y);
        if (i == 0)
          for (const TownBridge& bridge : bridges)
            if (bridge.length_m > 60 && distance2d(bridge.axis[8], at) < 100) at = along(bridge.axis, 12).place;
        const std::string suffix =
            number < static_cast<int>(std::size(sites)) ? "" : fmt::format("{}", number / std::size(sites) + 1);
        weather.stations.push_back({fmt::format("S{:03}", ++number), sites[i].name + suffix, at, i == 0});
      }
}

ForecastHour forecastAt(Instant issued, int hour) {
  ForecastHour forecast;
  forecast.time = issued.plusHours(hour);
  const int since_noon_12th = 75 + hour;  // hours since 2026-01-12T00:00
  const bool second_day = since_noon_12th >= 96;
  const double day = std::cos((since_noon_12th % 24 - 14) / 24.0 * 2 * 3.14159265358979);
  forecast.air_c =
      roundTo(second_day ? 2.1 + 2.6 * day + (since_noon_12th >= 100 ? 0.6 : -1.2) : -1.6 + 1.0 * day, 0.1);
  forecast.snow_cm = hour <= 4                  ? 1.8 - 0.2 * hour
                     : hour <= 9                ? 0.8 - 0.1 * (hour - 4)
                     : hour >= 14 && hour <= 18 ? 0.3
                                                : 0;
  const bool rain = since_noon_12th >= 111 && since_noon_12th <= 116;  // on the 16th in the afternoon
  forecast.rain_mm = rain ? 1.0 : roundTo(forecast.snow_cm / 1.25, 0.5);
  forecast.snow_cm = roundTo(forecast.snow_cm, 0.1);
  forecast.wind_ms = roundTo(2.5 + 1.8 * (hour < 8) + 1.1 * std::cos(hour / 7.0), 0.1);
  return forecast;
}

}  // namespace

Weather makeWeather(const std::vector<TownBridge>& bridges, const Land& land, std::uint64_t seed) {
  Weather weather;
  addStations(weather, bridges, land);
  std::vector<double> depth, stuck(weather.stations.size());
  for (std::size_t s = 0; s < weather.stations.size(); ++s) depth.push_back(sites[s % std::size(sites)].old_snow_cm);
  for (int hour = 0; hour < hours; ++hour)
    for (std::size_t s = 0; s < weather.stations.size(); ++s) {
      const std::size_t kind = s % std::size(sites);
      const double fall = fallInHour(hour) * sites[kind].snow;
      depth[s] = depth[s] * (fall > 0 ? 0.9995 : 0.9985) + fall * 0.97;  // settling
      if (hour == 36) stuck[s] = depth[s];
      HourlyReading reading = read(s, sites[kind], hour, depth[s], seed);
      damageReading(reading, kind, hour, stuck[s], seed);
      weather.readings.push_back(reading);
    }
  weather.issued = fromClock({{2026, 1, 15}, 3, 0, 0});
  for (int hour = 1; hour <= 48; ++hour) weather.forecast.push_back(forecastAt(weather.issued, hour));
  return weather;
}

}  // namespace hashimichi::datasets
