#pragma once
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "geo/core/date_time.h"
#include "geo/core/text.h"

namespace hashimichi::assess {

enum class Subject { snow, ageing };

/// Rule tiers, most urgent first. A score never lifts an asset out of its tier (DOMAIN 0.1).
enum class Tier {
  overdue,       ///< snow: too late to finish in the window; ageing: IV, or III past its deadline
  dispatch,      ///< snow: due; ageing: III
  hold,          ///< due, but held by rule (thaw, late onset)
  watch,         ///< near the trigger; ageing: II
  none,          ///< nothing to do
  not_assessed,  ///< another administrator's, or the deciding input is missing
};

/// One contribution to a rank, told by code and numbers; `describe` turns it into a sentence.
struct Reason {
  std::string code;  ///< stable key, "snow.depth_over_trigger", "ageing.soundness_III" …; listed in reason_text.cpp
  double value = 0;  ///< in the code's unit
  double threshold = 0;  ///< what it was compared with, 0 where nothing was
  double points = 0;     ///< share of the score, 0…100; 0 for pure rules
  std::string text;      ///< a name for the sentence (station, profile, member), may be empty; "ja|en" where it differs
};
std::string describe(const Reason& reason, Language language);
std::string describeTier(Subject subject, Tier tier, Language language);
/// The missing input's name for people: "traffic volume" / 「交通量」.
std::string describeInput(const std::string& input, Language language);

/// The place of one asset.
struct Ranked {
  std::string asset_id;
  std::size_t index = 0;  ///< in model.roads or model.bridges
  std::size_t rank = 0;   ///< 1 = first; 0 = not ranked (not_assessed)
  int band = 0;           ///< ① … ⑤ of the map; 0 = hatched grey (held, not assessed)
  Tier tier = Tier::none;
  int precedence = 0;           ///< inside a tier, before the score: ageing puts soundness IV (0) before the rest (1)
  double score = 0;             ///< 0…100, quantised to 1e-6
  double confidence = 1;        ///< 0…1, lowered by missing, stale and faulty inputs
  std::vector<Reason> reasons;  ///< the deciding rule first, then by points
  std::vector<std::string> missing_inputs;  ///< keys for describeInput

  /// Snow only: what was compared. Negative depth = unknown.
  double depth_cm = -1, depth_sigma_cm = 0, trigger_cm = 0, trigger_probability = 0;
  double data_age_h = -1;  ///< of the newest observation used; negative = none
};

/// A complete decision aid for one moment: same inputs, same ranking, to the byte.
struct Ranking {
  Subject subject = Subject::snow;
  Instant as_of;
  Instant valid_until;  ///< snow: next finish time; ageing: end of the fiscal year
  std::string profile_id, profile_name_ja, profile_name_en, method_ja, method_en;
  std::vector<Ranked> rows;  ///< by rank; not ranked ones last, by id

  const Ranked* find(const std::string& asset_id) const;
};

/// Share of rows that lack at least one input, 0…1.
double missingShare(const Ranking& ranking);

}  // namespace hashimichi::assess
