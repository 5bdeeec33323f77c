#include "geo/measure/surface_cells.h"

namespace hashimichi::measure {
namespace {

constexpr double farthest_cell = 1e9;

std::int32_t cellNumber(double metres, double cell_m) {
  return static_cast<std::int32_t>(std::clamp(std::floor(metres / cell_m), -farthest_cell, farthest_cell));
}
SurfaceCells::Key keyOf(std::int32_t column, std::int32_t row) {
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(row)) << 32 | static_cast<std::uint32_t>(column);
}
std::int32_t columnOf(SurfaceCells::Key key) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(key));
}
std::int32_t rowOf(SurfaceCells::Key key) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(key >> 32));
}

}  // namespace

void SurfaceCells::add(Vec3d place) {
  const Vec3d p = place - origin_;
  const Key key = keyOf(cellNumber(p.x, cell_m_), cellNumber(p.y, cell_m_));
  const Vec3d centre = centreOf(key) - origin_;
  const double x = p.x - centre.x, y = p.y - centre.y, z = p.z;
  CellSums& c = cells_[key];
  ++c.n;
  c.x += x, c.y += y, c.z += z;
  c.xx += x * x, c.xy += x * y, c.yy += y * y, c.xz += x * z, c.yz += y * z, c.zz += z * z;
}

const CellSums* SurfaceCells::at(Key key) const {
  const auto found = cells_.find(key);
  return found == cells_.end() ? nullptr : &found->second;
}

Vec3d SurfaceCells::centreOf(Key key) const {
  return origin_ + Vec3d{(columnOf(key) + 0.5) * cell_m_, (rowOf(key) + 0.5) * cell_m_, 0};
}

SurfaceCells::Key SurfaceCells::neighbour(Key key, int east, int north) {
  return keyOf(columnOf(key) + east, rowOf(key) + north);
}

SurfaceCells::Slope SurfaceCells::slopeAt(Key key) const {
  // A plane through the means of the nine cells, each by its number of points.
  double n = 0, x = 0, y = 0, z = 0, xx = 0, xy = 0, yy = 0, xz = 0, yz = 0;
  for (int j = -1; j <= 1; ++j)
    for (int i = -1; i <= 1; ++i) {
      const CellSums* c = at(neighbour(key, i, j));
      if (!c) continue;
      const double w = c->n, cx = c->x / w + i * cell_m_, cy = c->y / w + j * cell_m_, cz = c->z / w;
      n += w, x += w * cx, y += w * cy, z += w * cz;
      xx += w * cx * cx, xy += w * cx * cy, yy += w * cy * cy, xz += w * cx * cz, yz += w * cy * cz;
    }
  if (n <= 0) return {};
  const double sxx = xx - x * x / n, sxy = xy - x * y / n, syy = yy - y * y / n, sxz = xz - x * z / n,
               syz = yz - y * z / n;
  const double det = sxx * syy - sxy * sxy;
  if (!(det > 1e-3 * n * n * cell_m_ * cell_m_ * cell_m_ * cell_m_ * 0.01)) return {};
  return {(sxz * syy - syz * sxy) / det, (syz * sxx - sxz * sxy) / det};
}

SurfaceCells::Height SurfaceCells::heightOf(const CellSums& c, Slope s) {
  const double n = c.n, x = c.x / n, y = c.y / n, z = c.z / n;
  const double sxx = c.xx - n * x * x, sxy = c.xy - n * x * y, syy = c.yy - n * y * y;
  const double sxz = c.xz - n * x * z, syz = c.yz - n * y * z, szz = c.zz - n * z * z;
  const double squares = szz - 2 * s.x * sxz - 2 * s.y * syz + s.x * s.x * sxx + 2 * s.x * s.y * sxy + s.y * s.y * syy;
  return {z - s.x * x - s.y * y, c.n > 1 ? std::max(0.0, squares / (n - 1)) : 0};
}

double SurfaceCells::pooledVariance() const {
  double squares = 0, freedom = 0;
  for (const auto& [key, cell] : cells_)
    if (cell.n >= 3) squares += heightOf(cell, slopeAt(key)).variance * (cell.n - 1), freedom += cell.n - 1;
  return freedom > 0 ? squares / freedom : 0;
}

std::vector<CellChange> changesOf(const SurfaceCells& before, const SurfaceCells& after, std::size_t smallest_count) {
  const double pooled_before = before.pooledVariance(), pooled_after = after.pooledVariance();
  std::vector<CellChange> changes;
  for (const auto& [key, first] : before.cells()) {
    const CellSums* second = after.at(key);
    if (!second || first.n < smallest_count || second->n < smallest_count) continue;
    const SurfaceCells::Slope slope = before.slopeAt(key);
    const auto a = SurfaceCells::heightOf(first, slope), b = SurfaceCells::heightOf(*second, slope);
    const double va = first.n >= 3 ? a.variance : pooled_before, vb = second->n >= 3 ? b.variance : pooled_after;
    changes.push_back({key, b.z - a.z, va / first.n + vb / second->n, first.n, second->n});
  }
  std::sort(changes.begin(), changes.end(), [](const CellChange& a, const CellChange& b) { return a.key < b.key; });
  return changes;
}

}  // namespace hashimichi::measure
