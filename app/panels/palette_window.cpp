#include "app/panels/palette_window.h"

#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>

#include "app/desktop/theme.h"
#include "app/panels/action_menu.h"
#include "app/session/fuzzy.h"
#include "app/widgets/ellipsis.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

constexpr int lines_shown = 12;

bool pressed(ImGuiKey key) {
  return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key));
}

/// A line: words at the left, the key at the right.
bool line(const ViewModel& view, const Action& action, bool chosen, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const bool available = action.availableIn(view);
  const std::string key = action.keys.empty() ? std::string() : action.keys.front();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const ImGuiSelectableFlags flags = available ? 0 : ImGuiSelectableFlags_Disabled;
  const bool clicked = ImGui::Selectable(("###" + action.id).c_str(), chosen, flags, {0, row_height_px * scale});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float key_width = ImGui::CalcTextSize(key.c_str()).x, y = at.y + 3 * scale;
  const std::string words = ellipsised(actionWords(view, action, true), width - key_width - 52 * scale);
  list.AddText({at.x + 4 * scale, y}, colours.quiet, action.icon);
  list.AddText({at.x + 30 * scale, y}, available ? colours.text : colours.quiet, words.c_str());
  list.AddText({at.x + width - key_width - 4 * scale, y}, colours.quiet, key.c_str());
  return clicked && available;
}

}  // namespace

std::vector<const Action*> actionsFor(const std::string& typed) {
  std::vector<std::pair<int, const Action*>> found;
  for (const Action& action : actions()) {
    if (action.id == "help.palette") continue;  // it is open
    std::optional<int> best;
    for (const std::string& words : {action.fullText(Language::ja), action.fullText(Language::en), action.id})
      best = std::max(best, fuzzyScore(typed, words));
    if (best) found.emplace_back(*best, &action);
  }
  std::ranges::stable_sort(found, std::ranges::greater(), &std::pair<int, const Action*>::first);
  std::vector<const Action*> lines;
  for (const auto& [score, action] : found) lines.push_back(action);
  return lines;
}

void PaletteWindow::drawLines(const ViewModel& view, CommandQueue& out, bool entered, float scale) {
  const std::vector<const Action*> lines = actionsFor(typed_);
  if (lines.empty()) return quiet(say(view, "palette.nothing"), paletteOf(view.theme));
  const int count = static_cast<int>(lines.size());
  if (pressed(ImGuiKey_DownArrow)) ++chosen_;
  if (pressed(ImGuiKey_UpArrow)) --chosen_;
  chosen_ = (std::clamp(chosen_, -1, count) + count) % count;
  const Action* wanted = nullptr;
  for (int i = 0; i < count; ++i) {
    const Action& action = *lines[static_cast<std::size_t>(i)];
    if (line(view, action, i == chosen_, scale)) wanted = &action;
    if (i != chosen_) continue;
    if (!ImGui::IsItemVisible()) ImGui::SetScrollHereY();
    if (entered && action.availableIn(view)) wanted = &action;
  }
  if (!wanted) return;
  out.push(ShowWindow{WindowId::palette, false});
  out.push(wanted->command(view));
}

void PaletteWindow::draw(const ViewModel& view, CommandQueue& out, float scale) {
  const bool open = view.open_windows.contains(WindowId::palette);
  const bool fresh = open && !shown_;
  shown_ = open;
  if (!open) return;
  if (fresh) typed_.clear(), chosen_ = 0;
  const ImVec2 all = ImGui::GetIO().DisplaySize;
  const float width = std::min(560 * scale, all.x * 0.9F), line_height = (row_height_px + 4) * scale;
  const float height = std::min(line_height * (lines_shown + 2), all.y * 0.7F);
  ImGui::SetNextWindowPos({all.x / 2, menu_height_px * scale}, ImGuiCond_Always, {0.5F, 0});
  ImGui::SetNextWindowSize({width, height});
  if (fresh) ImGui::SetNextWindowFocus();
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, paletteOf(view.theme).raised);
  ImGui::PushStyleColor(ImGuiCol_ChildBg, paletteOf(view.theme).raised);
  ImGui::PushStyleColor(ImGuiCol_FrameBg, paletteOf(view.theme).panel);
  ImGui::Begin("##palette", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings);
  if (fresh) ImGui::SetKeyboardFocusHere();
  ImGui::SetNextItemWidth(-1);
  const bool entered =
      ImGui::InputTextWithHint("##words", say(view, "palette.hint"), &typed_, ImGuiInputTextFlags_EnterReturnsTrue);
  if (ImGui::IsItemEdited()) chosen_ = 0;
  const bool left = !fresh && (pressed(ImGuiKey_Escape) || !ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows));
  ImGui::BeginChild("lines");
  drawLines(view, out, entered, scale);
  ImGui::EndChild();
  ImGui::End();
  ImGui::PopStyleColor(3);
  ImGui::PopStyleVar();
  if (left) out.push(ShowWindow{WindowId::palette, false});
}

}  // namespace hashimichi::app
