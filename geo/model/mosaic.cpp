#include "geo/model/mosaic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace hashimichi::model {
namespace {

constexpr float no_data = std::numeric_limits<float>::quiet_NaN();

bool usable(const Terrain& terrain) {
  return terrain.columns >= 2 && terrain.rows >= 2 && terrain.spacing_m > 0 &&
         terrain.height_m.size() == terrain.columns * terrain.rows && isFinite(terrain.south_west);
}

/// Like heightAt, but a place that falls on a sample needs only that sample: grids that meet edge to edge keep theirs.
float sampleAt(const Terrain& terrain, double x, double y) {
  const double u = (x - terrain.south_west.x) / terrain.spacing_m, v = (y - terrain.south_west.y) / terrain.spacing_m;
  const double c = std::round(u), r = std::round(v);
  constexpr double on_sample = 1e-4;
  if (std::fabs(u - c) < on_sample && std::fabs(v - r) < on_sample) {
    if (c < 0 || r < 0 || c >= static_cast<double>(terrain.columns) || r >= static_cast<double>(terrain.rows))
      return no_data;
    return terrain.at(static_cast<std::size_t>(c), static_cast<std::size_t>(r));
  }
  const std::optional<double> height = terrain.heightAt(x, y);
  return height ? static_cast<float>(*height) : no_data;
}

Terrain emptyGrid(const std::vector<Terrain>& terrains, Problems& problems) {
  Bounds bounds;
  double finest = std::numeric_limits<double>::infinity();
  const Terrain* anchor = nullptr;
  for (const Terrain& terrain : terrains) {
    bounds.add(terrain.bounds());
    if (terrain.spacing_m < finest) finest = terrain.spacing_m, anchor = &terrain;
  }
  const double widest = std::max(bounds.size().x, bounds.size().y);
  const double spacing = std::max(finest, widest / static_cast<double>(max_terrain_side - 2));
  if (spacing > finest)
    problems.assume(
        anchor->source, {}, "terrain.coarsened",
        fmt::format("The terrain is kept every {:.2f} m instead of {:.2f} m: {} samples a side are the limit.", spacing,
                    finest, max_terrain_side));
  Terrain grid;
  grid.spacing_m = spacing;
  // Aligned with the finest grid, so that its samples are taken over unchanged.
  const auto aligned = [&](double low, double start) {
    return spacing > finest ? low : start + std::floor((low - start) / spacing + 1e-6) * spacing;
  };
  grid.south_west = {aligned(bounds.low.x, anchor->south_west.x), aligned(bounds.low.y, anchor->south_west.y), 0};
  const auto samples = [&](double high, double start) {
    const double count = std::ceil((high - start) / spacing - 1e-6) + 1;
    return static_cast<std::size_t>(std::clamp(count, 2.0, static_cast<double>(max_terrain_side)));
  };
  grid.columns = samples(bounds.high.x, grid.south_west.x);
  grid.rows = samples(bounds.high.y, grid.south_west.y);
  grid.height_m.assign(grid.columns * grid.rows, no_data);
  grid.source = terrains.front().source;
  return grid;
}

void layOver(Terrain& grid, const Terrain& terrain) {
  const auto range = [&](double low, double high, double start, std::size_t count) {
    const double last = static_cast<double>(count) - 1;
    const double first = std::clamp(std::ceil((low - start) / grid.spacing_m - 1e-3), 0.0, last);
    const double end = std::clamp(std::floor((high - start) / grid.spacing_m + 1e-3), 0.0, last);
    return std::pair{static_cast<std::size_t>(first), static_cast<std::size_t>(end)};
  };
  const Bounds box = terrain.bounds();
  const auto [c0, c1] = range(box.low.x, box.high.x, grid.south_west.x, grid.columns);
  const auto [r0, r1] = range(box.low.y, box.high.y, grid.south_west.y, grid.rows);
  for (std::size_t r = r0; r <= r1; ++r)
    for (std::size_t c = c0; c <= c1; ++c) {
      const float height = sampleAt(terrain, grid.south_west.x + grid.spacing_m * static_cast<double>(c),
                                    grid.south_west.y + grid.spacing_m * static_cast<double>(r));
      const std::size_t at = r * grid.columns + c;
      const bool filled = terrain.filled(grid.south_west.x + grid.spacing_m * static_cast<double>(c),
                                         grid.south_west.y + grid.spacing_m * static_cast<double>(r));
      // What was only filled in never hides a height that was measured.
      if (!std::isfinite(height) || (filled && std::isfinite(grid.height_m[at]))) continue;
      grid.height_m[at] = height;
      if (filled && grid.filled_cells.empty()) grid.filled_cells.assign(grid.height_m.size(), 0);
      if (!grid.filled_cells.empty()) grid.filled_cells[at] = filled;
    }
}

std::size_t fillSeams(Terrain& grid) {
  std::vector<std::pair<std::size_t, float>> fills;
  for (std::size_t r = 0; r < grid.rows; ++r)
    for (std::size_t c = 0; c < grid.columns; ++c) {
      if (std::isfinite(grid.at(c, r))) continue;
      float across = no_data;
      if (c > 0 && c + 1 < grid.columns) across = (grid.at(c - 1, r) + grid.at(c + 1, r)) / 2;
      if (!std::isfinite(across) && r > 0 && r + 1 < grid.rows) across = (grid.at(c, r - 1) + grid.at(c, r + 1)) / 2;
      if (std::isfinite(across)) fills.emplace_back(r * grid.columns + c, across);
    }
  for (const auto& [at, height] : fills) grid.height_m[at] = height;
  return fills.size();
}

}  // namespace

std::optional<Terrain> mosaic(std::vector<Terrain> terrains, Problems& problems) {
  std::erase_if(terrains, [](const Terrain& terrain) { return !usable(terrain); });
  if (terrains.empty()) return std::nullopt;
  if (terrains.size() == 1 && terrains[0].columns <= max_terrain_side && terrains[0].rows <= max_terrain_side)
    return std::move(terrains[0]);
  Terrain grid = emptyGrid(terrains, problems);
  std::stable_sort(terrains.begin(), terrains.end(),
                   [](const Terrain& a, const Terrain& b) { return a.spacing_m > b.spacing_m; });
  for (const Terrain& terrain : terrains) layOver(grid, terrain);
  if (terrains.size() == 1) return grid;
  const std::size_t filled = fillSeams(grid);
  problems.assume(
      terrains.back().source, {}, "terrain.mosaicked",
      fmt::format("{} terrains became one grid of {} × {} heights every {:.2f} m, the finer ones on top; {} "
                  "samples along seams were filled from both sides.",
                  terrains.size(), grid.columns, grid.rows, grid.spacing_m, filled));
  return grid;
}

}  // namespace hashimichi::model
