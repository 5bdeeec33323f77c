#pragma once
#include "app/session/view_model.h"

namespace hashimichi::app {

/// The items of the menu "File".
void drawFileMenu(const ViewModel& view, CommandQueue& out, float scale);

}  // namespace hashimichi::app
