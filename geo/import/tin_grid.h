#pragma once
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "geo/import/importer.h"
#include "geo/model/terrain.h"

namespace hashimichi::import {

/// Samples of one terrain grid: 4096 × 4096, 64 MiB of heights. Larger reliefs are sampled more coarsely.
inline constexpr std::size_t terrain_cell_limit = 4096u * 4096u;
/// Grid samples that all triangles of a file may be tested against: minutes of work, reached only when many triangles
/// cover the same ground.
inline constexpr std::uint64_t terrain_work_limit = 4'000'000'000u;

/// Samples a triangulated relief, triangle by triangle, to a regular grid in the local frame.
///
/// Spacing: the median edge length of the first triangles, in steps of 0.5 m between 0.5 and 50 m. Samples lie at
/// whole multiples of the spacing, so that grids of neighbouring files meet. A sample takes the height of the triangle
/// plane below it; where triangles overlap, the first counts. Memory: the covered ground only, in tiles of 64 × 64,
/// never more than terrain_cell_limit; beyond that the spacing is doubled, which keeps every second sample exactly.
class TinGrid {
 public:
  /// Corners in the local frame. Triangles without area seen from above, or not finite, are counted and left out.
  void add(Vec3d a, Vec3d b, Vec3d c);
  /// Nothing when no sample was covered. The grid is empty afterwards.
  std::optional<model::Terrain> finish();

  std::size_t triangles() const { return triangles_; }
  std::size_t degenerate() const { return degenerate_; }
  /// Triangles left out because terrain_work_limit was reached.
  std::size_t over_limit() const { return over_limit_; }
  double spacing_m() const { return spacing_; }

 private:
  struct Triangle {
    Vec3d a, b, c;
  };
  struct CellRange {
    std::int64_t x0, x1, y0, y1;
    double count() const { return static_cast<double>(x1 - x0 + 1) * static_cast<double>(y1 - y0 + 1); }
  };
  using Tiles = std::unordered_map<std::int64_t, std::vector<float>>;

  void startSampling();
  void sample(const Triangle& triangle);
  void sampleRow(const Triangle& triangle, double twice_area, std::int64_t y, const CellRange& cells);
  CellRange cellsUnder(const Triangle& triangle) const;
  void coarsen();
  float& cell(Tiles& tiles, std::int64_t x, std::int64_t y) const;
  std::optional<CellRange> covered() const;

  std::vector<Triangle> first_;
  Tiles tiles_;
  double spacing_ = 0;
  std::uint64_t work_ = 0;
  std::size_t triangles_ = 0, degenerate_ = 0, over_limit_ = 0;
};

/// Hands the sampled relief of a file to the sink and tells how it was sampled and what was left out; nothing when the
/// file holds no triangles.
void finishTerrain(TinGrid& grid, const std::string& file, Context& context);

}  // namespace hashimichi::import
