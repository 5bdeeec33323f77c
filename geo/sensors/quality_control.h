#pragma once
#include "geo/sensors/series.h"

namespace hashimichi::sensors {

/// Plausibility of one sensor's own values (DOMAIN B.10: range, step, persistence; a value that fails the first is not
/// asked the next). Flags and reasons are set in place, nothing is removed; values that came flagged suspect, bad or
/// missing stay so. `Observation::reason` becomes a key for assess::describe: "qc.range", "qc.step", "qc.stuck".
///
/// Steps are judged against the last accepted value. Depth limits are per hour of elapsed time; temperature, humidity
/// and wind limits are per 10 minutes and grow with the square root of the time between values. Snow depth is never
/// called stuck by itself, because lying snow may rest for days; see `stuckBesideRisingNeighbours`.
/// Forecasts are left alone.
void checkQuality(Series& series);

/// A depth gauge that has not moved at all for `stuck_hours` before `until` while its neighbours rose is stuck.
/// @param neighbour_rise_cm  median rise of the other gauges in the same hours
bool stuckBesideRisingNeighbours(const Series& depth, Instant until, double neighbour_rise_cm);
/// Hours that stuckBesideRisingNeighbours looks back over.
inline constexpr double stuck_hours = 6;
/// Rise of the neighbours that a working gauge cannot miss: above gauge noise of 1 cm and local differences.
inline constexpr double unmissable_rise_cm = 5;

/// The usual time between values (median), at least 10 min; 1 h when there are fewer than two values.
double intervalHours(const Series& series);

inline bool isUsable(Flag flag) {
  return flag == Flag::good || flag == Flag::not_checked || flag == Flag::estimated;
}

}  // namespace hashimichi::sensors
