#pragma once
#include <array>

#include "app/session/view_model.h"

namespace hashimichi::app {

/// Points by class of all clouds that are shown.
std::array<std::size_t, 256> countByClass(const ViewModel& view);
/// "Ground", 「地面」; "Class 40" for numbers that ASPRS left free.
std::string classWord(const ViewModel& view, std::uint8_t classification);
const char* wordOf(const ViewModel& view, render::PointColour colour);

/// What the colours of the points mean now: classes with their counts and a tick for each, else a ramp with its ends.
void drawPointLegend(const ViewModel& view, CommandQueue& out, const render::PointStatus& status, float scale);

}  // namespace hashimichi::app
