#pragma once
#include <optional>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/model/geometry.h"

namespace hashimichi::import {

/// The steps of a regular grid, in the source's own units (degrees or metres).
struct GridSteps {
  double x = 0, y = 0;
};

/// Whether places (x, y) are the centres of a grid's cells: evenly spaced along both axes and at least a third of the
/// cells between its corners filled (a town's outline leaves some out). Nothing for scattered points.
std::optional<GridSteps> gridStepsOf(const std::vector<Vec3d>& places);

/// The cell round its centre, as a flat area without height.
model::Geometry cellAt(Vec3d centre, const GridSteps& steps);

}  // namespace hashimichi::import
