#pragma once
#include <imgui.h>

#include <algorithm>
#include <string>

#include "app/session/view_model.h"
#include "app/widgets/say.h"

namespace hashimichi::app {

/// A window of its own over the town that a person moves, sizes and closes; nothing while it is closed.
/// @param size    at a text scale of 1; never larger than the screen
/// @param corner  where it first stands: 0…1 of what the screen leaves free
template <typename Draw>
void toolWindow(const ViewModel& view, CommandQueue& out, WindowId window, const char* key, ImVec2 size, ImVec2 corner,
                float scale, Draw draw) {
  if (!view.project || !view.open_windows.contains(window)) return;
  const ImVec2 all = ImGui::GetIO().DisplaySize;
  const ImVec2 wanted{std::min(size.x * scale, all.x * 0.9F), std::min(size.y * scale, all.y * 0.8F)};
  ImGui::SetNextWindowPos({(all.x - wanted.x) * corner.x, (all.y - wanted.y) * corner.y}, ImGuiCond_FirstUseEver);
  ImGui::SetNextWindowSize(wanted, ImGuiCond_FirstUseEver);
  ImGui::SetNextWindowSizeConstraints({280 * scale, 160 * scale}, all);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  bool open = true;
  const std::string id = std::string(say(view, key)) + "###" + key;
  if (ImGui::Begin(id.c_str(), &open, ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings)) draw();
  ImGui::End();
  ImGui::PopStyleVar();
  if (!open) out.push(ShowWindow{window, false});
}

}  // namespace hashimichi::app
