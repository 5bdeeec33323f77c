#pragma once
#include <span>

#include "geo/model/geometry.h"

namespace hashimichi::model {

/// Whether a place lies on a polygon seen from above; holes do not count. Vertical faces contain nothing.
bool contains2d(const Polygon& polygon, double x, double y);
/// On any of the surfaces.
bool contains2d(const Geometry& geometry, double x, double y);

/// The smallest rectangle around points seen from above.
struct Extent {
  Vec3d centre;          ///< z = 0
  Vec3d along{1, 0, 0};  ///< unit direction of the longer side
  double length_m = 0;   ///< longer side
  double width_m = 0;

  /// Clearly longer than wide, so that `along` means something.
  bool elongated() const { return length_m > 1.5 * width_m && length_m > 0; }
  /// From one short side's middle to the other's.
  Polyline axis() const { return {centre - along * (length_m / 2), centre + along * (length_m / 2)}; }
};
Extent extentOf(std::span<const Vec3d> points);
Extent extentOf(const Geometry& geometry);

/// Horizontal distance along the line to the foot of the perpendicular from a place, clamped to the line's ends.
double chainageOf(const Polyline& line, double x, double y);

}  // namespace hashimichi::model
