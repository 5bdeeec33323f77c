#pragma once
#include <limits>
#include <optional>

#include "geo/core/result.h"
#include "geo/measure/points.h"
#include "geo/model/geometry.h"

namespace hashimichi::measure {

struct ClearanceWish {
  model::Polyline axis;     ///< of the deck, z on its surface (to about 0.1 m): what is higher than 0.15 m below it
                            ///< is deck or traffic, no underside
  double half_width_m = 5;  ///< to either side of the axis
  double from_m = 0, to_m = std::numeric_limits<double>::infinity();  ///< chainages looked at: over the road below …
  double cell_m = 0.5;        ///< in each cell seen from above the underside and what lies below are looked for
  double smallest_gap_m = 1;  ///< air that must be free between them
  /// Level of the water below, T.P.: taken where nothing below the bridge was seen, or only what is deeper.
  std::optional<double> water_level_m;
  double reach_below_m =
      2;  ///< how far around a cell the ground below it may be seen (beams do not come straight down)
};

enum class Below { ground, water };
const char* toString(Below below);  ///< "ground", "water"

/// The free height at one place of the bridge.
struct ClearancePlace {
  double chainage_m = 0, offset_m = 0;
  Vec3d underside;         ///< lowest supported point of the bridge
  double below_z_m = 0;    ///< highest surface below it
  double clearance_m = 0;  ///< between them, upright
  double sigma_m = 0;
  Below below = Below::ground;
  std::size_t points = 0;  ///< of the underside
};

struct Clearance {
  ClearancePlace lowest;                                  ///< 桁下高: where the free height is smallest
  std::optional<ClearancePlace> over_water, over_ground;  ///< the smallest of either kind
  ClearancePlace lowest_girder;                           ///< where the underside itself lies lowest
  std::vector<ClearancePlace> profile;  ///< smallest free height of every metre of chainage that was seen
  std::size_t cells = 0, cells_without_below = 0;
  Basis basis;
};

/// Clearance below a bridge. In each cell the points under the deck are looked through from below for the widest gap
/// (at least smallest_gap_m): what is above it is bridge, what is below is road, ground or water. The underside is the
/// mean of the lowest 10 mm that holds three points or more, so that single strays do not count; the surface below is
/// the 90 % height of its uppermost 0.3 m. Piers and abutments have no gap and do not count.
/// @returns bad_input: axis without length, nothing below the deck, no gap anywhere
Result<Clearance> bridgeClearance(const PointsView& points, const ClearanceWish& wish);

}  // namespace hashimichi::measure
