#include "app/panels/menu_bar.h"

#include <imgui.h>

#include <algorithm>

#include "app/desktop/theme.h"
#include "app/panels/action_menu.h"
#include "app/panels/file_menu.h"
#include "app/widgets/ellipsis.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

/// No longer than this share of the window: the menus and the search box come first.
constexpr float widest_name = 0.2F;

bool anyIn(Menu menu) {
  return std::ranges::any_of(actions(), [menu](const Action& action) { return action.menu == menu; });
}

}  // namespace

void MenuBar::projectName(const ViewModel& view, float scale) {
  const float all = ImGui::GetWindowWidth(), margin = 16 * scale;
  const std::string whole = view.project ? view.project->name : std::string(say(view, "menu.no_project"));
  const float room = std::min(all * widest_name, all - menus_end_ - 2 * margin);
  const std::string text = ellipsised(whole, room);
  name_begins_ = all - ImGui::CalcTextSize(text.c_str()).x - margin;
  if (text.empty()) return;
  ImGui::SameLine(name_begins_);
  ImGui::TextDisabled("%s", text.c_str());
  if (text != whole && ImGui::IsItemHovered()) ImGui::SetTooltip("%s", whole.c_str());
}

void MenuBar::draw(const ViewModel& view, CommandQueue& out, float scale) {
  const float padding = (menu_height_px - text_size_px) / 2;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {6 * scale, padding * scale});
  const bool open = ImGui::BeginMainMenuBar();
  ImGui::PopStyleVar();
  if (!open) return;
  ImGui::AlignTextToFramePadding();
  title(say(view, "app.name"));
  ImGui::SameLine(0, 16 * scale);
  const auto menu = [&](Menu which, const char* key, auto draw_items) {
    const std::string label = std::string(say(view, key)) + "###" + key;
    if (!anyIn(which) || !ImGui::BeginMenu(label.c_str())) return;
    draw_items(which);
    ImGui::EndMenu();
  };
  const auto listed = [&](Menu which) { drawActionMenu(view, out, which); };
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {8 * scale, 6 * scale});
  menu(Menu::file, "menu.file", [&](Menu) { drawFileMenu(view, out, scale); });
  menu(Menu::edit, "menu.edit", listed);
  menu(Menu::view, "menu.view", listed);
  menu(Menu::tools, "menu.tools", listed);
  menu(Menu::assess, "menu.assess", listed);
  menu(Menu::review, "menu.review", listed);
  menu(Menu::help, "menu.help", listed);
  ImGui::PopStyleVar();
  menus_end_ = ImGui::GetCursorPosX();
  projectName(view, scale);
  ImGui::EndMainMenuBar();
}

}  // namespace hashimichi::app
