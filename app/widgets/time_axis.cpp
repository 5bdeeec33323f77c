#include "app/widgets/time_axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace hashimichi::app {
namespace {

constexpr std::int64_t hour_s = 3600, day_s = 24 * hour_s;
constexpr std::array<std::int64_t, 9> steps_s{hour_s,    3 * hour_s, 6 * hour_s, 12 * hour_s, day_s,
                                              2 * day_s, 7 * day_s,  14 * day_s, 30 * day_s};

}  // namespace

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

double shareOfSpan(Instant at, Instant first, Instant last) {
  if (last <= first) return 0;
  const double share = static_cast<double>(at.unix_s - first.unix_s) / static_cast<double>(last.unix_s - first.unix_s);
  return std::clamp(share, 0.0, 1.0);
}

}  // namespace hashimichi::app
