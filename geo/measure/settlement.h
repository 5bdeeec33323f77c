#pragma once
#include <optional>

#include "geo/core/problem.h"
#include "geo/core/result.h"
#include "geo/measure/points.h"
#include "geo/model/geometry.h"

namespace hashimichi::measure {

/// Which bridge, and where to look.
struct SettlementWish {
  model::Polyline axis;                  ///< on the deck from abutment to abutment; chainage 0 is the first
  double half_width_m = 3;               ///< of the deck between the railings that is compared
  std::vector<double> pier_chainages_m;  ///< ascending; empty for one span
  double zone_m = 4;                     ///< length of deck that makes one value
  double every_m = 4;                    ///< between the values of the profile
  double registration_mm = 0;            ///< 1-σ of how the two surveys lie to each other
};

enum class BridgePlace { abutment_start, abutment_end, pier, midspan, profile };
const char* toString(BridgePlace place);  ///< "abutment_start", …

/// How much the deck moved at one place. Upwards positive, so settlement is negative.
struct DeckChange {
  BridgePlace place = BridgePlace::profile;
  int number = 0;  ///< of the pier or span, from 1; 0 for the others
  double chainage_m = 0;
  Vec3d at;              ///< on the deck of the first survey
  double change_mm = 0;  ///< second minus first survey
  double sigma_mm = 0;   ///< 1-σ: √(σ1² + σ2² + registration²)
  double lod95_mm = 0;   ///< 1.96 σ: smaller changes are not distinguishable from none
  bool significant = false;
  std::size_t points = 0, points_after = 0;
};

struct Settlement {
  std::vector<DeckChange> places;   ///< abutments, piers and midspans in the order of their chainage
  std::vector<DeckChange> profile;  ///< every n metres
  double mean_change_mm = 0;        ///< of the profile
  /// Midspan against the straight line between its two supports, mm, by span: what bending or a loss of prestress adds
  /// to the supports' own movement. Nothing where one of the three is missing.
  std::vector<std::optional<double>> sag_change_mm, sag_sigma_mm;
  Basis basis;
};

/// Deck to deck: in each zone both surveys get a plane (least squares with outliers passed over: railings, vehicles),
/// and the planes are compared at one place, at the abutments at the deck's very end. σ from the scatter about the
/// planes and the number of points. Both surveys must be in the same frame; what is between them is change.
/// Outside the axis' ends nothing is looked at. Zones with fewer than 12 points are skipped and told in `problems`.
/// @returns bad_input: axis without length, no zone that both surveys saw
Result<Settlement> deckSettlement(const PointsView& before, const PointsView& after, const SettlementWish& wish,
                                  Problems& problems);

}  // namespace hashimichi::measure
