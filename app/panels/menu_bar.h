#pragma once
#include "app/panels/path_dialog.h"
#include "app/session/view_model.h"

namespace hashimichi::app {

/// The menus over the window, and the open project's name at the right end.
class MenuBar {
 public:
  void draw(const ViewModel& view, CommandQueue& out, PathDialog& dialog, float scale);
};

}  // namespace hashimichi::app
