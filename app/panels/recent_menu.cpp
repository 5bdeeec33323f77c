#include "app/panels/recent_menu.h"

#include <imgui.h>

#include "app/widgets/say.h"
#include "geo/core/file.h"

namespace hashimichi::app {

void drawRecentMenu(const ViewModel& view, CommandQueue& out) {
  if (!ImGui::BeginMenu(say(view, "recent.title"), !view.files.recent.empty())) return;
  for (const std::filesystem::path& folder : view.files.recent) {
    const std::string path = toUtf8(folder);
    if (ImGui::MenuItem((toUtf8(folder.stem()) + "###" + path).c_str())) out.push(OpenProject{folder});
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", path.c_str());
  }
  ImGui::Separator();
  if (ImGui::BeginMenu(say(view, "recent.forget"))) {
    for (const std::filesystem::path& folder : view.files.recent)
      if (ImGui::MenuItem((toUtf8(folder) + "###forget" + toUtf8(folder)).c_str()))
        out.push(FileCommand{ForgetRecent{folder}});
    ImGui::EndMenu();
  }
  ImGui::EndMenu();
}

}  // namespace hashimichi::app
