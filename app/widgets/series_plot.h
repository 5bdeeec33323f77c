#pragma once
#include <imgui.h>

#include <string>
#include <vector>

#include "app/desktop/theme.h"
#include "geo/sensors/series.h"

namespace hashimichi::app {

/// The moments that a plot shows and marks.
struct PlotSpan {
  Instant first, last;  ///< ends of the axis
  Instant now;          ///< end of the observations: what lies behind is shaded as forecast
  Instant shown;        ///< what the picture shows
};

/// Slanting lines over a rectangle: nothing is known there.
void hatch(ImDrawList& list, ImVec2 low, ImVec2 high, ImU32 colour);

/// One quantity of one station over time: observations as a line that breaks at gaps (hatched) and at values that were
/// flagged bad (marked by a cross), the forecast dashed. The item under it answers to the mouse: hovering tells value
/// and unit, time and source.
void seriesPlot(const char* id, const std::vector<const sensors::Series*>& series, const PlotSpan& span, ImVec2 size,
                const Palette& colours);

}  // namespace hashimichi::app
