#pragma once
#include "app/session/view_model.h"

namespace hashimichi::app {

/// Everything that was done to the project since it was opened, with a name; a click goes to the state after it.
void drawHistoryWindow(const ViewModel& view, CommandQueue& out, float scale);

}  // namespace hashimichi::app
