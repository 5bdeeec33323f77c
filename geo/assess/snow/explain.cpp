#include "geo/assess/snow/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "geo/assess/order.h"
#include "geo/assess/reason_text.h"
#include "geo/assess/snow/physics.h"

namespace hashimichi::assess::snow {
namespace {

constexpr std::size_t shown_shares = 3;
constexpr double smallest_shown_points = 0.05;

constexpr std::array<const char*, ruled_classes> class_names_ja{"重点", "1種", "2種", "3種", "生活道路"};
constexpr std::array<const char*, ruled_classes> class_names_en{"priority", "class 1", "class 2", "class 3",
                                                                "residential"};

Reason reason(const char* code, double value = 0, double threshold = 0, std::string text = {}) {
  return {code, value, threshold, 0, std::move(text)};
}

/// "07:00", with the day where it is another day than `at`.
std::string momentText(Instant instant, Instant at) {
  const ClockTime clock = toClock(instant);
  if (clock.date == toClock(at).date) return clockText(instant);
  return fmt::format("{:02}-{:02} {}", clock.date.month, clock.date.day, clockText(instant));
}

void addCause(std::vector<Reason>& out, const Telling& telling, const Segment& segment) {
  const std::string& text = telling.class_texts[segment.rule_index];
  const Due& due = segment.due;
  switch (due.cause) {
    case Cause::depth:
      return out.push_back(reason("snow.depth_over_trigger", due.measured, due.limit, text));
    case Cause::forecast:
      return out.push_back(reason("snow.forecast_over_trigger", due.measured, due.limit, text));
    case Cause::rut:
      return out.push_back(reason("snow.rut_over_trigger", due.measured, due.limit, text));
    case Cause::packed:
      return out.push_back(reason("snow.packed_over_trigger", due.measured, due.limit, text));
    case Cause::drift:
      return out.push_back(reason("snow.drift_over_trigger", due.measured, due.limit, text));
    case Cause::none:
      break;
  }
  const double depth_cm = segment.snow.depth_cm, trigger_cm = segment.trigger.cm;
  if (due.rut_unknown)
    out.push_back(
        reason("snow.rut_unknown", depth_cm, telling.profile->rules[segment.rule_index].rut_needed_cm.value_or(0)));
  else if (due.no_more_snow)
    out.push_back(reason("snow.no_more_snow", depth_cm, trigger_cm, text));
  else if (due.near)
    out.push_back(reason("snow.near_trigger", depth_cm, trigger_cm, text));
  else
    out.push_back(reason("snow.below_trigger", depth_cm, trigger_cm, text));
}

void addRules(std::vector<Reason>& out, const Telling& telling, const Segment& segment, const Verdict& verdict,
              bool raised_by_pipe) {
  const Profile& profile = *telling.profile;
  if (verdict.hold == HoldCause::thaw)
    out.push_back(reason("snow.held_thaw", segment.snow.thaw_h, profile.hold_temperature_c));
  if (verdict.hold == HoldCause::late_onset)
    out.push_back(reason("snow.held_late_onset", 0, 0, momentText(segment.due.since, telling.at)));
  if (verdict.hours_overdue > 0)
    out.push_back(
        reason("snow.overdue", verdict.hours_overdue, segment.snow.route_h, momentText(verdict.finish, telling.at)));
  if (raised_by_pipe)
    out.push_back(reason(segment.road->sprinkler_pipe == model::SprinklerPipe::failed ? "snow.sprinkler_failed"
                                                                                      : "snow.heating_failed"));
  addCause(out, telling, segment);
  const bool goes_out = verdict.tier == Tier::dispatch || verdict.tier == Tier::overdue;
  if (verdict.tier == Tier::dispatch)
    out.push_back(reason("snow.latest_start", segment.snow.route_h, 0, momentText(verdict.latest_start, telling.at)));
  if (const auto until = forbiddenUntil(profile.no_work, telling.at); goes_out && until)
    out.push_back(reason("snow.no_work_now", 0, 0, momentText(*until, telling.at)));
  if (segment.due.near && !segment.due && !segment.due.no_more_snow)
    out.push_back(
        reason("snow.trigger_probability",
               std::round(100 * triggerProbability(segment.snow.depth_cm, segment.snow.sigma_cm, segment.trigger.cm)),
               segment.trigger.cm));
}

Reason shareReason(const Telling& telling, const Segment& segment, Criterion criterion) {
  const model::RoadSegment& road = *segment.road;
  const ClassRule& rule = telling.profile->rules[segment.rule_index];
  switch (criterion) {
    case Criterion::demand:
      return reason("snow.demand", segment.snow.depth_cm + segment.local.forecast_cm.value_or(0), segment.trigger.cm,
                    momentText(telling.finish, telling.at));
    case Criterion::traffic:
      return road.aadt ? reason("snow.traffic", *road.aadt) : reason("snow.class_traffic", rule.typical_aadt);
    case Criterion::emergency_route:
      return reason("snow.emergency_route", road.emergency_route.value_or(0));
    case Criterion::facility_access:
      return reason("snow.facility_access", std::round(100 * road.facility_access.value_or(0)));
    case Criterion::bus:
      return reason("snow.bus", road.bus_trips_per_day.value_or(0));
    case Criterion::school_route:
      return reason("snow.school_route");
    case Criterion::grade:
      return reason("snow.grade", road.grade_percent.value_or(0));
    case Criterion::narrow:
      return reason("snow.narrow", remainingWidth_m(*telling.profile, segment), rule.target_width_m);
    case Criterion::deck_icing:
    case Criterion::households_in_need:
      break;
  }
  const DeckIcing icing = deckIcing(*telling.profile, segment.local).value_or(DeckIcing{});
  return reason("snow.deck_freezes", icing.value_c, icing.limit_c);
}

/// The three largest shares; a freezing deck is always told, because it changes what the crew spreads there.
void addShares(std::vector<Reason>& out, const Telling& telling, const Segment& segment, const Criteria& criteria) {
  std::array<std::pair<double, std::size_t>, criterion_count> order;
  for (std::size_t k = 0; k < criterion_count; ++k)
    order[k] = {quantise(points(criteria, static_cast<Criterion>(k))), k};
  std::sort(order.begin(), order.end(),
            [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  std::size_t shown = 0;
  for (const auto& [share, k] : order) {
    const auto criterion = static_cast<Criterion>(k);
    const bool wanted = shown < shown_shares && share >= smallest_shown_points;
    if (!wanted && !(criterion == Criterion::deck_icing && share > 0)) continue;
    out.push_back(shareReason(telling, segment, criterion));
    out.back().points = share;
    ++shown;
  }
}

void addTrust(std::vector<Reason>& out, const Telling& telling, const Segment& segment) {
  const LocalSnow& local = segment.local;
  for (const LeftOut& left : segment.left_out) {
    const sensors::Station& station = telling.model->stations[left.station];
    const double value = std::round(left.value * 10) / 10;
    out.push_back({left.code, value, 0, 0, plain(station.name.empty() ? station.id : station.name)});
  }
  if (segment.road->clearing_class == model::ClearingClass::unknown)
    out.push_back(reason("snow.class_assumed", 0, 0,
                         bilingual(class_names_ja[segment.rule_index], class_names_en[segment.rule_index])));
  if (segment.trigger.traffic_missing) out.push_back(reason("snow.traffic_decides"));
  if (!segment.trigger.verified) out.push_back(reason("snow.trigger_unverified", 0, segment.trigger.cm));
  if (local.modelled_share > 0.005)
    out.push_back(reason("snow.depth_modelled", std::round(100 * local.modelled_share)));
  if (local.from_forecast_cm > 0.05) out.push_back(reason("snow.depth_from_forecast", local.from_forecast_cm));
  if (!local.forecast_cm) out.push_back(reason("snow.no_forecast"));
}

}  // namespace

Telling startTelling(const Profile& profile, const model::CityModel& model, Instant at, Instant finish) {
  Telling telling{&profile, &model, at, finish, nullptr, {}};
  for (std::size_t i = 0; i < ruled_classes; ++i)
    telling.class_texts[i] = bilingual(fmt::format("{}・{}", class_names_ja[i], profile.name_ja),
                                       fmt::format("{}, {}", class_names_en[i], profile.name_en));
  return telling;
}

std::vector<Reason> reasonsOf(const Telling& telling, const Segment& segment, const Verdict& verdict,
                              const Criteria& criteria, bool raised_by_pipe) {
  std::vector<Reason> reasons;
  reasons.reserve(12);
  addRules(reasons, telling, segment, verdict, raised_by_pipe);
  addShares(reasons, telling, segment, criteria);
  addTrust(reasons, telling, segment);
  return reasons;
}

std::vector<std::string> missingOf(const Segment& segment, const Criteria& criteria) {
  const model::RoadSegment& road = *segment.road;
  std::vector<std::string> missing;
  const auto lacks = [&](bool lacking, const char* key) {
    if (lacking) missing.emplace_back(key);
  };
  lacks(road.clearing_class == model::ClearingClass::unknown, "clearing_class");
  lacks(road.administrator == model::RoadAdministrator::unknown, "administrator");
  lacks(segment.due && road.district.empty(), "district");
  lacks(segment.due.rut_unknown, "rut_depth");
  lacks(!segment.local.forecast_cm, "snow_forecast");
  lacks(!road.aadt, "aadt");
  lacks(!criteria[Criterion::emergency_route], "emergency_route");
  lacks(!criteria[Criterion::facility_access], "facility_access");
  lacks(!criteria[Criterion::bus], "bus_trips");
  lacks(!criteria[Criterion::school_route], "school_route");
  lacks(!criteria[Criterion::grade], "grade");
  lacks(!criteria[Criterion::narrow], "width");
  lacks(!criteria[Criterion::deck_icing], "temperature");
  return missing;
}

double confidenceOf(const Segment& segment, const Criteria& criteria) {
  const LocalSnow& local = segment.local;
  const model::RoadSegment& road = *segment.road;
  const double all = std::accumulate(criteria.weights.begin(), criteria.weights.end(), 0.0);
  const double askable = all - criteria.weights[static_cast<std::size_t>(Criterion::households_in_need)];
  const double chance = triggerProbability(segment.snow.depth_cm, segment.snow.sigma_cm, segment.trigger.cm);
  double trust = askable > 0 ? 0.5 + 0.5 * knownWeight(criteria) / askable : 0.5;
  trust *= std::clamp(1 - 0.1 * (local.data_age_h - 1), 0.5, 1.0);
  trust *= 1 - 0.5 * std::min(1.0, local.nearest_gauge_m / 30000);
  trust *= std::pow(0.9, static_cast<double>(segment.left_out.size()));
  trust *= 1 - 0.3 * local.modelled_share;
  if (segment.snow.depth_cm > 0) trust *= 1 - 0.5 * std::min(1.0, local.from_forecast_cm / segment.snow.depth_cm);
  if (!local.forecast_cm) trust *= 0.9;
  if (chance >= 0.2 && chance <= 0.8) trust *= 0.8;
  if (segment.due.rut_unknown || segment.trigger.traffic_missing) trust *= 0.8;
  if (road.clearing_class == model::ClearingClass::unknown) trust *= 0.6;
  if (road.administrator == model::RoadAdministrator::unknown) trust *= 0.9;
  if (!road.aadt) trust *= 0.95;
  if (!segment.trigger.verified) trust *= 0.9;
  return quantise(std::clamp(trust, 0.0, 1.0));
}

}  // namespace hashimichi::assess::snow
