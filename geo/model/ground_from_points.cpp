#include "geo/model/ground_from_points.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/model/mosaic.h"

namespace hashimichi::model {
namespace {

constexpr unsigned char ground_class = 2;
constexpr std::size_t fewest_points = 100;
/// Gaps up to twice this are closed: the size of a large building.
constexpr double gap_reach_m = 40;

std::vector<Vec3d> groundPoints(const std::vector<PointCloud>& clouds) {
  std::vector<Vec3d> points;
  for (const PointCloud& cloud : clouds)
    for (std::size_t i = 0; i < cloud.sample.size() && i < cloud.sample.classification.size(); ++i)
      if (cloud.sample.classification[i] == ground_class)
        points.push_back({cloud.sample.xyz[3 * i], cloud.sample.xyz[3 * i + 1], cloud.sample.xyz[3 * i + 2]});
  return points;
}

/// One ring of empty cells gets the mean of its neighbours. @returns false when there was nothing to fill
bool growInwards(Terrain& grid) {
  const std::vector<float> before = grid.height_m;
  bool grown = false;
  for (std::size_t r = 0; r < grid.rows; ++r)
    for (std::size_t c = 0; c < grid.columns; ++c) {
      if (std::isfinite(before[r * grid.columns + c])) continue;
      double sum = 0;
      int count = 0;
      for (std::size_t rr = r > 0 ? r - 1 : 0; rr <= std::min(r + 1, grid.rows - 1); ++rr)
        for (std::size_t cc = c > 0 ? c - 1 : 0; cc <= std::min(c + 1, grid.columns - 1); ++cc)
          if (const float h = before[rr * grid.columns + cc]; std::isfinite(h)) sum += static_cast<double>(h), ++count;
      if (count == 0) continue;
      grid.height_m[r * grid.columns + c] = static_cast<float>(sum / count);
      grown = true;
    }
  return grown;
}

}  // namespace

std::optional<Terrain> groundFromPoints(const std::vector<PointCloud>& clouds, Problems& problems) {
  const std::vector<Vec3d> points = groundPoints(clouds);
  if (points.size() < fewest_points) return std::nullopt;
  Bounds bounds;
  for (const Vec3d& p : points) bounds.add(p);
  const Vec3d size = bounds.size();
  Terrain grid;
  const double distance_m = std::sqrt(size.x * size.y / static_cast<double>(points.size()));
  grid.spacing_m = std::max(std::clamp(2 * distance_m, 1.0, 10.0),
                            std::max(size.x, size.y) / static_cast<double>(max_terrain_side - 2));
  grid.south_west = {bounds.low.x, bounds.low.y, 0};
  grid.columns = static_cast<std::size_t>(size.x / grid.spacing_m) + 2;
  grid.rows = static_cast<std::size_t>(size.y / grid.spacing_m) + 2;
  std::vector<double> sums(grid.columns * grid.rows);
  std::vector<std::uint32_t> counts(sums.size());
  for (const Vec3d& p : points) {
    const auto c = static_cast<std::size_t>(std::lround((p.x - bounds.low.x) / grid.spacing_m));
    const auto r = static_cast<std::size_t>(std::lround((p.y - bounds.low.y) / grid.spacing_m));
    sums[r * grid.columns + c] += p.z;
    ++counts[r * grid.columns + c];
  }
  grid.height_m.assign(sums.size(), std::numeric_limits<float>::quiet_NaN());
  for (std::size_t i = 0; i < sums.size(); ++i)
    if (counts[i] > 0) grid.height_m[i] = static_cast<float>(sums[i] / counts[i]);
  const int rings = static_cast<int>(gap_reach_m / grid.spacing_m);
  for (int ring = 0; ring < rings; ++ring)
    if (!growInwards(grid)) break;
  grid.source = clouds.front().source;
  problems.assume(grid.source, {}, "terrain.from_points",
                  fmt::format("There is no terrain model: one was made from {} ground points of the survey, a height "
                              "every {:.1f} m.",
                              points.size(), grid.spacing_m),
                  "Import a terrain model (DEM) for better heights.");
  return grid;
}

}  // namespace hashimichi::model
