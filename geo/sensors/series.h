#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/date_time.h"
#include "geo/core/geometry.h"

namespace hashimichi::sensors {

/// What is measured; the unit belongs to the quantity.
enum class Quantity {
  snow_depth_cm,  ///< depth of all snow on the ground
  new_snow_cm,    ///< snowfall of the preceding interval
  air_temperature_c,
  road_temperature_c,
  precipitation_mm,  ///< of the preceding interval, water equivalent
  wind_speed_ms,
  relative_humidity_pct,
  dew_point_c,
  solar_wm2,      ///< on the horizontal, from above
  water_level_m,  ///< above the gauge's own zero, or T.P. where the station says so
  tilt_deg,
  displacement_mm,
  frequency_hz,  ///< of a structure's first mode
};
const char* toString(Quantity quantity);  ///< "snow_depth_cm", …
const char* unitOf(Quantity quantity);    ///< "cm", "°C", "mm", …
/// Column heads of Japanese and English tables (積雪深, 気温, 路面温度, 降水量, 新雪, snow_depth_cm …).
std::optional<Quantity> quantityFrom(std::string_view text);

/// OGC / QARTOD scale (DOMAIN B.10).
enum class Flag : unsigned char { good = 0, not_checked = 1, suspect = 2, bad = 3, estimated = 4, missing = 9 };

struct Station {
  std::string id, name, source;
  Vec3d position;  ///< local frame; z = height of the station
  bool on_bridge = false;
};

struct Observation {
  Instant time;
  double value = 0;
  Flag flag = Flag::not_checked;
  std::string reason;  ///< why it was flagged, empty when good
};

/// One quantity of one station, oldest first. A forecast has `issued` set and holds times after it.
struct Series {
  std::string station_id;
  Quantity quantity = Quantity::snow_depth_cm;
  std::optional<Instant> issued;
  std::vector<Observation> values;
  std::string source;

  bool isForecast() const { return issued.has_value(); }
};

/// The newest usable value (flag good, not checked or estimated) at or before a time and not older than `max_age_h`.
const Observation* latestUsable(const Series& series, Instant at, double max_age_h);

}  // namespace hashimichi::sensors
