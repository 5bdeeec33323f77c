#pragma once
#include "app/session/view_model.h"

namespace hashimichi::app {

/// The whole File menu; to be called between BeginMenu and EndMenu.
void drawFileMenu(const ViewModel& view, CommandQueue& out, float scale);

}  // namespace hashimichi::app
