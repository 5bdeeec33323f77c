#include "app/widgets/time_axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace hashimichi::app {
namespace {

constexpr std::int64_t hour_s = 3600, day_s = 24 * hour_s;
constexpr std::array<std::int64_t, 9> steps_s{hour_s,    3 * hour_s, 6 * hour_s, 12 * hour_s, day_s,
                                              2 * day_s, 7 * day_s,  14 * day_s, 30 * day_s};

}  // namespace

bool usableForPlots(const sensors::Observation& value) {
  return std::isfinite(value.value) && value.flag != sensors::Flag::bad && value.flag != sensors::Flag::missing;
}

std::vector<TimeTick> timeTicks(Instant first, Instant last, int most) {
  std::vector<TimeTick> ticks;
  if (last <= first || most < 1) return ticks;
  const std::int64_t span = last.unix_s - first.unix_s;
  std::int64_t step = steps_s.back();
  for (const std::int64_t candidate : steps_s)
    if (span / candidate < most) {
      step = candidate;
      break;
    }
  while (span / step >= most) step *= 2;
  // Multiples are counted on Japan's clock, so that a day begins at its midnight.
  const std::int64_t local_first = first.unix_s + jst_offset_s;
  for (std::int64_t local = (local_first + step - 1) / step * step; local - jst_offset_s <= last.unix_s;
       local += step) {
    const Instant at{local - jst_offset_s};
    const ClockTime clock = toClock(at);
    const bool midnight = local % day_s == 0;
    ticks.push_back(
        {at, midnight ? fmt::format("{}/{}", clock.date.month, clock.date.day) : fmt::format("{:02}", clock.hour),
         midnight});
  }
  return ticks;
}

std::vector<TimeGap> gapsOf(std::span<const sensors::Series* const> series, Instant first, Instant now) {
  std::vector<Instant> known;
  for (const sensors::Series* one : series) {
    if (one->isForecast()) continue;
    for (const sensors::Observation& value : one->values)
      if (usableForPlots(value) && first <= value.time && value.time <= now) known.push_back(value.time);
  }
  std::ranges::sort(known);
  known.push_back(now);
  std::vector<TimeGap> gaps;
  Instant before = first;
  for (const Instant time : known) {
    if (hoursBetween(before, time) > gap_hours) gaps.push_back({before, time});
    before = time;
  }
  return gaps;
}

std::vector<Instant> alertsOf(std::span<const sensors::Series> series, double trigger_cm) {
  std::vector<Instant> alerts;
  for (const sensors::Series& one : series) {
    if (one.quantity != sensors::Quantity::snow_depth_cm) continue;
    bool below = true;
    for (const sensors::Observation& value : one.values) {
      if (!usableForPlots(value)) continue;
      if (below && value.value >= trigger_cm) alerts.push_back(value.time);
      below = value.value < trigger_cm;
    }
  }
  std::ranges::sort(alerts);
  const auto rest = std::ranges::unique(alerts);
  alerts.erase(rest.begin(), rest.end());
  return alerts;
}

double shareOfSpan(Instant at, Instant first, Instant last) {
  if (last <= first) return 0;
  const double share = static_cast<double>(at.unix_s - first.unix_s) / static_cast<double>(last.unix_s - first.unix_s);
  return std::clamp(share, 0.0, 1.0);
}

}  // namespace hashimichi::app
