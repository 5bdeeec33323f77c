#pragma once
#include <span>

#include "geo/core/geometry.h"

namespace hashimichi::crs {

/// Earth-centred, earth-fixed coordinates (EPSG:4978, metres; 3D Tiles) → longitude, latitude in degrees and height
/// above the ellipsoid (EPSG:4979, east first), in place, by PROJ. What is no number becomes NaN. Any thread.
void toDegrees(std::span<Vec3d> earth_centred);

}  // namespace hashimichi::crs
