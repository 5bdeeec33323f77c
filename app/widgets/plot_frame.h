#pragma once
#include <imgui.h>

#include <string>
#include <vector>

#include "app/desktop/theme.h"

namespace hashimichi::app {

struct PlotRange {
  double low = 0, high = 1;
  double span() const { return high - low; }
  bool operator==(const PlotRange&) const = default;
};

/// Whole multiples of 1, 2 or 5 × 10ⁿ inside a range, at most so many; empty for an empty range.
std::vector<double> roundTicks(PlotRange range, int most);

/// A rectangle on the draw list with an axis below and one on the left.
struct PlotFrame {
  ImVec2 low, high;  ///< of the plot itself, window pixels
  PlotRange x, y;

  /// The plot inside an area, room for the axes' words taken off.
  static PlotFrame inside(ImVec2 at, ImVec2 size, PlotRange x, PlotRange y, float scale);
  ImVec2 toScreen(double value_x, double value_y) const;
  double xAt(float pixel) const;
  double yAt(float pixel) const;
  bool contains(ImVec2 place) const;
  /// Ground, lines at round values and their numbers with the unit at the last one.
  void drawAxes(ImDrawList& list, const Palette& colours, const char* x_unit, const char* y_unit) const;
  /// A cross under the mouse and a line of words beside it.
  void drawCursor(ImDrawList& list, ImVec2 mouse, const std::string& words, const Palette& colours) const;
};

}  // namespace hashimichi::app
