#pragma once
#include <optional>
#include <string>
#include <vector>

#include "geo/assess/snow/rules.h"
#include "geo/assess/snow/score.h"
#include "geo/assess/snow/snow_field.h"

namespace hashimichi::assess::snow {

/// One road segment on its way through the ranking: what is known of it, then whether it is due, then its state.
struct Segment {
  const model::RoadSegment* road = nullptr;
  std::size_t index = 0;                                                ///< in model.roads
  model::ClearingClass clearing_class = model::ClearingClass::unknown;  ///< assumed where the road's own is unknown
  std::size_t rule_index = 0;
  Trigger trigger;
  LocalSnow local;
  std::vector<LeftOut> left_out;
  SnowCase snow;
  Due due;
  double own_work_h = 0;
};

/// Where a segment is asked for its weather: half way along its line, else the middle of its shape.
Vec3d placeOf(const model::RoadSegment& road);

/// The icing share of a bridge deck, and the temperature that decided it.
struct DeckIcing {
  double share = 0;  ///< 0 … 1
  double value_c = 0, limit_c = 0;
};
/// A road sensor on a bridge: at or below 0 °C. Air: from the profile's limit (4 °C in practice, DOMAIN A.8) to 0 °C.
/// Nothing when no temperature is known.
std::optional<DeckIcing> deckIcing(const Profile& profile, const LocalSnow& local);

/// Carriageway left between the two banks of this snow; the banks of earlier falls are not known. 0 = width unknown.
double remainingWidth_m(const Profile& profile, const Segment& segment);

/// The criteria of DOMAIN C.2 as far as they are known. The households in need have no source yet and are left out.
Criteria criteriaOf(const Profile& profile, const Segment& segment, Instant finish);

/// Whether children walk here before this finish: a weekday morning from 04:00 to 09:00.
bool beforeSchool(Instant finish);

}  // namespace hashimichi::assess::snow
