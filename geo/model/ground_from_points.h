#pragma once
#include <optional>
#include <vector>

#include "geo/core/problem.h"
#include "geo/model/point_cloud.h"
#include "geo/model/terrain.h"

namespace hashimichi::model {

/// A terrain from the ground points (ASPRS class 2) of surveys, for towns that have no terrain model: the mean height
/// per cell, cells about twice the points' distance (1 to 10 m), small gaps below buildings and bridges closed from
/// their sides. Nothing when there are fewer than 100 ground points. An assumption in the report.
std::optional<Terrain> groundFromPoints(const std::vector<PointCloud>& clouds, Problems& problems);

}  // namespace hashimichi::model
