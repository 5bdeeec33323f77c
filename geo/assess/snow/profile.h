#pragma once
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/assess/snow/windows.h"
#include "geo/core/result.h"
#include "geo/model/road.h"

namespace hashimichi::assess::snow {

/// Whose roads a profile ranks; the others are shown as "own plan".
enum class Scope { city, prefecture, any };
enum class DensityFormula { gottlib, kazama };

/// The rule of one clearing class. Depths in cm of new snow since the last pass unless named.
struct ClassRule {
  double trigger_cm = 0;
  bool trigger_verified = false;  ///< from a published rule, not a shipped default
  std::optional<double> forecast_trigger_cm;
  std::optional<double> rut_needed_cm;   ///< new snow alone does not send anyone: the ruts must be this deep too
  std::optional<double> rut_trigger_cm;  ///< ruts alone do
  std::optional<double> packed_trigger_cm, drift_trigger_cm;
  bool never_hold = false;
  double speed_kmh = 0, target_width_m = 0;
  double typical_aadt = 0;  ///< stands in where no traffic was counted
};
/// priority, class1, class2, class3, residential
inline constexpr std::size_t ruled_classes = 5;
std::size_t ruleIndex(model::ClearingClass value);  ///< of a ruled class; unknown and none are programmer's mistakes

/// From this many vehicles a day on (half-open), the trigger is this.
struct TrafficTrigger {
  double min_aadt = 0;
  double trigger_cm = 0;
};

/// A municipality's dispatch rules. Every number is data with a source (datasets/presets/snow/README.md).
struct Profile {
  std::string id, name_ja, name_en, source;
  bool verified = false;

  Scope scope = Scope::city;
  std::array<ClassRule, ruled_classes> rules;
  std::vector<TrafficTrigger> traffic_triggers;  ///< where set, traffic decides instead of the class; highest first
  bool traffic_triggers_verified = false;
  bool trigger_exclusive = false;  ///< "more than 10 cm", not "10 cm or more"
  bool more_snow_must_be_forecast = false;
  bool use_forecast = false;
  model::ClearingClass unknown_class_as = model::ClearingClass::class3;

  std::vector<WorkWindow> windows;
  std::optional<NoWork> no_work;
  std::optional<TimeOfDay> late_onset;  ///< snow that passes the trigger from here to the finish is left for the day
  double hold_temperature_c = 0, hold_hours = 0, hold_horizon_h = 0;
  double deck_icing_c = 0;
  DensityFormula density = DensityFormula::gottlib;
  double blade_width_m = 0, transit_share = 0;

  const ClassRule& rule(model::ClearingClass value) const { return rules[ruleIndex(value)]; }
};

/// @param profile  id of a shipped profile, or a path to a JSON file of the same shape (it may extend a shipped one)
/// @returns not_found, or bad_input naming file, field and reason
Result<Profile> loadProfile(const std::string& profile);

}  // namespace hashimichi::assess::snow
