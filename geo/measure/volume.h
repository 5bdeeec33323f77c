#pragma once
#include <limits>

#include "geo/core/problem.h"
#include "geo/core/result.h"
#include "geo/measure/points.h"
#include "geo/model/geometry.h"

namespace hashimichi::measure {

struct VolumeWish {
  model::Ring within;  ///< seen from above; empty: wherever both surveys have points
  double cell_m = 0.5;
  double registration_m = 0;       ///< 1-σ of how the two surveys lie to each other in height
  std::size_t smallest_count = 2;  ///< points of either survey that a cell needs
};

/// What came and what went between two surveys of one surface, seen from above.
struct VolumeChange {
  double gain_m3 = 0, loss_m3 = 0, net_m3 = 0;              ///< all cells; loss as a positive number
  double significant_gain_m3 = 0, significant_loss_m3 = 0;  ///< cells beyond their level of detection alone
  double sigma_m3 = 0;                                      ///< of the net volume
  double area_m2 = 0;                                       ///< that both surveys saw
  double wanted_area_m2 = 0;                                ///< of the ring; equals area_m2 without one
  double mean_m = 0;                                        ///< mean change of height
  Basis basis;
};

/// Difference of two elevation models (Wheaton et al. 2010): mean height per cell, moved to one centre along the slope
/// of the first survey, thresholded by 1.96 √(σ1²/n1 + σ2²/n2 + registration²). For surfaces that are seen from above:
/// walls and undersides need cloudDistances.
/// @returns bad_input: bad sizes, no cell that both surveys saw; limit: more than 50 million cells
Result<VolumeChange> volumeBetween(const PointsView& before, const PointsView& after, const VolumeWish& wish);

struct SnowWish {
  model::Polyline centreline;  ///< of the road
  double every_m = 20;         ///< one depth for each stretch of this length
  double from_m = 0, to_m = std::numeric_limits<double>::infinity();
  double half_width_m = 3;
  double cell_m = 0.5;
  double registration_cm = 0;  ///< 1-σ of how the surveys lie to each other in height
};

struct SnowStretch {
  double from_m = 0, to_m = 0;  ///< chainage
  double depth_cm = 0;          ///< mean over the carriageway
  double sigma_cm = 0;
  double lowest_cm = 0, highest_cm = 0;  ///< 5 % and 95 % of the cells
  double volume_m3 = 0;                  ///< mean depth × area of the whole stretch, unseen cells included
  double seen_percent = 0;               ///< of the area
  std::size_t points = 0, points_after = 0;
};

struct SnowDepth {
  std::vector<SnowStretch> stretches;
  double depth_cm = 0, sigma_cm = 0;  ///< of all stretches, by area
  double volume_m3 = 0, sigma_m3 = 0;
  std::size_t not_measured = 0;  ///< stretches without enough points; each is a line of the problems
  Basis basis;
};

/// Depth of snow on a road: a survey with snow minus one of the bare road (Deems et al. 2013). Cells as volumeBetween
/// makes them; in each stretch cells farther than 3 × 1.4826 MAD (at least 10 cm) from the median are passed over
/// (vehicles). Depths may come out negative where there is no snow: they are not cut off, so that the mean is true.
/// @returns bad_input: line without length, bad sizes, no stretch that both surveys saw
Result<SnowDepth> snowDepth(const PointsView& bare, const PointsView& snow, const SnowWish& wish, Problems& problems);

}  // namespace hashimichi::measure
