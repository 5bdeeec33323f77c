#include "geo/assess/snow/windows.h"

#include <fmt/format.h>

#include <cassert>

#include "geo/core/text.h"

namespace hashimichi::assess::snow {
namespace {

constexpr std::int64_t day_s = 86400;

std::int64_t localDay(Instant instant) {
  const std::int64_t local_s = instant.unix_s + jst_offset_s;
  return local_s >= 0 ? local_s / day_s : -((-local_s + day_s - 1) / day_s);
}

}  // namespace

std::optional<TimeOfDay> parseTimeOfDay(std::string_view text) {
  const auto parts = split(trim(text), ':');
  if (parts.size() != 2) return std::nullopt;
  const auto hour = parseNumber(parts[0]);
  const auto minute = parseNumber(parts[1]);
  if (!hour || !minute || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59) return std::nullopt;
  const int whole_hour = static_cast<int>(*hour), whole_minute = static_cast<int>(*minute);
  if (whole_hour != *hour || whole_minute != *minute) return std::nullopt;
  return TimeOfDay{whole_hour * 60 + whole_minute};
}

Instant onDayOf(Instant instant, TimeOfDay time, int days) {
  return {(localDay(instant) + days) * day_s + time.minute * 60 - jst_offset_s};
}

std::string clockText(Instant instant) {
  const ClockTime clock = toClock(instant);
  return fmt::format("{:02}:{:02}", clock.hour, clock.minute);
}

Instant nextFinish(const std::vector<WorkWindow>& windows, Instant after) {
  assert(!windows.empty());
  std::optional<Instant> first;
  for (const WorkWindow& window : windows)
    for (int days = 0; days <= 1; ++days) {
      const Instant finish = onDayOf(after, window.finish, days);
      if (finish > after && (!first || finish < *first)) first = finish;
    }
  return *first;
}

Instant lastFinish(const std::vector<WorkWindow>& windows, Instant before) {
  assert(!windows.empty());
  std::optional<Instant> last;
  for (const WorkWindow& window : windows)
    for (int days = -1; days <= 0; ++days) {
      const Instant finish = onDayOf(before, window.finish, days);
      if (finish < before && (!last || finish > *last)) last = finish;
    }
  return *last;
}

std::optional<Instant> forbiddenUntil(const std::optional<NoWork>& no_work, Instant at) {
  if (!no_work) return std::nullopt;
  const bool over_midnight = no_work->from.minute > no_work->until.minute;
  for (int days = -1; days <= 0; ++days) {
    const Instant from = onDayOf(at, no_work->from, days);
    const Instant until = onDayOf(at, no_work->until, days + (over_midnight ? 1 : 0));
    if (from <= at && at < until) return until;
  }
  return std::nullopt;
}

bool isWeekday(Instant instant) {
  const std::int64_t since_thursday = ((localDay(instant) % 7) + 7) % 7;  // 1970-01-01 was a Thursday
  return since_thursday != 2 && since_thursday != 3;
}

}  // namespace hashimichi::assess::snow
