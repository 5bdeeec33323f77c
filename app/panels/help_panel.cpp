#include "app/panels/help_panel.h"

#include <imgui.h>

#include <algorithm>
#include <array>

#include "app/desktop/theme.h"
#include "app/session/actions.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"
#include "geo/core/version.h"

namespace hashimichi::app {
namespace {

template <typename Draw>
void helpWindow(const ViewModel& view, CommandQueue& out, WindowId window, const char* key, float scale, Draw draw) {
  if (!view.open_windows.contains(window)) return;
  const ImVec2 all = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({all.x / 2, all.y * 0.45F}, ImGuiCond_Appearing, {0.5F, 0.5F});
  ImGui::SetNextWindowSize({std::min(480 * scale, all.x * 0.9F), 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  bool open = true;
  const std::string id = std::string(say(view, key)) + "###" + key;
  constexpr ImGuiWindowFlags flags =
      ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoResize;
  if (ImGui::Begin(id.c_str(), &open, flags)) draw();
  ImGui::End();
  ImGui::PopStyleVar();
  if (!open) out.push(ShowWindow{window, false});
}

/// What a drag does, by the preset that holds.
void mouseRows(const ViewModel& view, Facts& facts) {
  constexpr std::array orbit{"mouse.orbit_qgis", "mouse.orbit_paraview", "mouse.orbit_plateau"},
      pan{"mouse.pan_qgis", "mouse.pan_paraview", "mouse.pan_plateau"},
      zoom{"mouse.zoom_qgis", "mouse.zoom_paraview", "mouse.zoom_plateau"};
  const auto preset = static_cast<std::size_t>(view.mouse);
  facts.text(say(view, "mouse.orbit"), say(view, orbit[preset]));
  facts.text(say(view, "mouse.pan"), say(view, pan[preset]));
  facts.text(say(view, "mouse.zoom"), say(view, zoom[preset]));
  facts.text(say(view, "mouse.select"), say(view, "mouse.select_how"));
  facts.text(say(view, "mouse.fly"), say(view, "mouse.fly_how"));
}

void keysOf(const ViewModel& view, Menu menu, const char* menu_key) {
  const Palette& colours = paletteOf(view.theme);
  heading(say(view, menu_key), colours);
  Facts facts(menu_key, colours);
  for (const Action& action : actions()) {
    if (action.menu != menu || action.keys.empty()) continue;
    std::string keys = action.keys.front();
    for (std::size_t i = 1; i < action.keys.size(); ++i) keys += say(view, "list.separator") + action.keys[i];
    facts.text(action.text(view.language).c_str(), keys);
  }
}

void keys(const ViewModel& view, float height) {
  const Palette& colours = paletteOf(view.theme);
  ImGui::BeginChild("keys", {0, height});
  heading(say(view, "keys.mouse"), colours);
  {
    Facts facts("mouse", colours);
    mouseRows(view, facts);
  }
  keysOf(view, Menu::view, "menu.view");
  keysOf(view, Menu::assess, "menu.assess");
  keysOf(view, Menu::edit, "menu.edit");
  keysOf(view, Menu::tools, "menu.tools");
  keysOf(view, Menu::file, "menu.file");
  keysOf(view, Menu::help, "menu.help");
  quiet(say(view, "settings.typing_help"), colours);
  ImGui::EndChild();
}

void about(const ViewModel& view) {
  const Palette& colours = paletteOf(view.theme);
  title(say(view, "app.name"));
  quiet(say(view, "about.version", {programVersion()}), colours);
  ImGui::Spacing();
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(say(view, "about.what"));
  ImGui::PopTextWrapPos();
  ImGui::Spacing();
  quiet(say(view, "about.advice"), colours);
  quiet(say(view, "about.licence"), colours);
}

}  // namespace

void drawHelpWindows(const ViewModel& view, CommandQueue& out, float scale) {
  helpWindow(view, out, WindowId::keys, "keys.title", scale,
             [&] { keys(view, std::min(720 * scale, ImGui::GetIO().DisplaySize.y * 0.75F)); });
  helpWindow(view, out, WindowId::about, "about.title", scale, [&] { about(view); });
}

}  // namespace hashimichi::app
