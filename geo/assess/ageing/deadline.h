#pragma once
#include <optional>

#include "geo/assess/ranking.h"
#include "geo/assets/inspection.h"
#include "geo/model/bridge.h"

namespace hashimichi::assess::ageing {

/// The newest inspection with a soundness that was known at a moment; nullptr when there is none.
const assets::Inspection* inspectionAt(const model::Bridge& bridge, Instant at);

/// Completed years from the diagnosis to a day; whole fiscal years where only the fiscal year is known.
int yearsSince(const assets::Inspection& inspection, Date day);

/// Measures of III are due five years after the inspection (DOMAIN D.1), those of IV at once.
inline constexpr int measure_years = 5;
struct Deadline {
  Date due;               ///< the inspection's day five years on; the end of that fiscal year where the day is unknown
  double years_left = 0;  ///< negative = passed
  bool close = false;     ///< not started and less than two years left, or past
};
/// Only for III.
std::optional<Deadline> deadlineOf(const assets::Inspection& inspection, Date day);

/// Fiscal years since the inspection; more than five means that the five-year inspection was missed.
int fiscalYearsSince(const assets::Inspection& inspection, Date day);

/// IV and III past its deadline → overdue; III → dispatch; II, a finished III or IV, a missed inspection → watch.
Tier tierOf(const assets::Inspection& inspection, Date day);

}  // namespace hashimichi::assess::ageing
