#pragma once
#include <cstddef>

#include "geo/model/terrain.h"

namespace hashimichi::model {

struct TerrainFill {
  std::size_t gaps = 0, cells = 0;       ///< filled
  std::size_t left_gaps = 0;             ///< enclosed by heights, but wider than asked
  std::optional<Vec3d> widest_filled{};  ///< the middle of the widest gap that was filled, local frame
};

/// Fills gaps that heights enclose on all sides and that are at most `up_to_m` wide and long, and marks every filled
/// sample in `terrain.filled_cells`.
///
/// Each sample is the mean of the straight lines between the heights at both ends of its gap along its row and along
/// its column, weighted by their shortness: on an even slope the slope itself. Gaps at the grid's edge stay.
TerrainFill fillGaps(Terrain& terrain, double up_to_m);

}  // namespace hashimichi::model
