#pragma once
#include <optional>
#include <vector>

#include "geo/core/date_time.h"

namespace hashimichi::assess::snow {

/// Minutes after local midnight (Japan time), 0 … 1439.
struct TimeOfDay {
  int minute = 0;
};
/// "02:40" → 160; nothing when it is not a time of day.
std::optional<TimeOfDay> parseTimeOfDay(std::string_view text);

struct WorkWindow {
  TimeOfDay start, finish;  ///< start after finish means: starts the evening before
};
/// A span of each day in which nothing is sent out (Ojiya: none after 17:00 until morning).
struct NoWork {
  TimeOfDay from, until;
};

/// The time of day on the local day that contains `instant`, `days` later.
Instant onDayOf(Instant instant, TimeOfDay time, int days = 0);
/// "07:00", Japan time.
std::string clockText(Instant instant);

/// The first finish time after a moment, and the last one before it. Finish times repeat daily; `windows` is not empty.
Instant nextFinish(const std::vector<WorkWindow>& windows, Instant after);
Instant lastFinish(const std::vector<WorkWindow>& windows, Instant before);
/// When work may begin again; nothing when `at` lies outside the forbidden span.
std::optional<Instant> forbiddenUntil(const std::optional<NoWork>& no_work, Instant at);

/// Monday to Friday in Japan; public holidays are not known here.
bool isWeekday(Instant instant);

}  // namespace hashimichi::assess::snow
