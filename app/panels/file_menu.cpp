#include "app/panels/file_menu.h"

#include <imgui.h>

#include "app/panels/action_menu.h"
#include "app/panels/recent_menu.h"

namespace hashimichi::app {

void drawFileMenu(const ViewModel& view, CommandQueue& out, float) {
  drawRecentMenu(view, out);
  ImGui::Separator();
  drawActionMenu(view, out, Menu::file);
}

}  // namespace hashimichi::app
