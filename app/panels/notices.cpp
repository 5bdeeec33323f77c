#include "app/panels/notices.h"

#include <algorithm>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

constexpr float stays_s = 6, fades_s = 1.5F;
/// A pause of the whole window is no time in which somebody could read.
constexpr float longest_step_s = 0.25F;

float opacityAt(float age_s) {
  return std::clamp(1 - (age_s - stays_s) / fades_s, 0.0F, 1.0F);
}

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

/// The ages of what is still told; what is new begins at nought.
void Notices::grow(const ViewModel& view) {
  std::vector<Shown> now;
  std::size_t from = 0;  // the view drops from the front and adds at the end
  for (const Notice& notice : view.notices) {
    const auto known = std::find_if(shown_.begin() + static_cast<std::ptrdiff_t>(from), shown_.end(),
                                    [&](const Shown& one) { return one.text == notice.text; });
    const float age = known == shown_.end() ? 0 : known->age_s;
    if (known != shown_.end()) from = static_cast<std::size_t>(known - shown_.begin()) + 1;
    now.push_back({notice.text, age + std::min(longest_step_s, ImGui::GetIO().DeltaTime)});
  }
  shown_ = std::move(now);
}

void Notices::draw(const ViewModel& view, CommandQueue& out, ImVec2 position, ImVec2 size, float scale) {
  grow(view);
  fading_ = std::ranges::any_of(view.notices, [](const Notice& notice) { return !notice.failed; });
  if (view.notices.empty()) return;
  for (std::size_t i = view.notices.size(); i-- > 0;)
    if (!view.notices[i].failed && opacityAt(shown_[i].age_s) <= 0) out.push(DismissNotice{i});
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
    const float opacity = view.notices[i].failed ? 1 : opacityAt(shown_[i].age_s);
    ImGui::PushStyleVar(ImGuiStyleVar_Alpha, std::max(0.02F, opacity));
    drawNotice(view, out, i, scale);
    ImGui::PopStyleVar();
  }
  ImGui::End();
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
}

}  // namespace hashimichi::app
