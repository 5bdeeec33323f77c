#pragma once
#include <optional>

#include "geo/core/geometry.h"

namespace hashimichi::measure {

/// Sums of places about a middle near them, for the plane that fits them best in space.
struct PlaneSums {
  double n = 0;
  Vec3d sum;
  double xx = 0, xy = 0, xz = 0, yy = 0, yz = 0, zz = 0;
  void add(Vec3d p) {
    n += 1, sum = sum + p;
    xx += p.x * p.x, xy += p.x * p.y, xz += p.x * p.z, yy += p.y * p.y, yz += p.y * p.z, zz += p.z * p.z;
  }
  Vec3d mean() const { return n > 0 ? sum * (1 / n) : sum; }
};

/// Direction in which places spread least: eigenvector of the smallest eigenvalue of their covariance (closed form
/// for symmetric 3 × 3 matrices, Smith 1961), turned to the side of `towards` where that is not zero. Unit length.
/// Nothing for fewer than three places or for places on one line.
std::optional<Vec3d> normalOf(const PlaneSums& sums, Vec3d towards);

}  // namespace hashimichi::measure
