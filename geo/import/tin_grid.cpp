#include "geo/import/tin_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace hashimichi::import {
namespace {

constexpr std::size_t learned_from = 20'000;  // triangles; 3 MB
constexpr double finest_m = 0.5, coarsest_m = 50, step_m = 0.5;
constexpr std::int64_t tile_side = 64;
constexpr float no_data = std::numeric_limits<float>::quiet_NaN();
/// No place on Earth is further from a project's origin; keeps cell numbers within 32 bits.
constexpr double farthest_m = 20'000'000;
/// A sample on the common edge of two triangles must not fall between them.
constexpr double edge_tolerance = 1e-9;

std::int64_t tileOf(std::int64_t cell) {
  return cell >= 0 ? cell / tile_side : -((-cell + tile_side - 1) / tile_side);
}
std::int64_t tileKey(std::int64_t tile_x, std::int64_t tile_y) {
  return (tile_x << 32) ^ (tile_y & 0xffffffff);
}
std::int64_t tileX(std::int64_t key) {
  return key >> 32;
}
std::int64_t tileY(std::int64_t key) {
  return static_cast<std::int32_t>(key & 0xffffffff);
}

double twiceArea(Vec3d a, Vec3d b, Vec3d c) {
  return (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
}
bool onEarth(Vec3d p) {
  return isFinite(p) && std::fabs(p.x) < farthest_m && std::fabs(p.y) < farthest_m;
}

}  // namespace

void TinGrid::add(Vec3d a, Vec3d b, Vec3d c) {
  ++triangles_;
  if (!onEarth(a) || !onEarth(b) || !onEarth(c) || twiceArea(a, b, c) == 0) {
    ++degenerate_;
    return;
  }
  if (spacing_ > 0) return sample({a, b, c});
  first_.push_back({a, b, c});
  if (first_.size() >= learned_from) startSampling();
}

void TinGrid::startSampling() {
  std::vector<double> edges;
  for (const Triangle& t : first_)
    for (const double edge : {distance2d(t.a, t.b), distance2d(t.b, t.c), distance2d(t.c, t.a)}) edges.push_back(edge);
  const auto middle = edges.begin() + static_cast<std::ptrdiff_t>(edges.size() / 2);
  std::nth_element(edges.begin(), middle, edges.end());
  spacing_ = std::clamp(std::round(*middle / step_m) * step_m, finest_m, coarsest_m);
  for (const Triangle& t : first_) sample(t);
  first_ = {};
}

TinGrid::CellRange TinGrid::cellsUnder(const Triangle& t) const {
  const auto up = [&](double v) { return static_cast<std::int64_t>(std::ceil(v / spacing_ - edge_tolerance)); };
  const auto down = [&](double v) { return static_cast<std::int64_t>(std::floor(v / spacing_ + edge_tolerance)); };
  return {up(std::min({t.a.x, t.b.x, t.c.x})), down(std::max({t.a.x, t.b.x, t.c.x})),
          up(std::min({t.a.y, t.b.y, t.c.y})), down(std::max({t.a.y, t.b.y, t.c.y}))};
}

void TinGrid::sample(const Triangle& t) {
  while (cellsUnder(t).count() > static_cast<double>(terrain_cell_limit)) coarsen();
  const CellRange cells = cellsUnder(t);
  if (cells.x1 < cells.x0 || cells.y1 < cells.y0) return;  // between samples
  work_ += static_cast<std::uint64_t>(cells.count());
  if (work_ > terrain_work_limit) {
    ++over_limit_;
    return;
  }
  const double twice_area = twiceArea(t.a, t.b, t.c);
  for (std::int64_t y = cells.y0; y <= cells.y1; ++y) sampleRow(t, twice_area, y, cells);
  if (tiles_.size() * tile_side * tile_side > terrain_cell_limit) coarsen();
}

void TinGrid::sampleRow(const Triangle& t, double twice_area, std::int64_t y, const CellRange& cells) {
  for (std::int64_t x = cells.x0; x <= cells.x1; ++x) {
    const Vec3d p{static_cast<double>(x) * spacing_, static_cast<double>(y) * spacing_, 0};
    const double a = twiceArea(p, t.b, t.c) / twice_area, b = twiceArea(t.a, p, t.c) / twice_area, c = 1 - a - b;
    if (a < -edge_tolerance || b < -edge_tolerance || c < -edge_tolerance) continue;
    float& height = cell(tiles_, x, y);
    if (std::isnan(height)) height = static_cast<float>(a * t.a.z + b * t.b.z + c * t.c.z);
  }
}

float& TinGrid::cell(Tiles& tiles, std::int64_t x, std::int64_t y) const {
  const std::int64_t tile_x = tileOf(x), tile_y = tileOf(y);
  std::vector<float>& tile = tiles[tileKey(tile_x, tile_y)];
  if (tile.empty()) tile.assign(tile_side * tile_side, no_data);
  return tile[static_cast<std::size_t>((y - tile_y * tile_side) * tile_side + (x - tile_x * tile_side))];
}

void TinGrid::coarsen() {
  Tiles coarse;
  for (const auto& [key, tile] : tiles_)
    for (std::int64_t row = 0; row < tile_side; row += 2)
      for (std::int64_t column = 0; column < tile_side; column += 2) {
        const float height = tile[static_cast<std::size_t>(row * tile_side + column)];
        if (std::isnan(height)) continue;
        // Tiles begin at even cells, so every second cell of a tile is an even one and halves exactly.
        cell(coarse, (tileX(key) * tile_side + column) / 2, (tileY(key) * tile_side + row) / 2) = height;
      }
  tiles_ = std::move(coarse);
  spacing_ *= 2;
}

std::optional<TinGrid::CellRange> TinGrid::covered() const {
  constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max();
  CellRange range{far, -far, far, -far};
  for (const auto& [key, tile] : tiles_)
    for (std::int64_t i = 0; i < tile_side * tile_side; ++i) {
      if (std::isnan(tile[static_cast<std::size_t>(i)])) continue;
      const std::int64_t x = tileX(key) * tile_side + i % tile_side, y = tileY(key) * tile_side + i / tile_side;
      range = {std::min(range.x0, x), std::max(range.x1, x), std::min(range.y0, y), std::max(range.y1, y)};
    }
  if (range.x1 < range.x0) return std::nullopt;
  return range;
}

std::optional<model::Terrain> TinGrid::finish() {
  if (spacing_ == 0 && !first_.empty()) startSampling();
  std::optional<CellRange> range = covered();
  while (range && range->count() > static_cast<double>(terrain_cell_limit)) {
    coarsen();
    range = covered();
  }
  if (!range) return std::nullopt;
  model::Terrain terrain;
  terrain.spacing_m = spacing_;
  terrain.south_west = {static_cast<double>(range->x0) * spacing_, static_cast<double>(range->y0) * spacing_, 0};
  terrain.columns = static_cast<std::size_t>(range->x1 - range->x0 + 1);
  terrain.rows = static_cast<std::size_t>(range->y1 - range->y0 + 1);
  terrain.height_m.assign(terrain.columns * terrain.rows, no_data);
  for (const auto& [key, tile] : tiles_)
    for (std::int64_t i = 0; i < tile_side * tile_side; ++i) {
      const float height = tile[static_cast<std::size_t>(i)];
      if (std::isnan(height)) continue;
      const std::int64_t x = tileX(key) * tile_side + i % tile_side - range->x0;
      const std::int64_t y = tileY(key) * tile_side + i / tile_side - range->y0;
      terrain.height_m[static_cast<std::size_t>(y) * terrain.columns + static_cast<std::size_t>(x)] = height;
    }
  tiles_.clear();
  return terrain;
}

void finishTerrain(TinGrid& grid, const std::string& file, Context& context) {
  if (grid.triangles() == 0) return;
  std::optional<model::Terrain> terrain = grid.finish();
  if (grid.degenerate() > 0)
    context.problems.skip(file, {}, "tin.degenerate",
                          fmt::format("{} of {} triangles have no area or no place and were left out.",
                                      grid.degenerate(), grid.triangles()));
  if (grid.over_limit() > 0)
    context.problems.skip(
        file, {}, "tin.limit",
        fmt::format("{} triangles were left out, because too many cover the same ground.", grid.over_limit()));
  if (!terrain || terrain->columns < 2 || terrain->rows < 2)
    return context.problems.skip(file, {}, "tin.too_small",
                                 fmt::format("The relief of {} triangles is smaller than one cell of {:g} m.",
                                             grid.triangles(), grid.spacing_m()));
  context.problems.assume(file, {}, "terrain.sampled",
                          fmt::format("The relief of {} triangles was sampled to a grid of {} × {} heights every "
                                      "{:g} m.",
                                      grid.triangles(), terrain->columns, terrain->rows, terrain->spacing_m));
  terrain->source = file;
  context.sink.add(std::move(*terrain));
}

}  // namespace hashimichi::import
