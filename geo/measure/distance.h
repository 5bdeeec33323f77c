#pragma once
#include <span>

#include "geo/core/result.h"
#include "geo/measure/points.h"

namespace hashimichi::measure {

/// From one picked point to another.
struct Distance {
  double distance_m = 0;     ///< straight through space
  double horizontal_m = 0;   ///< seen from above
  double height_m = 0;       ///< second minus first: positive upwards
  double slope_percent = 0;  ///< height / horizontal × 100; ±infinity for a plumb line
  double azimuth_deg = 0;    ///< clockwise from grid north, 0 … 360
  double sigma_m = 0;        ///< of distance_m: √2 × that of one point
};
/// @param point_sigma_m  1-σ of one picked point along any axis, 0 when unknown
/// @returns bad_input: a point is not finite
Result<Distance> distanceBetween(Vec3d from, Vec3d to, double point_sigma_m = 0);

/// Along a chain of picked points.
struct PathLength {
  double distance_m = 0, horizontal_m = 0, up_m = 0, down_m = 0;
};
Result<PathLength> lengthAlong(std::span<const Vec3d> points);

/// Of a ring of picked points (the first is not repeated).
struct AreaOf {
  double planimetric_m2 = 0;  ///< seen from above (shoelace formula)
  double surface_m2 = 0;      ///< of the triangulated face in space
  double plane_m2 = 0;        ///< in the ring's own mean plane (Newell 1972)
  double perimeter_m = 0;     ///< in space
  double tilt_deg = 0;        ///< of the mean plane: 0 lies flat, 90 stands upright
};
/// @returns bad_input: fewer than three points, points that are not finite, a ring that crosses itself seen in its
/// plane
Result<AreaOf> areaOf(std::span<const Vec3d> ring);

}  // namespace hashimichi::measure
