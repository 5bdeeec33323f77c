#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "geo/core/geometry.h"

namespace hashimichi::model {

/// Ground heights on a regular grid in the local frame. Row 0 is the southernmost; NaN marks "no data".
struct Terrain {
  Vec3d south_west;      ///< x, y of the first sample; z unused
  double spacing_m = 0;  ///< the same in x and y
  std::size_t columns = 0, rows = 0;
  std::vector<float> height_m;  ///< rows × columns, row-major, as the source's heights (T.P. in Japan)
  std::string source;
  /// 1 where a height was interpolated over a gap, on request (fillGaps); empty when none was.
  std::vector<unsigned char> filled_cells{};

  bool empty() const { return height_m.empty(); }
  float at(std::size_t column, std::size_t row) const { return height_m[row * columns + column]; }
  /// Bilinear; nothing outside the grid or where any of the four samples is missing.
  std::optional<double> heightAt(double x, double y) const;
  /// Whether heightAt there rests on a filled sample.
  bool filled(double x, double y) const;
  bool filledAt(std::size_t column, std::size_t row) const {
    return !filled_cells.empty() && filled_cells[row * columns + column] != 0;
  }
  Bounds bounds() const;
};

/// An orthophoto on disk: drawn from its overviews, never copied into the project.
struct ImageryRef {
  std::string path;  ///< UTF-8; absolute while in memory, relative in the project file where possible
  std::string source;
  Bounds extent;  ///< local frame, x and y
};

}  // namespace hashimichi::model
