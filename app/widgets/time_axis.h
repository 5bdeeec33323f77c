#pragma once
#include <string>
#include <vector>

#include "geo/core/date_time.h"

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

}  // namespace hashimichi::app
