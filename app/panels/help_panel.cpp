#include "app/panels/help_panel.h"

#include <imgui.h>

#include "app/desktop/keys.h"
#include "app/desktop/theme.h"
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
  ImGui::SetNextWindowSize({460 * scale, 0});
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

void mouseRows(const ViewModel& view, Facts& facts) {
  facts.text(say(view, "mouse.orbit"), say(view, "mouse.orbit_how"));
  facts.text(say(view, "mouse.pan"), say(view, "mouse.pan_how"));
  facts.text(say(view, "mouse.zoom"), say(view, "mouse.zoom_how"));
  facts.text(say(view, "mouse.select"), say(view, "mouse.select_how"));
  facts.text(say(view, "mouse.fly"), say(view, "mouse.fly_how"));
}

void keys(const ViewModel& view) {
  const Palette& colours = paletteOf(view.theme);
  heading(say(view, "keys.mouse"), colours);
  {
    Facts facts("mouse", colours);
    mouseRows(view, facts);
  }
  heading(say(view, "keys.keyboard"), colours);
  Facts facts("keys", colours);
  for (const KeyBinding& binding : keyBindings()) facts.text(say(view, binding.text_key), binding.shown);
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
  helpWindow(view, out, WindowId::keys, "keys.title", scale, [&] { keys(view); });
  helpWindow(view, out, WindowId::about, "about.title", scale, [&] { about(view); });
}

}  // namespace hashimichi::app
