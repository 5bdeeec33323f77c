#pragma once
#include <optional>
#include <vector>

#include "geo/core/problem.h"
#include "geo/model/terrain.h"

namespace hashimichi::model {

/// A side of the town's terrain grid never has more samples than this: 16 M heights are 64 MB.
inline constexpr std::size_t max_terrain_side = 4000;

/// One grid from several: finer ones lie on top, of equally fine ones the later. The spacing is the finest one, made
/// coarser (reported) where the grid would pass `max_terrain_side`. Single missing samples along seams are filled from
/// both sides. Nothing when no terrain holds a sample; a single terrain that fits is handed back as it is.
std::optional<Terrain> mosaic(std::vector<Terrain> terrains, Problems& problems);

}  // namespace hashimichi::model
