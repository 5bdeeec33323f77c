#include "geo/sensors/series.h"

#include <algorithm>
#include <array>

#include "geo/core/text.h"

namespace hashimichi::sensors {
namespace {

struct Row {
  Quantity quantity;
  const char* key;
  const char* unit;
  std::array<std::string_view, 4> spellings;
};
// New snow stands before snow depth: "新積雪" contains both.
constexpr std::array<Row, 13> rows{{
    {Quantity::new_snow_cm, "new_snow_cm", "cm", {"降雪", "新雪", "新積雪", "snowfall"}},
    {Quantity::snow_depth_cm, "snow_depth_cm", "cm", {"積雪", "snow_depth", "snowheight", "snow depth"}},
    {Quantity::road_temperature_c, "road_temperature_c", "°C", {"路面温度", "路温", "road_temp", "road temp"}},
    {Quantity::air_temperature_c, "air_temperature_c", "°C", {"気温", "外気温", "air_temp", "air temp"}},
    {Quantity::precipitation_mm, "precipitation_mm", "mm", {"降水", "雨量", "precip", "rain"}},
    {Quantity::wind_speed_ms, "wind_speed_ms", "m/s", {"風速", "wind_speed", "windspeed", "wind speed"}},
    {Quantity::dew_point_c, "dew_point_c", "°C", {"露点", "dew_point", "dewpoint", "dew point"}},
    {Quantity::solar_wm2, "solar_wm2", "W/m²", {"日射", "solar", "global_radiation", "irradiance"}},
    {Quantity::water_level_m, "water_level_m", "m", {"水位", "water_level", "waterlevel", "stage_m"}},
    {Quantity::tilt_deg, "tilt_deg", "°", {"傾斜", "tilt", "inclination", "傾き"}},
    {Quantity::displacement_mm, "displacement_mm", "mm", {"変位", "displacement", "deflection", "たわみ"}},
    {Quantity::frequency_hz, "frequency_hz", "Hz", {"固有振動数", "frequency", "振動数", "natural_freq"}},
    {Quantity::relative_humidity_pct, "relative_humidity_pct", "%", {"湿度", "humidity", "rh_", "rh("}},
}};

const Row& rowOf(Quantity quantity) {
  return *std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.quantity == quantity; });
}

}  // namespace

const char* toString(Quantity quantity) {
  return rowOf(quantity).key;
}
const char* unitOf(Quantity quantity) {
  return rowOf(quantity).unit;
}

std::optional<Quantity> quantityFrom(std::string_view raw) {
  const std::string text = toLower(normalizeWidth(trim(raw)));
  for (const Row& row : rows)
    if (text == row.key) return row.quantity;
  for (const Row& row : rows)
    for (const std::string_view spelling : row.spellings)
      if (text.find(spelling) != std::string::npos) return row.quantity;
  return std::nullopt;
}

const Observation* latestUsable(const Series& series, Instant at, double max_age_h) {
  const auto after = std::upper_bound(series.values.begin(), series.values.end(), at,
                                      [](Instant t, const Observation& o) { return t < o.time; });
  for (auto it = std::make_reverse_iterator(after); it != series.values.rend(); ++it) {
    if (hoursBetween(it->time, at) > max_age_h) return nullptr;
    if (it->flag == Flag::good || it->flag == Flag::not_checked || it->flag == Flag::estimated) return &*it;
  }
  return nullptr;
}

}  // namespace hashimichi::sensors
