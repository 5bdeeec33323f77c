#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/model/material.h"

namespace hashimichi::model {

/// A closed ring in the local frame. The first point is not repeated at the end; at least three points.
using Ring = std::vector<Vec3d>;
using Polyline = std::vector<Vec3d>;

/// A flat (or nearly flat) face. Outer ring counter-clockwise seen from outside, holes the other way round.
struct Polygon {
  Ring outer;
  std::vector<Ring> holes;
};

/// What a face is part of; CityGML boundary surfaces and road areas. Projects store the names, so new ones may be added
/// anywhere.
enum class SurfaceKind : std::uint8_t {
  unknown,
  ground,
  wall,
  roof,
  floor,
  ceiling,
  closure,
  deck,
  girder,
  substructure,
  railing,
  carriageway,
  footway,
  intersection,
  road_other,
  lane,       ///< 車線 inside the carriageway
  shoulder,   ///< 路肩, 側帯, 停車帯
  island,     ///< 島, 中央帯, 分離帯
  planting,   ///< 植栽
  parking,    ///< of cars or bicycles
  cycleway,   ///< 自転車道
  track_bed,  ///< 軌道敷, rails
  door,
  window,
  water,     ///< the surface of water
  interior,  ///< the inside of a tunnel
};
inline constexpr std::size_t surface_kind_count = 26;
const char* toString(SurfaceKind kind);                             ///< "wall", "track_bed", …
std::optional<SurfaceKind> surfaceKindFrom(std::string_view name);  ///< by the same names
/// Carriageway, its lanes and intersections: what a plough clears.
bool carriesTraffic(SurfaceKind kind);

struct Surface {
  Polygon polygon;
  SurfaceKind kind = SurfaceKind::unknown;
};

/// The shape of one feature at one level of detail, in the local frame.
struct Geometry {
  int lod = 0;
  bool has_height = true;  ///< false: z carries no information (LOD0/1 roads); draped on the terrain by the builder
  std::vector<Surface> surfaces;
  std::vector<Polyline> lines;
  std::vector<Vec3d> points;
  std::vector<SurfaceAppearance> appearance;  ///< of textured and coloured faces only, by ascending surface

  bool empty() const { return surfaces.empty() && lines.empty() && points.empty(); }
};

Bounds boundsOf(const Geometry& geometry);

/// Signed area seen from above (x, y), positive when counter-clockwise.
double signedArea2d(const Ring& ring);
/// Area seen from above, holes taken out.
double area2d(const Polygon& polygon);
/// Area normal by Newell's method; its length is twice the area in 3D.
Vec3d newellNormal(const Ring& ring);
/// Length along the line, horizontally.
double length2d(const Polyline& line);
/// Point at a distance along the line (clamped to its ends) and the horizontal direction there.
struct OnLine {
  Vec3d point;
  Vec3d direction;
};
OnLine pointAlong(const Polyline& line, double chainage_m);
/// Horizontal distance from a point to a line.
double distanceToLine2d(Vec3d point, const Polyline& line);

/// Length and width of the rectangle with the same area and perimeter as the polygon: how long and how wide a road is
/// of which only the surface is known. For a W×L rectangle this is exact; for compact shapes both are sqrt(area).
struct EquivalentRectangle {
  double length_m = 0, width_m = 0;
};
EquivalentRectangle equivalentRectangle(const Polygon& polygon);

}  // namespace hashimichi::model
