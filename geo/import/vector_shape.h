#pragma once
// Included only by the .cpp files of this room: GDAL's geometry in, the model's geometry out.
#include <ogr_geometry.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geo/import/source_crs.h"
#include "geo/model/geometry.h"

namespace hashimichi::import {

/// How much of an arc one straight piece may stand for: 4 mm beside the arc at a radius of 100 m.
inline constexpr double arc_step_deg = 1;

/// The geometry of one feature in the local frame; curves made straight, collections flattened, rings turned
/// counter-clockwise (holes clockwise) and without the repeated last point.
struct VectorShape {
  std::vector<model::Polygon> polygons;
  std::vector<model::Polyline> lines;
  std::vector<Vec3d> points;
  bool curved = false;          ///< had arcs, which were cut into pieces of at most arc_step_deg
  bool has_height = false;      ///< 3D, and not all heights 0
  bool all_zero = false;        ///< 3D, but every height is 0
  std::size_t bad_parts = 0;    ///< rings with fewer than three points, lines with fewer than two
  std::size_t lost_points = 0;  ///< not finite, or outside the projection; the parts with them are left out

  bool empty() const { return polygons.empty() && lines.empty() && points.empty(); }
};

VectorShape shapeOf(const OGRGeometry& geometry, const Placer& placer);

/// A shape written as well-known text; bounds in its own coordinates.
class WktShape {
 public:
  /// Nothing for other text, and for text that is longer than any shape of a table.
  static std::optional<WktShape> parse(const std::string& wkt);
  Bounds bounds() const;
  VectorShape shape(const Placer& placer) const { return shapeOf(*geometry_, placer); }

 private:
  explicit WktShape(std::shared_ptr<const OGRGeometry> geometry) : geometry_(std::move(geometry)) {}
  std::shared_ptr<const OGRGeometry> geometry_;
};

/// Joins lines whose ends meet (within a centimetre) into longer ones; directions are kept, order of appearance too.
std::vector<model::Polyline> joinLines(std::vector<model::Polyline> lines);

}  // namespace hashimichi::import
