#pragma once
#include <span>
#include <string>
#include <vector>

#include "geo/core/date_time.h"
#include "geo/sensors/series.h"

namespace hashimichi::app {

/// A mark on a time axis: a whole hour or day of Japan's clock.
struct TimeTick {
  Instant at;
  std::string text;  ///< "06" within a day, "1/15" at midnight
  bool midnight = false;
};

/// At most `most` marks, at 1, 3, 6, 12 h, 1, 2, 7, 14, 30 days, on whole multiples from midnight in Japan.
std::vector<TimeTick> timeTicks(Instant first, Instant last, int most);

/// 0…1 of the way from first to last; 0 where the span is empty.
double shareOfSpan(Instant at, Instant first, Instant last);

/// Not flagged bad or missing, and a number.
bool usableForPlots(const sensors::Observation& value);

/// A stretch of the past of which nothing usable is known.
struct TimeGap {
  Instant from, to;
  bool operator==(const TimeGap&) const = default;
};
/// Longer than this between two usable values is a gap: twice the usual hour.
inline constexpr double gap_hours = 2;
/// Where none of the observed series (forecasts are left out) has a usable value for more than gap_hours, between
/// `first` and `now`; all of it where there are none at all.
std::vector<TimeGap> gapsOf(std::span<const sensors::Series* const> series, Instant first, Instant now);

/// When a snow depth, observed or forecast, first reaches a depth after it was below: the moments to look at. In order,
/// each once.
std::vector<Instant> alertsOf(std::span<const sensors::Series> series, double trigger_cm);

}  // namespace hashimichi::app
