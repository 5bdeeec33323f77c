#pragma once
#include <optional>

#include "geo/assess/ranking.h"
#include "geo/assess/snow/profile.h"

namespace hashimichi::assess::snow {

/// The trigger of one segment: by traffic where the profile says so and the traffic is known, else by class.
struct Trigger {
  double cm = 0;
  bool verified = false;
  bool traffic_missing = false;  ///< the profile decides by traffic, which nobody counted here
};
Trigger triggerFor(const Profile& profile, model::ClearingClass value, std::optional<double> aadt);

/// What is known of one segment at one moment. Unknown is empty, never 0.
struct SnowCase {
  Instant now;
  double depth_cm = 0;  ///< new snow since the last pass
  double sigma_cm = 0;
  std::optional<Instant> trigger_passed;  ///< when depth_cm reached the trigger
  std::optional<double> forecast_cm;      ///< still to fall until the finish
  std::optional<double> rut_cm, packed_cm, drift_cm;
  double thaw_h = 0;   ///< consecutive forecast hours above the profile's hold temperature, within its horizon
  double route_h = 0;  ///< work of the route that this segment belongs to
};

enum class Cause { none, depth, forecast, rut, packed, drift };
enum class HoldCause { none, thaw, late_onset };

/// Whether a segment is due, and why (DOMAIN A.3).
struct Due {
  Cause cause = Cause::none;
  bool near = false;               ///< the trigger lies within one sigma above the depth
  bool rut_unknown = false;        ///< the snow suffices, but the rule also asks for ruts that nobody measured
  bool no_more_snow = false;       ///< the snow suffices, but the rule also asks for more to come, and none is forecast
  bool more_snow_unknown = false;  ///< the rule also asks for more snow to come, and there is no forecast
  double measured = 0, limit = 0;  ///< what was compared, cm
  Instant since;                   ///< when it became due
  explicit operator bool() const { return cause != Cause::none; }
};
Due findDue(const Profile& profile, const ClassRule& rule, double trigger_cm, const SnowCase& snow);

/// The state that A.3 gives: overdue, dispatch, hold, watch or none.
struct Verdict {
  Tier tier = Tier::none;
  HoldCause hold = HoldCause::none;
  Instant finish, latest_start;
  double hours_overdue = 0;  ///< since the latest start, 0 when not overdue
};
Verdict judge(const Profile& profile, const ClassRule& rule, const Due& due, const SnowCase& snow);

/// One tier more urgent, for a road whose sprinkler pipe failed: none → watch → dispatch → overdue; a hold stays.
Tier oneTierUp(Tier tier);

}  // namespace hashimichi::assess::snow
