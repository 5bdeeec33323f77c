#include <algorithm>
#include <cmath>

#include "geo/assess/ageing/deadline.h"
#include "geo/assess/ageing/urgency.h"
#include "geo/assess/assess.h"
#include "geo/assess/order.h"
#include "geo/assess/reason_text.h"

namespace hashimichi::assess {
namespace ageing {
namespace {

using assets::MeasureStatus;
using assets::Soundness;

/// One bridge while it is assessed.
struct Case {
  const model::Bridge* bridge = nullptr;
  const assets::Inspection* inspection = nullptr;
  Date today;
  std::vector<ImpactPart> parts;
  std::string told_by_road;    ///< the road whose facts stand in, empty when none was needed
  std::string urgent_members;  ///< "床版 C2, 主桁 E1"
  int years_without_action = 0;
  Urgency urgency;
};

std::string urgentMembers(const assets::Inspection& inspection) {
  std::string all;
  for (const assets::MemberGrade& member : inspection.members)
    if (member.measure == "C2" || member.measure == "E1" || member.measure == "E2")
      all += (all.empty() ? "" : ", ") + member.member + " " + member.measure;
  return all;
}

/// Years count only while nothing has been begun. An unknown status counts as not begun where measures are owed (III,
/// IV) and is listed as missing.
int yearsWithoutAction(const assets::Inspection& inspection, Date today) {
  const bool owed = inspection.soundness > Soundness::II;
  const bool open =
      inspection.status == MeasureStatus::not_started || (owed && inspection.status == MeasureStatus::unknown);
  return open ? yearsSince(inspection, today) : 0;
}

bool fillsAGap(const model::Bridge& bridge, const RoadFacts& road) {
  return (!bridge.aadt && road.aadt) || (!bridge.emergency_route && road.emergency_route) ||
         (!bridge.bus_route && road.bus_route) || (!bridge.facility_access && road.facility_access) ||
         (!bridge.detour_km && road.detour_km);
}

Case caseOf(const model::Bridge& bridge, const assets::Inspection& inspection, const RoadFacts& road, Date today) {
  Case one{&bridge, &inspection, today, impactParts(bridge, road), {}, urgentMembers(inspection), 0, {}};
  if (fillsAGap(bridge, road)) one.told_by_road = road.road;
  one.years_without_action = yearsWithoutAction(inspection, today);
  one.urgency.condition = conditionOf(inspection.soundness, !one.urgent_members.empty(), one.years_without_action);
  one.urgency.impact = impactOf(one.parts);
  if (bridge.year_built) one.urgency.age = ageShare(today.year - *bridge.year_built);
  one.urgency.hazard = hazardOf(bridge, inspection);
  return one;
}

double pointsOf(const Case& one, double weight, double share) {
  return quantise(100 * weight * share / knownWeight(one.urgency));
}

void addRules(const Case& one, std::vector<Reason>& out) {
  const assets::Inspection& inspection = *one.inspection;
  const auto deadline = deadlineOf(inspection, one.today);
  const bool done = inspection.status == MeasureStatus::done;
  if (deadline && !done) {
    const double years = std::round(std::abs(deadline->years_left) * 10) / 10;
    const char* code = deadline->years_left < 0 ? "ageing.deadline_passed"
                       : deadline->close        ? "ageing.deadline_close"
                                                : "ageing.deadline";
    out.push_back({code, years, measure_years, 0, formatDate(deadline->due)});
  }
  Reason diagnosis{std::string("ageing.soundness_") + assets::toString(inspection.soundness), 0, 0, 0, {}};
  diagnosis.points = pointsOf(one, condition_weight, one.urgency.condition);
  // What decides stands first: a deadline that presses, else the diagnosis.
  const bool pressing = !out.empty() && out.front().code != "ageing.deadline";
  out.insert(pressing ? out.end() : out.begin(), std::move(diagnosis));
  if (!one.urgent_members.empty()) out.push_back({"ageing.member_measure", 0, 0, 0, plain(one.urgent_members)});
  const int missed = fiscalYearsSince(inspection, one.today);
  if (missed > measure_years)
    out.push_back({"ageing.inspection_overdue", static_cast<double>(missed), measure_years, 0, {}});
  if (inspection.soundness < Soundness::II) return;
  if (done) out.push_back({"ageing.measure_done", 0, 0, 0, {}});
  if (inspection.status == MeasureStatus::started) out.push_back({"ageing.measure_started", 0, 0, 0, {}});
  if (one.years_without_action > 0)
    out.push_back({"ageing.years_without_action", static_cast<double>(one.years_without_action), 0, 0, {}});
}

std::vector<Reason> sharesOf(const Case& one) {
  std::vector<Reason> shares;
  double most = 0;
  for (const ImpactPart& part : one.parts)
    if (part.value) most += part.most;
  for (const ImpactPart& part : one.parts)
    if (part.value && *part.value > 0)
      shares.push_back({part.code, part.told, 0, pointsOf(one, impact_weight, *part.value / most), {}});
  if (one.urgency.age && *one.urgency.age > 0)
    shares.push_back({"ageing.age",
                      static_cast<double>(one.today.year - *one.bridge->year_built),
                      30,
                      pointsOf(one, age_weight, *one.urgency.age),
                      {}});
  const bool below = one.bridge->over_railway.value_or(false) || one.bridge->over_road.value_or(false);
  const double hazard_points = pointsOf(one, hazard_weight, one.urgency.hazard.value_or(0));
  std::string events;
  for (const std::string& event : specificEvents(*one.inspection)) events += (events.empty() ? "" : ", ") + event;
  if (below) shares.push_back({"ageing.third_party", 0, 0, hazard_points, {}});
  if (!events.empty()) shares.push_back({"ageing.specific_event", 0, 0, below ? 0 : hazard_points, plain(events)});
  std::stable_sort(shares.begin(), shares.end(), [](const Reason& a, const Reason& b) { return a.points > b.points; });
  return shares;
}

std::vector<std::string> missingOf(const Case& one) {
  std::vector<std::string> missing;
  const bool needs_measure = one.inspection->soundness > Soundness::II;
  if (one.inspection->date.month == 0) missing.emplace_back("inspection_date");
  if (needs_measure && one.inspection->status == MeasureStatus::unknown) missing.emplace_back("measure_status");
  if (!one.bridge->year_built) missing.emplace_back("year_built");
  for (const ImpactPart& part : one.parts)
    if (!part.value) missing.emplace_back(part.input);
  return missing;
}

/// A product of named factors, listed in AGEING.md.
double confidenceOf(const Case& one) {
  double known = 0, most = 0;
  for (const ImpactPart& part : one.parts) {
    most += part.most;
    if (part.value) known += part.most;
  }
  const double inputs = condition_weight + impact_weight * known / most + (one.urgency.age ? age_weight : 0) +
                        (one.urgency.hazard ? hazard_weight : 0);
  const bool needs_measure = one.inspection->soundness > Soundness::II;
  double trust = 0.5 + 0.5 * inputs;
  trust *= std::max(0.5, 1 - 0.05 * yearsSince(*one.inspection, one.today));
  if (fiscalYearsSince(*one.inspection, one.today) > measure_years) trust *= 0.7;
  if (needs_measure && one.inspection->status == MeasureStatus::unknown) trust *= 0.9;
  if (one.inspection->date.month == 0) trust *= 0.95;
  return quantise(std::clamp(trust, 0.0, 1.0));
}

Ranked rankBridge(const model::Bridge& bridge, RoadsOver& roads, std::size_t index, Instant at) {
  Ranked row;
  row.asset_id = bridge.id;
  row.index = index;
  const assets::Inspection* inspection = inspectionAt(bridge, at);
  if (!inspection) {
    row.tier = Tier::not_assessed;
    row.confidence = 0;
    row.reasons.push_back({"ageing.not_inspected", 0, 0, 0, {}});
    row.missing_inputs = {"inspection"};
    return row;
  }
  const Case one = caseOf(bridge, *inspection, roads.of(bridge), toClock(at).date);
  row.tier = tierOf(*inspection, one.today);
  row.precedence = inspection->soundness == Soundness::IV ? 0 : 1;
  row.score = score(one.urgency);
  row.confidence = confidenceOf(one);
  addRules(one, row.reasons);
  for (Reason& share : sharesOf(one)) row.reasons.push_back(std::move(share));
  if (!one.told_by_road.empty()) row.reasons.push_back({"ageing.from_road", 0, 0, 0, plain(one.told_by_road)});
  row.missing_inputs = missingOf(one);
  return row;
}

}  // namespace
}  // namespace ageing

Result<Ranking> rankAgeing(const model::CityModel& model, Instant at) {
  Ranking ranking;
  ranking.subject = Subject::ageing;
  ranking.as_of = at;
  ranking.valid_until = fromClock({{fiscalYear(toClock(at).date) + 1, 4, 1}, 0, 0, 0});
  ranking.profile_id = "ageing";
  ranking.profile_name_ja = "橋梁措置優先度(既定の重み)";
  ranking.profile_name_en = "Bridge measures (default weights)";
  ranking.method_ja =
      "健全性 IV を最優先、次に健全性と措置期限による段階、段階内は 100·(0.50 状態+0.30 影響+0.12 橋齢+0.08 "
      "第三者被害)の評点で順位付け。";
  ranking.method_en =
      "Soundness IV first, then tier by soundness and deadline; inside a tier 100·(0.50 condition + 0.30 impact + 0.12 "
      "age + 0.08 third "
      "parties).";
  ageing::RoadsOver roads(model);
  ranking.rows.reserve(model.bridges.size());
  for (std::size_t i = 0; i < model.bridges.size(); ++i)
    ranking.rows.push_back(ageing::rankBridge(model.bridges[i], roads, i, at));
  putInOrder(ranking.rows);
  return ranking;
}

}  // namespace hashimichi::assess
