#pragma once
#include <optional>
#include <string>
#include <vector>

#include "geo/assess/snow/profile.h"
#include "geo/model/city_model.h"

namespace hashimichi::assess::snow {

/// The span that a ranking looks at, on a grid of ten minutes: from the assumed last pass to the moment asked about.
struct Span {
  Instant from;         ///< last finish time before `at`
  Instant known_until;  ///< newest snow observation at or before `at`; observations never reach past it
  Instant at;
  std::size_t steps() const;               ///< grid points, both ends included
  Instant timeOf(std::size_t step) const;  ///< the last one is `at` itself
};

enum class GaugeMethod {
  depth,          ///< rise of a snow-depth gauge
  new_snow,       ///< snowfall as the station reports it
  precipitation,  ///< water, turned into snow by temperature and density
};

/// Snow since the last pass at one station.
struct Gauge {
  std::size_t station = 0;  ///< in model.stations
  GaugeMethod method = GaugeMethod::depth;
  std::vector<double> rise_cm;  ///< cumulative at each grid step; flat after the newest observation
  Instant newest;
  double rise() const { return rise_cm.back(); }
};

/// A station that cannot be used, with the reason code for the sentence ("snow.station_stale") and its hours or cm.
struct LeftOut {
  std::size_t station = 0;
  std::string code;
  double value = 0;
};

struct Gauges {
  Span span;
  std::vector<Gauge> used;
  std::vector<LeftOut> left_out;
};

/// Reads every station once. Values are quality-checked first (DOMAIN B.10); a station whose newest usable value is
/// older than three intervals, whose record was rejected, or that did not see the whole span, is left out by name.
Gauges readGauges(const model::CityModel& model, const Profile& profile, Instant at);

/// Temperatures that count at `span.known_until`, one per station.
struct Thermometer {
  Vec3d position;
  double value_c = 0;
  bool on_bridge = false;
};
std::vector<Thermometer> readThermometers(const model::CityModel& model, sensors::Quantity quantity, Instant at);

/// How old an observation may be, in intervals of its series (DOMAIN B.10, timeliness).
inline constexpr double stale_intervals = 3;

}  // namespace hashimichi::assess::snow
