#include "app/panels/recovery_question.h"

#include <imgui.h>

#include <algorithm>

#include "app/widgets/facts.h"
#include "app/widgets/say.h"

namespace hashimichi::app {

void drawRecoveryQuestion(const ViewModel& view, CommandQueue& out, float scale) {
  if (!view.files.recovery_offered) return;
  const std::string id = std::string(say(view, "recovery.title")) + "###recovery";
  if (!ImGui::IsPopupOpen(id.c_str())) ImGui::OpenPopup(id.c_str());
  const ImVec2 all = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({all.x / 2, all.y * 0.4F}, ImGuiCond_Always, {0.5F, 0.5F});
  ImGui::SetNextWindowSize({std::min(560 * scale, all.x * 0.9F), 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {16 * scale, 12 * scale});
  ImGui::PushStyleColor(ImGuiCol_PopupBg, paletteOf(view.theme).panel);
  if (ImGui::BeginPopupModal(id.c_str(), nullptr,
                             ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings)) {
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(view.files.recovery_text.c_str());
    ImGui::PopTextWrapPos();
    ImGui::Dummy({0, 4 * scale});
    const bool entered = ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter), false);
    const bool taken = mainButton(say(view, "recovery.take_over"), {180 * scale, 0}, paletteOf(view.theme)) || entered;
    ImGui::SameLine();
    const bool left = ImGui::Button(say(view, "recovery.put_away"), {180 * scale, 0}) ||
                      ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape));
    if (taken || left) {
      out.push(FileCommand{RecoverProject{taken}});
      ImGui::CloseCurrentPopup();
    }
    ImGui::EndPopup();
  }
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
}

}  // namespace hashimichi::app
