#pragma once
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "geo/core/geometry.h"

namespace hashimichi::measure {

/// Sums over the points of one cell, about its centre.
struct CellSums {
  std::uint32_t n = 0;
  double x = 0, y = 0, z = 0, xx = 0, xy = 0, yy = 0, xz = 0, yz = 0, zz = 0;
};

/// A surface seen from above as heights of square cells. Coordinates are any two plane ones (x, y; or chainage, offset)
/// and a height; cell (0, 0) begins at the origin. Memory goes with the cells that hold points.
class SurfaceCells {
 public:
  SurfaceCells(double cell_m, Vec3d origin) : cell_m_(cell_m), origin_(origin) {}
  void add(Vec3d place);

  using Key = std::uint64_t;
  const std::unordered_map<Key, CellSums>& cells() const { return cells_; }
  const CellSums* at(Key key) const;
  Vec3d centreOf(Key key) const;  ///< z is the origin's
  static Key neighbour(Key key, int east, int north);

  struct Slope {
    double x = 0, y = 0;
  };
  /// From the cells around; 0 where there are none.
  Slope slopeAt(Key key) const;
  /// Mean height at the centre of the cell, and variance of the points about the sloping surface.
  struct Height {
    double z = 0, variance = 0;
  };
  static Height heightOf(const CellSums& cell, Slope slope);
  double pooledVariance() const;  ///< of all cells with three points or more, each about its own slope

 private:
  double cell_m_;
  Vec3d origin_;
  std::unordered_map<Key, CellSums> cells_;
};

/// One cell that two surveys saw.
struct CellChange {
  SurfaceCells::Key key = 0;
  double change_m = 0, variance = 0;  ///< of the change: σ1²/n1 + σ2²/n2
  std::uint32_t points = 0, points_after = 0;
};
/// Heights of both are taken at the cell's centre along the slope of the first. Ascending keys.
std::vector<CellChange> changesOf(const SurfaceCells& before, const SurfaceCells& after, std::size_t smallest_count);

}  // namespace hashimichi::measure
