#pragma once
#include "app/session/view_model.h"

namespace hashimichi::app {

/// The keys window (F1) and "about".
void drawHelpWindows(const ViewModel& view, CommandQueue& out, float scale);

}  // namespace hashimichi::app
