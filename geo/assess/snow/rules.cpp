#include "geo/assess/snow/rules.h"

#include <algorithm>

namespace hashimichi::assess::snow {
namespace {

bool reaches(const Profile& profile, double depth_cm, double trigger_cm) {
  return profile.trigger_exclusive ? depth_cm > trigger_cm : depth_cm >= trigger_cm;
}

bool thawExpected(const Profile& profile, const SnowCase& snow) {
  return snow.thaw_h >= profile.hold_hours;
}

Due because(Cause cause, double measured, double limit, Instant since) {
  Due due;
  due.cause = cause;
  due.measured = measured;
  due.limit = limit;
  due.since = since;
  return due;
}

/// New snow, lying or forecast, as far as the profile lets it decide.
Due dueBySnow(const Profile& profile, const ClassRule& rule, double trigger_cm, const SnowCase& snow) {
  Due due;
  const double forecast_trigger_cm = rule.forecast_trigger_cm.value_or(trigger_cm);
  const double expected_cm = snow.depth_cm + snow.forecast_cm.value_or(0);
  if (reaches(profile, snow.depth_cm, trigger_cm))
    due = because(Cause::depth, snow.depth_cm, trigger_cm, snow.trigger_passed.value_or(snow.now));
  else if (profile.use_forecast && snow.forecast_cm && reaches(profile, expected_cm, forecast_trigger_cm))
    due = because(Cause::forecast, expected_cm, forecast_trigger_cm, snow.now);
  if (!due) return due;
  if (rule.rut_needed_cm && !(snow.rut_cm && *snow.rut_cm > *rule.rut_needed_cm)) {
    Due waits;
    waits.rut_unknown = !snow.rut_cm;
    return waits;
  }
  if (profile.more_snow_must_be_forecast) {
    if (snow.forecast_cm && *snow.forecast_cm <= 0) {
      Due waits;
      waits.no_more_snow = true;
      return waits;
    }
    due.more_snow_unknown = !snow.forecast_cm;
  }
  return due;
}

}  // namespace

Trigger triggerFor(const Profile& profile, model::ClearingClass value, std::optional<double> aadt) {
  const ClassRule& rule = profile.rule(value);
  if (profile.traffic_triggers.empty()) return {rule.trigger_cm, rule.trigger_verified, false};
  if (!aadt) return {rule.trigger_cm, rule.trigger_verified, true};
  for (const TrafficTrigger& step : profile.traffic_triggers)
    if (*aadt >= step.min_aadt) return {step.trigger_cm, profile.traffic_triggers_verified, false};
  return {rule.trigger_cm, rule.trigger_verified, false};
}

Due findDue(const Profile& profile, const ClassRule& rule, double trigger_cm, const SnowCase& snow) {
  Due due = dueBySnow(profile, rule, trigger_cm, snow);
  if (!due && rule.rut_trigger_cm && snow.rut_cm && *snow.rut_cm >= *rule.rut_trigger_cm)
    due = because(Cause::rut, *snow.rut_cm, *rule.rut_trigger_cm, snow.now);
  if (!due && rule.packed_trigger_cm && snow.packed_cm && *snow.packed_cm >= *rule.packed_trigger_cm &&
      thawExpected(profile, snow))
    due = because(Cause::packed, *snow.packed_cm, *rule.packed_trigger_cm, snow.now);
  if (!due && rule.drift_trigger_cm && snow.drift_cm && *snow.drift_cm >= *rule.drift_trigger_cm)
    due = because(Cause::drift, *snow.drift_cm, *rule.drift_trigger_cm, snow.now);
  due.near = snow.depth_cm + snow.sigma_cm >= trigger_cm;
  return due;
}

Verdict judge(const Profile& profile, const ClassRule& rule, const Due& due, const SnowCase& snow) {
  Verdict verdict;
  verdict.finish = nextFinish(profile.windows, due ? due.since : snow.now);
  verdict.latest_start = verdict.finish.plusHours(-snow.route_h);
  if (!due) {
    verdict.tier = due.near || due.rut_unknown ? Tier::watch : Tier::none;
    return verdict;
  }
  if (thawExpected(profile, snow)) verdict.hold = HoldCause::thaw;
  if (profile.late_onset && verdict.hold == HoldCause::none) {
    // The onset belongs to the finish that it would spoil: 02:00 of the same morning, 22:00 of the evening before.
    Instant onset = onDayOf(verdict.finish, *profile.late_onset);
    if (onset >= verdict.finish) onset = onDayOf(verdict.finish, *profile.late_onset, -1);
    if (due.since >= onset) verdict.hold = HoldCause::late_onset;
  }
  if (verdict.hold != HoldCause::none && !rule.never_hold) {
    verdict.tier = Tier::hold;
    return verdict;
  }
  verdict.hold = HoldCause::none;
  const bool late = snow.now > verdict.latest_start;
  verdict.tier = late ? Tier::overdue : Tier::dispatch;
  verdict.hours_overdue = late ? hoursBetween(verdict.latest_start, snow.now) : 0;
  return verdict;
}

Tier oneTierUp(Tier tier) {
  switch (tier) {
    case Tier::none:
      return Tier::watch;
    case Tier::watch:
      return Tier::dispatch;
    case Tier::dispatch:
      return Tier::overdue;
    case Tier::overdue:
    case Tier::hold:
    case Tier::not_assessed:
      break;
  }
  return tier;
}

}  // namespace hashimichi::assess::snow
