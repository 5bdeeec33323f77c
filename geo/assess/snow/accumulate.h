#pragma once
#include <functional>
#include <vector>

#include "geo/assess/snow/profile.h"
#include "geo/sensors/series.h"

namespace hashimichi::assess::snow {

/// New snow in cm against time: never falls, linear between its points.
struct Curve {
  struct Point {
    Instant time;
    double cm = 0;
  };
  std::vector<Point> points;      ///< by time
  double at(Instant time) const;  ///< 0 before the first point, constant after the last
};

/// Sum of the rises of a depth gauge above its last reference. A fall of up to the gauge's 1 cm of noise leaves the
/// reference, so a record that flickers between two whole centimetres adds at most one; settling between falls of snow
/// is not added back.
Curve riseOfDepth(const sensors::Series& depth);

/// Sum of a quantity "of the preceding interval"; an interval longer than twice the usual one is not stretched.
/// @param cm_of  the depth that one value stands for
Curve sumOfIntervals(const sensors::Series& series, const std::function<double(const sensors::Observation&)>& cm_of);

/// Depth in cm of an interval's precipitation: snow share by wet bulb (or air) temperature, density by the profile.
/// @param humidity_pct  negative when unknown
double snowOfPrecipitation_cm(double water_mm, double air_c, double humidity_pct, DensityFormula density);

/// New-snow density with the limits of what falls on roads, 40 … 200 kg/m³.
double newSnowDensity(double air_c, DensityFormula density);

}  // namespace hashimichi::assess::snow
