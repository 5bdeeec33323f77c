#pragma once
#include "geo/core/date_time.h"
#include "geo/core/geometry.h"

namespace hashimichi {

/// Where the sun stands, without refraction by the air.
struct SunPosition {
  double elevation_deg = 0;  ///< above the horizon; negative when it is down
  double azimuth_deg = 0;    ///< from north, clockwise
};

/// The sun's place by NOAA's solar calculator (after Meeus, "Astronomical Algorithms", chapter 25, low precision):
/// within 0.01° between 1950 and 2100. Valid wherever the sun has an azimuth, which it lacks only at the poles.
/// @param lat_deg, lon_deg  geographic, north and east positive
SunPosition sunAt(Instant moment, double lat_deg, double lon_deg);

/// Unit vector to the sun in a frame x east, y north, z up. The frame's north is taken for true north (in Japan's plane
/// rectangular zones they differ by less than 1.2°).
Vec3d towards(const SunPosition& sun);

}  // namespace hashimichi
