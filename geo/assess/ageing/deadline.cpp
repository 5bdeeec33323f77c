#include "geo/assess/ageing/deadline.h"

#include <algorithm>

namespace hashimichi::assess::ageing {
namespace {

using assets::MeasureStatus;
using assets::Soundness;

bool hasDay(const assets::Inspection& inspection) {
  return inspection.date.year > 0 && inspection.date.month > 0;
}

int fiscalYearOf(const assets::Inspection& inspection) {
  if (hasDay(inspection)) return fiscalYear(inspection.date);
  return inspection.fiscal_year > 0 ? inspection.fiscal_year : inspection.date.year;
}

/// A day that the inspection is known to lie on or before.
Date latestDayOf(const assets::Inspection& inspection) {
  if (!hasDay(inspection)) return {fiscalYearOf(inspection) + 1, 3, 31};
  Date day = inspection.date;
  if (day.day == 0) day.day = 28;
  return day;
}

Instant middayOf(Date day) {
  return fromClock({day, 12, 0, 0});
}

}  // namespace

const assets::Inspection* inspectionAt(const model::Bridge& bridge, Instant at) {
  const Date today = toClock(at).date;
  const assets::Inspection* newest = nullptr;
  for (const assets::Inspection& inspection : bridge.inspections) {
    if (inspection.soundness == Soundness::unknown) continue;
    const bool known =
        hasDay(inspection) ? latestDayOf(inspection) <= today : fiscalYearOf(inspection) <= fiscalYear(today);
    if (known && (!newest || latestDayOf(*newest) <= latestDayOf(inspection))) newest = &inspection;
  }
  return newest;
}

int fiscalYearsSince(const assets::Inspection& inspection, Date day) {
  return std::max(0, fiscalYear(day) - fiscalYearOf(inspection));
}

int yearsSince(const assets::Inspection& inspection, Date day) {
  if (!hasDay(inspection)) return fiscalYearsSince(inspection, day);
  const Date from = latestDayOf(inspection);
  const bool before_anniversary = std::pair(day.month, day.day) < std::pair(from.month, from.day);
  return std::max(0, day.year - from.year - (before_anniversary ? 1 : 0));
}

std::optional<Deadline> deadlineOf(const assets::Inspection& inspection, Date day) {
  if (inspection.soundness != Soundness::III) return std::nullopt;
  Deadline deadline;
  deadline.due = latestDayOf(inspection);
  deadline.due.year += measure_years;
  if (deadline.due.month == 2 && deadline.due.day == 29) deadline.due.day = 28;
  deadline.years_left = hoursBetween(middayOf(day), middayOf(deadline.due)) / 24 / 365.25;
  const bool begun = inspection.status == MeasureStatus::started || inspection.status == MeasureStatus::done;
  deadline.close = !begun && deadline.years_left < 2;
  return deadline;
}

Tier tierOf(const assets::Inspection& inspection, Date day) {
  const bool done = inspection.status == MeasureStatus::done;
  const bool missed = fiscalYearsSince(inspection, day) > measure_years;
  switch (inspection.soundness) {
    case Soundness::IV:
      return done ? Tier::watch : Tier::overdue;
    case Soundness::III:
      if (done) return Tier::watch;
      return deadlineOf(inspection, day)->years_left < 0 ? Tier::overdue : Tier::dispatch;
    case Soundness::II:
      return Tier::watch;
    case Soundness::I:
      return missed ? Tier::watch : Tier::none;
    case Soundness::unknown:
      break;
  }
  return Tier::not_assessed;
}

}  // namespace hashimichi::assess::ageing
