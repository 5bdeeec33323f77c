#pragma once
#include <optional>
#include <span>
#include <vector>

#include "geo/core/geometry.h"

namespace hashimichi::measure {

/// z = height + slope_x · x + slope_y · y, with what is known about how well it fits.
struct PlaneFit {
  double height = 0, slope_x = 0, slope_y = 0;
  double scatter = 0;               ///< standard deviation of the points about it
  std::size_t used = 0;             ///< points that were not passed over
  std::vector<bool> passed_over{};  ///< one per point given
  double covariance[3][3] = {};     ///< of height, slope_x, slope_y

  double at(double x, double y) const { return height + slope_x * x + slope_y * y; }
  /// 1-σ of the plane's height at a place.
  double sigmaAt(double x, double y) const;
};

/// Robust least squares: a level first look at the median height, then up to six rounds in which points farther than
/// max(3 × 1.4826 MAD, floor_m) are passed over. Nothing when fewer than `smallest` points are left, or when they lie
/// on one line seen from above.
std::optional<PlaneFit> fitPlane(std::span<const Vec3d> points, double floor_m, std::size_t smallest = 3);

/// Value at a share (0…1) of values, with linear interpolation; reorders them. NaN when empty.
double quantile(std::vector<double>& values, double share);
double median(std::vector<double>& values);
/// Two-sided 95 % point of Student's t; 1.96 for many degrees of freedom (Abramowitz and Stegun 26.7.5; within 0.5 %
/// from 3 degrees on).
double student95(double degrees_of_freedom);

}  // namespace hashimichi::measure
