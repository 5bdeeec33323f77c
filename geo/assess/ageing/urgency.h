#pragma once
#include <optional>

#include "geo/assess/ageing/road_over.h"
#include "geo/assets/inspection.h"
#include "geo/model/bridge.h"

namespace hashimichi::assess::ageing {

/// DOMAIN D.2: U = 100·(0.50·C + 0.30·I + 0.12·T + 0.08·P); each 0 … 1, empty = unknown: dropped, weights renormalised.
struct Urgency {
  double condition = 0;
  std::optional<double> impact, age, hazard;
};
inline constexpr double condition_weight = 0.50, impact_weight = 0.30, age_weight = 0.12, hazard_weight = 0.08;

/// 0 … 100, clamped and quantised to 1e-6.
double score(const Urgency& urgency);
/// Sum of the weights of the known parts, 0.5 … 1.
double knownWeight(const Urgency& urgency);

/// C: I 0, II 0.25, III 0.75, IV 1; +0.15 for an E1, E2 or C2 member, capped at 1; × (1 + 0.1·years without action),
/// the factor at most 1.5; capped at 1 again.
double conditionOf(assets::Soundness soundness, bool urgent_member, double years_without_action);

/// T: 0 at 30 years, 1 at 70.
double ageShare(int age_years);

/// One part of the impact I: what it adds, out of what it could add at most.
struct ImpactPart {
  const char* code;   ///< of the reason
  const char* input;  ///< of describeInput, where it is unknown
  std::optional<double> value;
  double most = 0;
  double told = 0;  ///< the number in the sentence
};
/// The parts of I in fixed order, `road` filling what the bridge's records leave open; I is the sum over the known
/// parts divided by the most they could give.
std::vector<ImpactPart> impactParts(const model::Bridge& bridge, const RoadFacts& road = {});
std::optional<double> impactOf(const std::vector<ImpactPart>& parts);

/// Fatigue, salt, ASR and scour among the 特定事象 of an inspection, in the source's words.
std::vector<std::string> specificEvents(const assets::Inspection& inspection);
/// P: third parties below 1, each specific event 0.5, capped at 1; nothing when neither is known.
std::optional<double> hazardOf(const model::Bridge& bridge, const assets::Inspection& inspection);

}  // namespace hashimichi::assess::ageing
