#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "geo/model/geometry.h"

namespace hashimichi::model {

using Triangle = std::array<std::uint32_t, 3>;

/// Cuts a polygon with holes into triangles by ear clipping (Meisters 1975; holes joined by bridges after Eberly,
/// "Triangulation by ear clipping").
///
/// Works in the plane of the outer ring (Newell's normal), so walls and roofs are as good as floors. Indices count the
/// points of `outer`, then those of each hole in turn. Triangles turn the way the outer ring does; holes may turn
/// either way. For a simple polygon the areas add up to the polygon's area; no new points are made.
///
/// Bad input never fails: rings that cross themselves give some covering of valid indices, holes outside the outer
/// ring are left out, polygons without area or with points that are not finite give nothing. Time is near linear for
/// what maps contain and stays bounded (n·√n or so) for combs and spirals.
///
/// @param out  triangles are appended
void triangulate(const Polygon& polygon, std::vector<Triangle>& out);

}  // namespace hashimichi::model
