#include "app/panels/file_menu.h"

#include "app/panels/action_menu.h"

namespace hashimichi::app {

void drawFileMenu(const ViewModel& view, CommandQueue& out, float) {
  drawActionMenu(view, out, Menu::file);
}

}  // namespace hashimichi::app
