#include "geo/sensors/quality_control.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace hashimichi::sensors {
namespace {

enum class StepScale { per_hour, per_interval, root_10min, fixed };

/// DOMAIN B.10; zero switches a check off. Ranges and steps are defaults for Japan, not any agency's own.
struct Limits {
  double low, high;
  double step_up, step_down;
  StepScale scale;
  double stuck_change, stuck_h;
};

Limits limitsOf(Quantity quantity) {
  switch (quantity) {
    case Quantity::snow_depth_cm:
      return {-2, 600, 10, 15, StepScale::per_hour, 0, 0};
    case Quantity::new_snow_cm:
      return {0, 15, 0, 0, StepScale::per_interval, 0, 0};  // 15 cm in an hour is the physical upper bound
    case Quantity::air_temperature_c:
      return {-40, 40, 3, 3, StepScale::root_10min, 0.1, 1};
    case Quantity::road_temperature_c:
      return {-40, 80, 5, 5, StepScale::root_10min, 0.1, 2};
    case Quantity::precipitation_mm:
      return {0, 240, 0, 0, StepScale::per_interval, 0, 0};  // 40 mm in 10 minutes
    case Quantity::wind_speed_ms:
      return {0, 75, 20, 20, StepScale::fixed, 0.5, 1};
    case Quantity::relative_humidity_pct:
      return {0, 100, 10, 10, StepScale::root_10min, 1, 1};
    case Quantity::dew_point_c:
      return {-50, 35, 3, 3, StepScale::root_10min, 0.1, 1};
    case Quantity::solar_wm2:
      return {0, 1400, 0, 0, StepScale::per_interval, 0, 0};
    case Quantity::water_level_m:
      return {-20, 50, 0, 0, StepScale::per_interval, 0, 0};
    case Quantity::tilt_deg:
      return {-90, 90, 0, 0, StepScale::per_interval, 0, 0};
    case Quantity::displacement_mm:
      return {-10000, 10000, 0, 0, StepScale::per_interval, 0, 0};
    case Quantity::frequency_hz:
      return {0, 1000, 0, 0, StepScale::per_interval, 0, 0};
  }
  return {-1e9, 1e9, 0, 0, StepScale::fixed, 0, 0};
}

/// A run must hold this many values before it is called stuck: hourly records repeat a rounded value honestly.
constexpr std::size_t stuck_values = 7;
/// After a rejected value the allowance stops growing here, so that a jump that stays is not accepted by waiting.
constexpr double longest_allowance_h = 3;

void reject(Observation& observation, Flag flag, const char* reason) {
  observation.flag = flag;
  observation.reason = reason;
}

double highOf(const Limits& limits, double interval_h) {
  return limits.scale == StepScale::per_interval ? limits.high * std::max(interval_h, 1.0 / 6) : limits.high;
}

double allowance(const Limits& limits, bool up, double elapsed_h) {
  const double step = up ? limits.step_up : limits.step_down;
  switch (limits.scale) {
    case StepScale::per_hour:
      return step * elapsed_h;
    case StepScale::root_10min:
      return step * std::sqrt(std::max(1.0, elapsed_h * 6));
    case StepScale::per_interval:
    case StepScale::fixed:
      break;
  }
  return step;
}

void checkRange(Series& series, const Limits& limits) {
  const double high = highOf(limits, intervalHours(series));
  for (Observation& o : series.values)
    if (isUsable(o.flag) && !(o.value >= limits.low && o.value <= high)) reject(o, Flag::bad, "qc.range");
}

void checkStep(Series& series, const Limits& limits) {
  if (limits.step_up <= 0) return;
  const Observation* accepted = nullptr;
  bool rejected_since = false;
  for (Observation& o : series.values) {
    if (!isUsable(o.flag)) {
      rejected_since = rejected_since || o.flag != Flag::missing;
      continue;
    }
    if (accepted) {
      double elapsed_h = hoursBetween(accepted->time, o.time);
      if (rejected_since) elapsed_h = std::min(elapsed_h, longest_allowance_h);
      const double change = o.value - accepted->value;
      const double limit = allowance(limits, change > 0, elapsed_h);
      if (std::abs(change) > limit) {
        reject(o, std::abs(change) > 2 * limit ? Flag::bad : Flag::suspect, "qc.step");
        rejected_since = true;
        continue;
      }
    }
    accepted = &o;
    rejected_since = false;
  }
}

void checkStuck(Series& series, const Limits& limits) {
  if (limits.stuck_change <= 0) return;
  const bool humidity = series.quantity == Quantity::relative_humidity_pct;
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= series.values.size(); ++i) {
    const bool same =
        i < series.values.size() && std::abs(series.values[i].value - series.values[begin].value) < limits.stuck_change;
    if (same) continue;
    const double held_h = hoursBetween(series.values[begin].time, series.values[i - 1].time);
    const bool saturated = humidity && series.values[begin].value >= 95;  // fog and snowfall hold it there
    const bool calm = series.quantity == Quantity::wind_speed_ms && series.values[begin].value < limits.stuck_change;
    if (i - begin >= stuck_values && held_h >= limits.stuck_h && !saturated && !calm)
      for (std::size_t k = begin; k < i; ++k)
        if (isUsable(series.values[k].flag)) reject(series.values[k], Flag::suspect, "qc.stuck");
    begin = i;
  }
}

}  // namespace

double intervalHours(const Series& series) {
  if (series.values.size() < 2) return 1;
  std::vector<std::int64_t> gaps;
  gaps.reserve(series.values.size() - 1);
  for (std::size_t i = 1; i < series.values.size(); ++i)
    gaps.push_back(series.values[i].time.unix_s - series.values[i - 1].time.unix_s);
  const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
  std::nth_element(gaps.begin(), middle, gaps.end());
  return std::max(1.0 / 6, static_cast<double>(*middle) / 3600.0);
}

void checkQuality(Series& series) {
  if (series.isForecast()) return;
  const Limits limits = limitsOf(series.quantity);
  checkRange(series, limits);
  checkStep(series, limits);
  checkStuck(series, limits);
}

bool stuckBesideRisingNeighbours(const Series& depth, Instant until, double neighbour_rise_cm) {
  if (neighbour_rise_cm < unmissable_rise_cm) return false;
  const Observation* first = nullptr;
  const Observation* last = nullptr;
  for (const Observation& o : depth.values) {
    if (!isUsable(o.flag) || o.time > until || hoursBetween(o.time, until) > stuck_hours) continue;
    if (!first) first = &o;
    if (o.value != first->value) return false;
    last = &o;
  }
  return first && last && hoursBetween(first->time, last->time) >= stuck_hours / 2;
}

}  // namespace hashimichi::sensors
