#pragma once
#include <cstddef>
#include <span>

#include "geo/model/geometry.h"

namespace hashimichi::model {

/// Area of a flat face in space, holes taken out whichever way they turn.
double area3d(const Polygon& polygon);
double surfaceArea(std::span<const Surface> surfaces);

/// Volume that faces enclose, m³; positive when they look outward, negative when they look inward. Means something only
/// for closed faces, flat or not (divergence theorem over fans from each face's first point; holes turn against their
/// outer ring).
double signedVolume(std::span<const Surface> surfaces);

/// How the edges of faces pair up. In a closed solid every edge is used by two faces, once each way.
struct Closure {
  std::size_t edges = 0;
  std::size_t open = 0;      ///< used once: a face is missing
  std::size_t same_way = 0;  ///< used twice the same way: one of two neighbours looks the wrong way
  std::size_t crowded = 0;   ///< used by more than two faces: solids that touch along an edge, or a crumpled one

  bool closed() const { return edges > 0 && open == 0 && same_way == 0; }
};
/// Points are the same when they fall on the same point of a grid of this spacing.
inline constexpr double same_point_m = 0.0005;
Closure closureOf(std::span<const Surface> surfaces);

/// Which way the faces of a solid look.
enum class Facing {
  open,   ///< not closed: no inside and outside to speak of
  mixed,  ///< closed as a shape, but some faces look the other way than their neighbours
  outward,
  inward,
};
Facing facingOf(std::span<const Surface> surfaces);

/// Turns a face round: every ring runs the other way. Places in a picture (uv) of the face turn with it, where it has
/// any: they stand point by point in the same order.
void turnRound(Polygon& polygon);
void turnRound(const Polygon& turned, SurfaceAppearance& appearance);

}  // namespace hashimichi::model
