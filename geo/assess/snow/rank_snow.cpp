#include <fmt/format.h>

#include <algorithm>

#include "geo/assess/assess.h"
#include "geo/assess/in_parts.h"
#include "geo/assess/order.h"
#include "geo/assess/reason_text.h"
#include "geo/assess/snow/explain.h"
#include "geo/assess/snow/physics.h"
#include "geo/assess/snow/routes.h"

namespace hashimichi::assess {
namespace snow {
namespace {

using model::ClearingClass;
using model::RoadAdministrator;
using model::RoadSegment;
using model::SprinklerPipe;

/// Less snow than this, lying and coming, leaves a failed sprinkler pipe without consequence.
constexpr double failed_pipe_matters_cm = 1;

bool isOthers(Scope scope, RoadAdministrator administrator) {
  if (scope == Scope::any || administrator == RoadAdministrator::unknown) return false;
  return administrator != (scope == Scope::city ? RoadAdministrator::city : RoadAdministrator::prefecture);
}

std::string administratorText(RoadAdministrator administrator) {
  switch (administrator) {
    case RoadAdministrator::nation:
      return bilingual("国", "the State");
    case RoadAdministrator::prefecture:
      return bilingual("県", "the prefecture");
    case RoadAdministrator::city:
      return bilingual("市町村", "the municipality");
    case RoadAdministrator::expressway_company:
      return bilingual("高速道路会社", "an expressway company");
    case RoadAdministrator::other:
    case RoadAdministrator::unknown:
      break;
  }
  return bilingual("他者", "another body");
}

Ranked rowOf(const RoadSegment& road, std::size_t index) {
  Ranked row;
  row.asset_id = road.id;
  row.index = index;
  return row;
}

/// Roads that no snow depth decides about. @returns false when the rules must be asked
bool settleWithoutSnow(const Profile& profile, const RoadSegment& road, Ranked& row) {
  const auto settled = [&](Tier tier, const char* code, std::string text = {}) {
    row.tier = tier;
    row.reasons.push_back({code, 0, 0, 0, std::move(text)});
    return true;
  };
  if (isOthers(profile.scope, road.administrator))
    return settled(Tier::not_assessed, "snow.other_administrator", administratorText(road.administrator));
  if (road.clearing_class == ClearingClass::none) return settled(Tier::none, "snow.not_cleared");
  if (road.sprinkler_pipe == SprinklerPipe::working) return settled(Tier::none, "snow.sprinkler_works");
  if (road.road_heating && !road.heating_failed.value_or(false)) return settled(Tier::none, "snow.road_heating");
  if (road.in_tunnel) return settled(Tier::none, "snow.in_tunnel");
  return false;
}

Segment lookAt(const Profile& profile, SnowField& field, const RoadSegment& road, std::size_t index, Instant at,
               const WhatIf& what_if) {
  Segment segment;
  segment.road = &road;
  segment.index = index;
  segment.clearing_class =
      road.clearing_class == ClearingClass::unknown ? profile.unknown_class_as : road.clearing_class;
  segment.rule_index = ruleIndex(segment.clearing_class);
  segment.trigger = triggerFor(profile, segment.clearing_class, road.aadt);
  segment.trigger.cm *= what_if.trigger_factor;
  const Vec3d place = placeOf(road);
  segment.local = field.at(place, segment.trigger.cm);
  segment.left_out = field.leftOutNear(place);
  if (!segment.local.depth_cm) return segment;
  const ClassRule& rule = profile.rules[segment.rule_index];
  segment.snow.now = at;
  segment.snow.depth_cm = quantise(*segment.local.depth_cm);
  segment.snow.sigma_cm = quantise(segment.local.sigma_cm);
  segment.snow.trigger_passed = segment.local.trigger_passed;
  segment.snow.forecast_cm = segment.local.forecast_cm;
  segment.snow.thaw_h = segment.local.thaw_h;
  segment.due = findDue(profile, rule, segment.trigger.cm, segment.snow);
  segment.own_work_h = workHours(profile, rule, road.length_m, road.width_m);
  return segment;
}

Ranked withoutDepth(const Telling& telling, const Segment& segment) {
  Ranked row = rowOf(*segment.road, segment.index);
  row.tier = Tier::not_assessed;
  row.confidence = 0;
  row.trigger_cm = segment.trigger.cm;
  row.reasons.push_back({"snow.no_depth", 0, 0, 0, {}});
  for (const LeftOut& left : segment.left_out) {
    const sensors::Station& station = telling.model->stations[left.station];
    row.reasons.push_back({left.code, left.value, 0, 0, plain(station.name.empty() ? station.id : station.name)});
  }
  row.missing_inputs = {"snow_depth"};
  return row;
}

Ranked rankSegment(const Telling& telling, const Segment& segment) {
  const Profile& profile = *telling.profile;
  Verdict verdict = judge(profile, profile.rules[segment.rule_index], segment.due, segment.snow);
  const double expected_cm = segment.snow.depth_cm + segment.snow.forecast_cm.value_or(0);
  const bool failed_device = (segment.road->sprinkler_pipe == SprinklerPipe::failed ||
                              (segment.road->road_heating && segment.road->heating_failed.value_or(false))) &&
                             expected_cm >= failed_pipe_matters_cm;
  const Tier raised = failed_device ? oneTierUp(verdict.tier) : verdict.tier;
  const bool raised_by_pipe = raised != verdict.tier;
  verdict.tier = raised;

  Criteria criteria = criteriaOf(profile, segment, telling.finish);
  criteria.weights = telling.what_if->weights;
  Ranked row = rowOf(*segment.road, segment.index);
  row.tier = verdict.tier;
  row.score = score(criteria, verdict.hours_overdue);
  row.confidence = confidenceOf(segment, criteria);
  row.reasons = reasonsOf(telling, segment, verdict, criteria, raised_by_pipe);
  row.missing_inputs = missingOf(segment, criteria);
  row.depth_cm = segment.snow.depth_cm;
  row.depth_sigma_cm = segment.snow.sigma_cm;
  row.trigger_cm = segment.trigger.cm;
  row.trigger_probability =
      quantise(triggerProbability(segment.snow.depth_cm, segment.snow.sigma_cm, segment.trigger.cm));
  row.data_age_h = segment.local.data_age_h;
  return row;
}

Ranking startRanking(const Profile& profile, Instant at, Instant finish) {
  Ranking ranking;
  ranking.subject = Subject::snow;
  ranking.as_of = at;
  ranking.valid_until = finish;
  ranking.profile_id = profile.id;
  ranking.profile_name_ja = profile.name_ja + (profile.verified ? "" : "(未検証)");
  ranking.profile_name_en = profile.name_en + (profile.verified ? "" : " (unverified)");
  const std::string since = formatJst(lastFinish(profile.windows, at));
  ranking.method_ja = fmt::format(
      "除雪出動基準({})の段階を先に、段階内は重み付き評点(既定の重み)で順位付け。新積雪は {} "
      "以降の積雪深の増分を距離の逆二乗で内挿。",
      ranking.profile_name_ja, since);
  ranking.method_en = fmt::format(
      "Tier by the dispatch rules of {} first, weighted score (default weights) inside a tier. New snow: rise of the "
      "gauges since {}, inverse-distance interpolation.",
      ranking.profile_name_en, since);
  return ranking;
}

/// Roads that the rules are asked about; the others have their row already.
std::vector<Segment> lookAtAll(const Telling& telling, const SnowField& field, std::vector<Ranked>& rows) {
  const std::vector<RoadSegment>& roads = telling.model->roads;
  std::vector<Segment> segments(roads.size());
  inParts(roads.size(), [&](std::size_t begin, std::size_t end) {
    SnowField own_field = field;
    for (std::size_t i = begin; i < end; ++i) {
      rows[i] = rowOf(roads[i], i);
      if (settleWithoutSnow(*telling.profile, roads[i], rows[i])) continue;
      Segment segment = lookAt(*telling.profile, own_field, roads[i], i, telling.at, *telling.what_if);
      if (segment.local.depth_cm)
        segments[i] = std::move(segment);
      else
        rows[i] = withoutDepth(telling, segment);
    }
  });
  std::erase_if(segments, [](const Segment& segment) { return segment.road == nullptr; });
  return segments;
}

Ranking rankWith(const model::CityModel& model, const Profile& profile, Instant at, const WhatIf& what_if) {
  const SnowField field(model, profile, at, what_if);
  Ranking ranking = startRanking(profile, at, field.nextFinish());
  if (what_if.changesAnything()) {
    ranking.method_ja = fmt::format("【試算:{}】{}", describe(what_if, Language::ja), ranking.method_ja);
    ranking.method_en = fmt::format("[What if: {}] {}", describe(what_if, Language::en), ranking.method_en);
  }
  Telling telling = startTelling(profile, model, at, field.nextFinish());
  telling.what_if = &what_if;
  ranking.rows.resize(model.roads.size());
  std::vector<Segment> segments = lookAtAll(telling, field, ranking.rows);
  RouteHours routes;
  for (const Segment& segment : segments)
    if (segment.due) routes.add(segment.road->district, segment.rule_index, segment.own_work_h);
  inParts(segments.size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      Segment& segment = segments[i];
      segment.snow.route_h = routes.of(segment.road->district, segment.rule_index, segment.own_work_h);
      ranking.rows[segment.index] = rankSegment(telling, segment);
    }
  });
  putInOrder(ranking.rows);
  return ranking;
}

}  // namespace
}  // namespace snow

Result<Ranking> rankSnow(const model::CityModel& model, const std::string& profile, Instant at,
                         const snow::WhatIf& what_if) {
  const auto loaded = snow::loadProfile(profile);
  if (!loaded) return loaded.error();
  return snow::rankWith(model, *loaded, at, what_if);
}

}  // namespace hashimichi::assess
