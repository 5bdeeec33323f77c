#pragma once
#include <imgui.h>

#include <span>
#include <string>
#include <vector>

#include "app/desktop/theme.h"

namespace hashimichi::app {

/// One column of a histogram: from … to, and how many; `colour` by what the column means.
struct HistogramBin {
  double low = 0, high = 0;
  std::size_t count = 0;
};

/// Values put into so many columns of equal width over their range; values that are not finite are left out.
std::vector<HistogramBin> binsOf(std::span<const double> values, std::size_t columns);

/// Columns with axes; hovering tells a column's range and count. @param of  what is counted: "roads"
void histogramPlot(const char* id, std::span<const HistogramBin> bins, const char* unit, const std::string& of,
                   ImVec2 size, float scale, const Palette& colours);

}  // namespace hashimichi::app
