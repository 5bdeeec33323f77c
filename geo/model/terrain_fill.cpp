#include "geo/model/terrain_fill.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace hashimichi::model {
namespace {

/// Samples without heights that hang together along rows and columns.
struct Gap {
  std::vector<std::size_t> cells;
  std::size_t west, east, south, north;
  bool at_edge = false;
};

class GapFinder {
 public:
  explicit GapFinder(const Terrain& terrain) : terrain_(terrain), seen_(terrain.height_m.size(), false) {}

  /// The gap that holds this sample; empty when it has a height or its gap is known already.
  Gap from(std::size_t first) {
    Gap gap{{}, terrain_.columns, 0, terrain_.rows, 0, false};
    take(first, gap);
    for (std::size_t next = 0; next < gap.cells.size(); ++next) {
      const std::size_t cell = gap.cells[next], c = cell % terrain_.columns, r = cell / terrain_.columns;
      gap.west = std::min(gap.west, c), gap.east = std::max(gap.east, c);
      gap.south = std::min(gap.south, r), gap.north = std::max(gap.north, r);
      if (c == 0 || r == 0 || c + 1 == terrain_.columns || r + 1 == terrain_.rows) gap.at_edge = true;
      if (c > 0) take(cell - 1, gap);
      if (r > 0) take(cell - terrain_.columns, gap);
      if (c + 1 < terrain_.columns) take(cell + 1, gap);
      if (r + 1 < terrain_.rows) take(cell + terrain_.columns, gap);
    }
    return gap;
  }

 private:
  void take(std::size_t cell, Gap& gap) {
    if (seen_[cell] || std::isfinite(terrain_.height_m[cell])) return;
    seen_[cell] = true;
    gap.cells.push_back(cell);
  }
  const Terrain& terrain_;
  std::vector<bool> seen_;
};

/// Height on the straight line between the nearest heights on both sides, and how far these are apart.
struct OnLine {
  double height, span;
};

OnLine between(const Terrain& terrain, std::size_t cell, std::size_t step) {
  std::size_t back = cell, ahead = cell;
  while (!std::isfinite(terrain.height_m[back])) back -= step;
  while (!std::isfinite(terrain.height_m[ahead])) ahead += step;
  const double before = static_cast<double>((cell - back) / step), span = static_cast<double>((ahead - back) / step);
  const double low = terrain.height_m[back], high = terrain.height_m[ahead];
  return {low + (high - low) * before / span, span};
}

void fill(Terrain& terrain, const Gap& gap) {
  std::vector<float> heights;
  heights.reserve(gap.cells.size());
  for (const std::size_t cell : gap.cells) {
    const OnLine row = between(terrain, cell, 1), column = between(terrain, cell, terrain.columns);
    heights.push_back(
        static_cast<float>((row.height * column.span + column.height * row.span) / (row.span + column.span)));
  }
  terrain.filled_cells.resize(terrain.height_m.size(), 0);
  for (std::size_t i = 0; i < heights.size(); ++i) {
    terrain.height_m[gap.cells[i]] = heights[i];
    terrain.filled_cells[gap.cells[i]] = 1;
  }
}

}  // namespace

TerrainFill fillGaps(Terrain& terrain, double up_to_m) {
  TerrainFill told;
  if (terrain.columns < 3 || terrain.rows < 3 || !(up_to_m > 0)) return told;
  GapFinder finder(terrain);
  std::size_t widest = 0;
  for (std::size_t cell = 0; cell < terrain.height_m.size(); ++cell) {
    if (std::isfinite(terrain.height_m[cell])) continue;
    const Gap gap = finder.from(cell);
    if (gap.cells.empty() || gap.at_edge) continue;
    const std::size_t side = std::max(gap.east - gap.west, gap.north - gap.south) + 1;
    if (static_cast<double>(side) * terrain.spacing_m > up_to_m) {
      ++told.left_gaps;
      continue;
    }
    fill(terrain, gap);
    ++told.gaps;
    told.cells += gap.cells.size();
    if (side <= widest) continue;
    widest = side;
    const std::size_t middle = gap.cells[gap.cells.size() / 2];
    told.widest_filled = Vec3d{terrain.south_west.x + terrain.spacing_m * static_cast<double>(middle % terrain.columns),
                               terrain.south_west.y + terrain.spacing_m * static_cast<double>(middle / terrain.columns),
                               terrain.height_m[middle]};
  }
  return told;
}

}  // namespace hashimichi::model
