#include "app/panels/search_box.h"

#include <imgui.h>
#include <imgui_internal.h>
#include <imgui_stdlib.h>

#include <algorithm>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

constexpr float widest_px = 520, narrowest_px = 110, list_width_px = 520;
constexpr std::size_t rows_shown = 12, page = 10;
constexpr ImGuiWindowFlags bare = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                  ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing;

const char* iconOf(const Found& found) {
  if (found.coordinates) return icon::fit;
  const std::optional<model::AssetRef>& asset =
      found.asset || found.assets.empty() ? found.asset : std::optional(found.assets.front());
  if (!asset) return icon::image;
  switch (asset->kind) {
    case model::AssetKind::road:
      return icon::road;
    case model::AssetKind::bridge:
      return icon::bridge;
    case model::AssetKind::building:
      return icon::building;
    case model::AssetKind::station:
      return icon::sensor;
    case model::AssetKind::dump_site:
      return icon::terrain;
    case model::AssetKind::object:
      break;
  }
  return icon::layers;
}

bool pressed(ImGuiKey key) {
  const int index = ImGui::GetKeyIndex(key);
  return index >= 0 && ImGui::IsKeyPressed(index);
}

}  // namespace

void SearchBox::draw(const ViewModel& view, CommandQueue& out, float left, float right, float scale) {
  if (ImGui::GetIO().KeyCtrl && ImGui::IsKeyPressed('F', false)) focus();  // the window's key codes are ASCII
  const float width = std::min(widest_px * scale, right - left);
  if (width < narrowest_px * scale) return;
  left = right - width;
  if (!active_ && view.find.words != said_) text_ = said_ = view.find.words;  // a script, or another project
  ImGui::SetNextWindowPos({left, 0});
  ImGui::SetNextWindowSize({width, menu_height_px * scale});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 3 * scale});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
  ImGui::Begin("##search", nullptr, bare | ImGuiWindowFlags_NoBackground);
  ImGui::PopStyleVar(2);
  ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());  // the menu bar comes forward when it is clicked
  line(view, out, width);
  ImGui::End();
  if (open_ && !text_.empty()) list(view, out, left, std::max(width, list_width_px * scale), scale);
  if (open_ && !active_ && !hovered_ && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) open_ = false;
}

void SearchBox::line(const ViewModel& view, CommandQueue& out, float width) {
  const std::string symbol = std::string(icon::search) + " ";
  const float symbol_width = ImGui::CalcTextSize(symbol.c_str()).x;
  ImGui::AlignTextToFramePadding();
  ImGui::TextDisabled("%s", symbol.c_str());
  ImGui::SameLine(0, 0);
  if (std::exchange(wants_focus_, false)) ImGui::SetKeyboardFocusHere();
  ImGui::SetNextItemWidth(width - symbol_width);
  const char* whole = say(view, "search.hint");
  const bool fits = ImGui::CalcTextSize(whole).x < width - symbol_width - 2 * ImGui::GetStyle().FramePadding.x;
  const bool enter = ImGui::InputTextWithHint("##words", fits ? whole : say(view, "search.hint_short"), &text_,
                                              ImGuiInputTextFlags_EnterReturnsTrue);
  const bool was_active = std::exchange(active_, ImGui::IsItemActive());
  if (!fits && text_.empty() && ImGui::IsItemHovered()) ImGui::SetTooltip("%s", whole);
  if (ImGui::IsItemActivated() && !text_.empty()) open_ = true;
  if (was_active && !active_ && !enter && pressed(ImGuiKey_Escape)) {
    open_ = false;
    text_.clear();
  }
  if (text_ != said_) {
    said_ = text_;
    chosen_ = 0;
    open_ = !text_.empty();
    out.push(FindCommand{SearchFor{text_}});
  }
  if (enter && open_)
    show(view, out, chosen_);
  else if (active_)
    keys(view, out);
}

void SearchBox::keys(const ViewModel& view, CommandQueue&) {
  const std::size_t count = view.find.found.size(), before = chosen_;
  if (count == 0 || !open_) return;
  if (pressed(ImGuiKey_DownArrow)) chosen_ = (chosen_ + 1) % count;
  if (pressed(ImGuiKey_UpArrow)) chosen_ = (chosen_ + count - 1) % count;
  if (pressed(ImGuiKey_PageDown)) chosen_ = std::min(count - 1, chosen_ + page);
  if (pressed(ImGuiKey_PageUp)) chosen_ -= std::min(chosen_, page);
  chosen_ = std::min(chosen_, count - 1);
  moved_ = moved_ || chosen_ != before;
}

void SearchBox::show(const ViewModel& view, CommandQueue& out, std::size_t index) {
  if (index >= view.find.found.size()) return;
  out.push(FindCommand{ShowFound{index}});
  open_ = false;
}

void SearchBox::list(const ViewModel& view, CommandQueue& out, float left, float width, float scale) {
  const ImVec2 all = ImGui::GetIO().DisplaySize;
  const FindState& found = view.find;
  const float row = ImGui::GetTextLineHeightWithSpacing(), line_height = 2 * row + 2 * scale;
  const auto lines = static_cast<float>(std::clamp<std::size_t>(found.found.size(), 1, rows_shown));
  const float height = std::min(lines * line_height + row + 16 * scale, all.y * 0.7F);
  ImGui::SetNextWindowPos({std::max(0.0F, std::min(left, all.x - width)), menu_height_px * scale});
  ImGui::SetNextWindowSize({std::min(width, all.x), height});
  ImGui::PushStyleColor(ImGuiCol_WindowBg, paletteOf(view.theme).raised);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  ImGui::Begin("##found", nullptr, bare & ~ImGuiWindowFlags_NoScrollbar);
  ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
  hovered_ = ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows | ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
  const Palette& colours = paletteOf(view.theme);
  if (!view.project) {
    quiet(say(view, "search.no_project"), colours);
  } else if (found.found.empty()) {
    quiet(!found.trouble.empty() ? found.trouble : say(view, found.ready ? "search.nothing" : "search.preparing"),
          colours);
  } else {
    quietLine(found.matches > found.found.size()
                  ? say(view, "search.count_cut", {number(found.matches), number(found.found.size())})
                  : say(view, "search.count", {number(found.found.size())}),
              colours);
    rows(view, out, scale);
  }
  ImGui::End();
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
}

void SearchBox::rows(const ViewModel& view, CommandQueue& out, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const float row = ImGui::GetTextLineHeightWithSpacing(), symbol = ImGui::GetFontSize() * 1.6F;
  for (std::size_t i = 0; i < view.find.found.size(); ++i) {
    const Found& found = view.find.found[i];
    ImGui::PushID(static_cast<int>(i));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    if (ImGui::Selectable("##line", i == chosen_, 0, {0, 2 * row - ImGui::GetStyle().ItemSpacing.y + 2 * scale}))
      show(view, out, i);
    if (i == chosen_ && moved_) ImGui::SetScrollHereY();
    const float room = ImGui::GetContentRegionAvail().x;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.PushClipRect(at, {at.x + room, at.y + 2 * row}, true);
    list.AddText(at, colours.quiet, iconOf(found));
    list.AddText({at.x + symbol, at.y}, colours.text, found.title.c_str());
    list.AddText({at.x + symbol, at.y + row - 2 * scale}, colours.quiet, found.detail.c_str());
    list.PopClipRect();
    if (ImGui::IsItemHovered() && symbol + ImGui::CalcTextSize(found.detail.c_str()).x > room)
      ImGui::SetTooltip("%s\n%s", found.title.c_str(), found.detail.c_str());
    ImGui::PopID();
  }
  moved_ = false;
}

}  // namespace hashimichi::app
