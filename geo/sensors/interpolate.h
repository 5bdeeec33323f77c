#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "geo/core/geometry.h"

namespace hashimichi::sensors {

/// Inverse-distance weighting (DOMAIN B.5). Distances are horizontal, in metres.
struct IdwRules {
  double power = 2;
  std::size_t max_count = 8;
  double radius_m = 30000;
  double max_height_difference_m = 300;  ///< farther up or down says nothing without a drift model
};

/// How much one sample counts at a place; the shares of a place sum to 1.
struct Weight {
  std::size_t sample = 0;
  double share = 0;
  double distance_m = 0;
};

/// The weights of the nearest samples at a place, nearest first, ties by sample index; empty when none is in reach.
/// @param out  reused between calls, so that a town of segments costs no allocation each
void idwWeights(std::span<const Vec3d> samples, Vec3d at, const IdwRules& rules, std::vector<Weight>& out);

/// Weighted standard deviation of the samples around their weighted mean; 0 for one sample.
double spread(std::span<const Weight> weights, std::span<const double> values);

}  // namespace hashimichi::sensors
