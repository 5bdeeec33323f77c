#pragma once
#include "app/session/view_model.h"

namespace hashimichi::app {

/// What the shown decision looks like over the whole town: how scores and depths are spread, and the stations' depths
/// over time. For the inspector while nothing is selected.
void drawTownCharts(const ViewModel& view, float scale);

}  // namespace hashimichi::app
