#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "geo/points/record_layout.h"

namespace hashimichi::points {

/// What was found in one column while the file was read for its extent.
struct ColumnRange {
  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  bool whole = true;  ///< only whole numbers
  std::uint64_t numbers = 0;
  void add(double value);
};

/// One column of a table of points and where it goes.
struct PointColumn {
  std::string name;              ///< as the file writes it; empty without a head line
  int axis = -1;                 ///< 0 east, 1 north, 2 up
  Field field;                   ///< of the octree; an empty name: the column is left out
  int element = 0;               ///< of the field (red 0, green 1, blue 2)
  double factor = 1, shift = 0;  ///< stored = (value + shift) × factor
};

/// Names of a head line ("x,y,z,r,g,b", "Easting Northing Height Intensity", 東距 …); empty when it has no three
/// coordinates.
std::vector<PointColumn> columnsByName(const std::vector<std::string>& names);
/// Columns of a file without head line, by their number and what they hold.
std::vector<PointColumn> columnsByValue(const std::vector<ColumnRange>& ranges);
/// Fits what is stored to what the columns hold: colours of 0 … 255 or 0 … 1, intensities from −2048 or of 0 … 1.
/// @returns what was assumed, as a sentence; empty when nothing was
std::string fitColumns(std::vector<PointColumn>& columns, const std::vector<ColumnRange>& ranges);
/// "x y z intensity red green blue", for the report.
std::string columnWords(const std::vector<PointColumn>& columns);

}  // namespace hashimichi::points
