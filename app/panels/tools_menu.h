#pragma once
#include "app/panels/path_dialog.h"
#include "app/session/view_model.h"

namespace hashimichi::app {

/// The items of the menu "Tools": point clouds, measuring, sections, comparing.
void drawToolsMenu(const ViewModel& view, CommandQueue& out, PathDialog& dialog);

}  // namespace hashimichi::app
