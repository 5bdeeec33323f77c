#pragma once
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "geo/points/node_store.h"
#include "render/point_style.h"
#include "render/splat/splat.h"

namespace hashimichi::render {

/// Local frame → OpenGL clip space, row by row, as points::LodView wants it.
std::array<double, 16> viewProjection(const splat::View& view);
/// False only when no part of the box is between the picture's four sides and before the eye.
bool mayBeSeen(const splat::View& view, const Bounds& bounds);

/// How far the points of each drawn node have their neighbours, those of drawn children counted: the finer of both
/// where all its visible children are drawn.
/// @param nodes  parents before their children
std::vector<double> drawnSpacings(const points::LodTree& tree, std::span<const points::ResidentNodePtr> nodes,
                                  const splat::View& view);

/// What a ramp runs over: all values but the tails; about zero and as far to either side for distances, from 0 for
/// ages. Nothing without values.
std::optional<std::pair<double, double>> rangeOf(std::vector<double> values, double tail, PointColour colour);

}  // namespace hashimichi::render
