#pragma once

namespace hashimichi::exporting {

/// Road lines of the sheet (and of the QGIS style): wider = sooner, so that ranks survive a copier.
inline constexpr double road_casing_mm = 0.25;  ///< on each side
constexpr double roadWidth_mm(int band) {
  constexpr double widths[] = {1.0, 2.4, 2.1, 1.8, 1.5, 1.2};
  return widths[band >= 0 && band <= 5 ? band : 0];
}

}  // namespace hashimichi::exporting
