#pragma once
#include "render/prepared_town.h"
#include "render/triangle_tree.h"

namespace hashimichi::render {

/// A band of constant width along a line, laid on the ground where the line runs on it and left in the air where the
/// line does (bridges, ramps). Local frame.
struct Ribbon {
  model::Polyline axis, left, right;  ///< the same number of points
};

/// @param line     with heights; points closer than a decimetre are merged
/// @param step_m   longest piece, so that it follows the ground
/// @param decks    tops of bridges on which the band lies where they are higher; nullptr for a road without bridges
/// @returns an empty ribbon when the line has no length
Ribbon ribbonAlong(const model::Polyline& line, double width_m, double step_m, const model::Terrain& ground,
                   const TriangleTree* decks = nullptr);

/// Appends the band and rounded ends as triangles of `feature`.
void appendRibbon(const Ribbon& ribbon, std::uint32_t feature, Mesh& mesh);
void appendLine(const model::Polyline& line, std::uint32_t feature, Lines& lines);

}  // namespace hashimichi::render
