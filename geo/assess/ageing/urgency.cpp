#include "geo/assess/ageing/urgency.h"

#include <algorithm>
#include <cmath>

#include "geo/assess/order.h"
#include "geo/core/text.h"

namespace hashimichi::assess::ageing {
namespace {

double baseOf(assets::Soundness soundness) {
  switch (soundness) {
    case assets::Soundness::II:
      return 0.25;
    case assets::Soundness::III:
      return 0.75;
    case assets::Soundness::IV:
      return 1;
    case assets::Soundness::I:
    case assets::Soundness::unknown:
      break;
  }
  return 0;
}

std::optional<double> when(const std::optional<bool>& flag, double value) {
  if (!flag) return std::nullopt;
  return *flag ? value : 0;
}

std::optional<double> emergencyShare(const std::optional<int>& route) {
  if (!route) return std::nullopt;
  return *route == 1 ? 1.0 : *route == 2 ? 0.7 : *route == 3 ? 0.5 : 0.0;
}

/// The same log scale as for snow: 30,000 vehicles a day are the top.
std::optional<double> trafficShare(const std::optional<double>& aadt) {
  if (!aadt) return std::nullopt;
  return 0.6 * std::clamp(std::log10(1 + std::max(0.0, *aadt)) / std::log10(1 + 30000.0), 0.0, 1.0);
}

}  // namespace

double knownWeight(const Urgency& urgency) {
  return condition_weight + (urgency.impact ? impact_weight : 0) + (urgency.age ? age_weight : 0) +
         (urgency.hazard ? hazard_weight : 0);
}

double score(const Urgency& urgency) {
  const double sum = condition_weight * urgency.condition + impact_weight * urgency.impact.value_or(0) +
                     age_weight * urgency.age.value_or(0) + hazard_weight * urgency.hazard.value_or(0);
  return quantise(std::clamp(100 * sum / knownWeight(urgency), 0.0, 100.0));
}

double conditionOf(assets::Soundness soundness, bool urgent_member, double years_without_action) {
  const double stated = std::min(1.0, baseOf(soundness) + (urgent_member ? 0.15 : 0));
  const double factor = std::min(1.5, 1 + 0.1 * std::max(0.0, years_without_action));
  return std::min(1.0, stated * factor);
}

double ageShare(int age_years) {
  return std::clamp((age_years - 30) / 40.0, 0.0, 1.0);
}

std::vector<ImpactPart> impactParts(const model::Bridge& bridge, const RoadFacts& road) {
  const std::optional<int> emergency = bridge.emergency_route ? bridge.emergency_route : road.emergency_route;
  const std::optional<double> aadt = bridge.aadt ? bridge.aadt : road.aadt;
  const std::optional<bool> bus = bridge.bus_route ? bridge.bus_route : road.bus_route;
  const std::optional<bool> access = bridge.facility_access ? bridge.facility_access : road.facility_access;
  const bool computed = !bridge.detour_km;
  const std::optional<double> detour_km = computed ? road.detour_km : bridge.detour_km;
  const bool no_detour = detour_km && *detour_km < 0;
  std::optional<double> detour;
  if (detour_km) detour = no_detour ? 0.8 : std::min(0.8, *detour_km / 10);
  const char* const detour_code = no_detour ? (computed ? "ageing.no_detour_found" : "ageing.no_detour")
                                            : (computed ? "ageing.detour_computed" : "ageing.detour");
  std::optional<double> length;
  if (bridge.length_m) length = *bridge.length_m >= 100 ? 0.4 : 0;
  return {
      {"ageing.over_railway", "over_railway", when(bridge.over_railway, 1), 1, 0},
      {"ageing.over_road", "over_road", when(bridge.over_road, 0.8), 0.8, 0},
      {"ageing.emergency_route", "emergency_route", emergencyShare(emergency), 1,
       static_cast<double>(emergency.value_or(0))},
      {detour_code, "detour", detour, 0.8, std::round(10 * detour_km.value_or(0)) / 10},
      {"ageing.traffic", "aadt", trafficShare(aadt), 0.6, aadt.value_or(0)},
      {"ageing.long_bridge", "length", length, 0.4, bridge.length_m.value_or(0)},
      {"ageing.facility_access", "facility_access", when(access, 0.6), 0.6, 0},
      {"ageing.bus", "bus_route", when(bus, 0.3), 0.3, 0},
  };
}

std::optional<double> impactOf(const std::vector<ImpactPart>& parts) {
  double sum = 0, most = 0;
  for (const ImpactPart& part : parts) {
    if (!part.value) continue;
    sum += *part.value;
    most += part.most;
  }
  if (most <= 0) return std::nullopt;
  return sum / most;
}

std::vector<std::string> specificEvents(const assets::Inspection& inspection) {
  static constexpr std::string_view words[] = {"疲労", "fatigue", "塩害", "salt",  "アルカリ",
                                               "asr",  "洗掘",    "洗堀", "scour", "alkali"};
  std::vector<std::string> events;
  for (const std::string& event : inspection.specific_events) {
    const std::string text = toLower(normalizeWidth(event));
    const bool known = std::any_of(std::begin(words), std::end(words),
                                   [&](std::string_view word) { return text.find(word) != std::string::npos; });
    if (known) events.push_back(event);
  }
  return events;
}

std::optional<double> hazardOf(const model::Bridge& bridge, const assets::Inspection& inspection) {
  const double events = 0.5 * static_cast<double>(specificEvents(inspection).size());
  const bool asked = bridge.over_railway.has_value() || bridge.over_road.has_value();
  if (!asked && events == 0) return std::nullopt;
  const bool below = bridge.over_railway.value_or(false) || bridge.over_road.value_or(false);
  return std::min(1.0, (below ? 1.0 : 0.0) + events);
}

}  // namespace hashimichi::assess::ageing
