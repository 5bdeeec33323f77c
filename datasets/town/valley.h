#pragma once
#include <cstdint>

#include "geo/core/geometry.h"

namespace hashimichi::datasets {

/// A place in the plan of the valley: u along it (downstream is west), v across it, metres, before the valley bends.
struct PlanPoint {
  double u = 0, v = 0;
};

inline constexpr int plane_zone_epsg = 6676;
inline constexpr double origin_northing_m = 160500, origin_easting_m = 31000;
/// The land repeats its pattern (not its details) every cell: one valley, one centre, one river bridge.
inline constexpr double cell_m = 2000;
inline constexpr double river_v_m = -180;   ///< of the river's axis within its cell
inline constexpr double levee_axis_m = 69;  ///< from the river's axis to a levee's crown
inline constexpr double levee_half_crown_m = 3.5;
inline constexpr double levee_height_m = 3.2;
inline constexpr double channel_half_width_m = 30;  ///< of the low-water channel
inline constexpr double north_foot_v_m = 640, south_foot_v_m = -680;

/// The part of the land that is made, in the local frame (x east, y north).
struct Window {
  double west = 0, south = 0, east = 0, north = 0;
  bool contains(double x, double y, double margin = 0) const {
    return x >= west + margin && x <= east - margin && y >= south + margin && y <= north - margin;
  }
};
/// For a scale below 1 a piece around the river bridge, above 1 rows of valleys.
Window windowFor(double scale);

/// The bent valley: turns the straight plan into land and says how the bare land lies. Immutable.
///
/// Local frame: x east, y north, metres from (easting 31000, northing 160500); heights T.P.
class Valley {
 public:
  explicit Valley(std::uint64_t seed) : seed_(seed) {}

  /// Plan → land; one-to-one, so that what does not cross in the plan does not cross on the land. z is 0.
  Vec3d place(PlanPoint plan) const;
  /// Land → plan, to about a decimetre.
  PlanPoint planOf(double x, double y) const;

  /// Signed distance across the valley from the axis of the nearest river; north positive.
  double fromRiver(double x, double y) const;
  /// Ground with hills and levees, without river bed, canals and roads.
  double ground(double x, double y) const;
  /// What the river has washed out (≤ 0), to be added to ground(); 0 outside the levees.
  double riverCut(double x, double y) const;
  double waterLevel(double x) const;
  /// 0 on the plain … 1 on the hills.
  double hilliness(double x, double y) const;
  bool inChannel(double x, double y) const;

  /// Bend of the valley axis at x: how far north it lies of the straight plan.
  static double bend(double x);

 private:
  double hillRise(double x, double y, double across) const;
  std::uint64_t seed_;
};

/// Index of the cell that holds a plan coordinate, and the coordinate within it (−1000 … 1000).
int cellOf(double coordinate);
double withinCell(double coordinate);

}  // namespace hashimichi::datasets
