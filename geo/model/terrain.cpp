#include "geo/model/terrain.h"

#include <cmath>

namespace hashimichi::model {

std::optional<double> Terrain::heightAt(double x, double y) const {
  if (columns < 2 || rows < 2) return std::nullopt;
  const double u = (x - south_west.x) / spacing_m, v = (y - south_west.y) / spacing_m;
  const double last_column = static_cast<double>(columns - 1), last_row = static_cast<double>(rows - 1);
  if (!(u >= 0 && v >= 0 && u <= last_column && v <= last_row)) return std::nullopt;
  const auto c = static_cast<std::size_t>(std::min(u, last_column - 1)),
             r = static_cast<std::size_t>(std::min(v, last_row - 1));
  const double fu = u - static_cast<double>(c), fv = v - static_cast<double>(r);
  const double south = at(c, r) * (1 - fu) + at(c + 1, r) * fu;
  const double north = at(c, r + 1) * (1 - fu) + at(c + 1, r + 1) * fu;
  const double height = south * (1 - fv) + north * fv;
  if (!std::isfinite(height)) return std::nullopt;
  return height;
}

bool Terrain::filled(double x, double y) const {
  if (filled_cells.empty() || !heightAt(x, y)) return false;
  const double u = (x - south_west.x) / spacing_m, v = (y - south_west.y) / spacing_m;
  const auto c = static_cast<std::size_t>(u), r = static_cast<std::size_t>(v);
  // A sample that the place lies on counts alone; its neighbours weigh nothing there.
  const std::size_t e = u > static_cast<double>(c) ? c + 1 : c, n = v > static_cast<double>(r) ? r + 1 : r;
  return filledAt(c, r) || filledAt(e, r) || filledAt(c, n) || filledAt(e, n);
}

Bounds Terrain::bounds() const {
  Bounds bounds;
  if (empty()) return bounds;
  float low = std::numeric_limits<float>::infinity(), high = -low;
  for (const float h : height_m)
    if (std::isfinite(h)) low = std::min(low, h), high = std::max(high, h);
  bounds.add(Vec3d{south_west.x, south_west.y, low});
  bounds.add(Vec3d{south_west.x + spacing_m * static_cast<double>(columns - 1),
                   south_west.y + spacing_m * static_cast<double>(rows - 1), high});
  return bounds;
}

}  // namespace hashimichi::model
