#include "app/panels/notices.h"

#include <algorithm>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

void drawNotice(const ViewModel& view, CommandQueue& out, std::size_t index, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const Notice& notice = view.notices[index];
  ImGui::PushID(static_cast<int>(index));
  ImGui::PushStyleColor(ImGuiCol_Text, notice.failed ? colours.warning : colours.accent);
  ImGui::TextUnformatted((std::string(notice.failed ? icon::alert : icon::check) + " " +
                          say(view, notice.failed ? "notice.failed" : "notice.done"))
                             .c_str());
  ImGui::PopStyleColor();
  ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - 22 * scale);
  if (ImGui::SmallButton(icon::close)) out.push(DismissNotice{index});
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", say(view, "notice.dismiss"));
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(notice.text.c_str());
  ImGui::PopTextWrapPos();
  if (notice.failed && ImGui::SmallButton(say(view, "notice.copy"))) ImGui::SetClipboardText(notice.text.c_str());
  ImGui::PopID();
}

}  // namespace

void drawNotices(const ViewModel& view, CommandQueue& out, ImVec2 position, ImVec2 size, float scale) {
  if (view.notices.empty()) return;
  const float margin = 12 * scale, below = 44 * scale;  // clear of the line of hints
  ImGui::SetNextWindowPos({position.x + size.x - margin, position.y + size.y - below}, ImGuiCond_Always, {1, 1});
  ImGui::SetNextWindowSize({std::min(420 * scale, size.x - 2 * margin), 0});
  ImGui::PushStyleColor(ImGuiCol_WindowBg, paletteOf(view.theme).raised);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  ImGui::Begin("##notices", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing |
                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_AlwaysAutoResize);
  for (std::size_t i = 0; i < view.notices.size(); ++i) {
    if (i > 0) ImGui::Separator();
    drawNotice(view, out, i, scale);
  }
  ImGui::End();
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
}

}  // namespace hashimichi::app
