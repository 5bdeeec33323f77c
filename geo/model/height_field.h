#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/model/terrain.h"

namespace hashimichi::model {

/// The town from above, on a grid of square cells: the ground, and the height of whatever stands on it. Local frame,
/// metres. Row 0 is the southernmost; NaN where there is no ground.
struct HeightField {
  Vec3d south_west;  ///< x, y of the corner of the first cell (its centre lies half a cell inside); z unused
  double cell_m = 1;
  std::size_t columns = 0, rows = 0;
  std::vector<float> ground_m, top_m;  ///< rows × columns; top_m is at least ground_m

  bool empty() const { return top_m.empty(); }
  std::size_t at(std::size_t column, std::size_t row) const { return row * columns + column; }
  Vec3d centreOf(std::size_t column, std::size_t row) const {
    return {south_west.x + (static_cast<double>(column) + 0.5) * cell_m,
            south_west.y + (static_cast<double>(row) + 0.5) * cell_m, 0};
  }
  /// The cell that holds a place; nothing outside.
  std::optional<std::size_t> cellAt(double x, double y) const;
};

/// The ground alone within the terrain's bounds. The cells grow until there are no more than `cells_limit`.
HeightField heightFieldOf(const Terrain& ground, double cell_m, std::size_t cells_limit = 6'000'000);
/// Raises the tops to triangles seen from above: xyz three a vertex, three vertices a triangle. Cells whose centre a
/// triangle covers; what is thinner than a cell may be missed.
void raiseTo(std::span<const float> xyz, std::span<const std::uint32_t> triangles, HeightField& field);

/// How high the shadow reaches above each cell: a point lower than this is dark. NaN-free; −infinity where nothing
/// stands between the cell and the sun. Cells are walked along lines that run with the light, one line a start cell, so
/// that every cell is visited once: exact but for rounding a line to cells (at most half a cell to its side).
/// @param to_sun  unit vector; at or below the horizon everything is dark (+infinity)
std::vector<float> shadowHeights(const HeightField& field, Vec3d to_sun);

/// How open the sky is above the ground of each cell, 0…1: the mean of cos² of the horizon's angle in eight
/// directions (DOMAIN B.7), looking `reach_m` far. 255 = open.
std::vector<std::uint8_t> skyOpenness(const HeightField& field, double reach_m);

/// What is seen from an eye.
struct Viewshed {
  Vec3d eye;
  double reach_m = 0;
  HeightField field;               ///< the part within reach, as it was looked at
  std::vector<std::uint8_t> seen;  ///< per cell of it: 0 hidden or out of reach, 1 seen
  double seen_share = 0;           ///< of the cells within reach
};

/// Line of sight over the tops of the cells to the top of every cell within reach (a cell does not hide itself). One
/// straight line a cell, sampled once a cell; the Earth's curve is left out (2 cm in 500 m).
/// @param eye  local frame; nothing outside the field, or under a roof
std::optional<Viewshed> viewshedFrom(const HeightField& field, Vec3d eye, double reach_m);

}  // namespace hashimichi::model
