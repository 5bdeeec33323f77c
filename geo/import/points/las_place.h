#pragma once
#include <string>

#include "geo/import/importer.h"
#include "geo/import/points/las_header.h"

namespace hashimichi::import {

/// In which CRS a cloud's coordinates are to be read, and how.
struct LasPlace {
  std::string crs;
  bool swap_axes = false;  ///< the file writes northing (latitude) first
  crs::HeightWish heights = {};
};

/// The file's own CRS, else the user's, else the project's when the coordinates lie in the project's area; each guess
/// is an assumption in the report. Northing-first files are recognised by lying in the area only when swapped.
/// @returns bad_crs for geocentric coordinates, numbers that do not fit the CRS, places more than 100 km from the
///          project, or no CRS and no match
Result<LasPlace> placeCloud(const LasHeader& header, const std::string& file, const Context& context);

/// Corners and middles of the sides of a box in the file's coordinates, in the local frame.
Bounds localBounds(const Bounds& bounds, const crs::ToLocal& transform, bool swap_axes);

}  // namespace hashimichi::import
