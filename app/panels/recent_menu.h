#pragma once
#include "app/session/view_model.h"

namespace hashimichi::app {

// The parts of the File menu that follow the disk instead of a fixed list.

/// A menu of the projects that were open before, and what takes one off that list.
void drawRecentMenu(const ViewModel& view, CommandQueue& out);

}  // namespace hashimichi::app
