#include "app/widgets/facts.h"

#include <algorithm>

namespace hashimichi::app {

void title(const std::string& text) {
  const float wrap = ImGui::GetContentRegionAvail().x;
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
  const ImVec2 at = ImGui::GetItemRectMin();
  ImGui::GetWindowDrawList()->AddText(ImGui::GetFont(), ImGui::GetFontSize(), {at.x + 0.6F, at.y},
                                      ImGui::GetColorU32(ImGuiCol_Text), text.c_str(), nullptr, wrap);
}

void heading(const char* text, const Palette& colours) {
  ImGui::Dummy({0, ImGui::GetStyle().ItemSpacing.y});
  ImGui::PushStyleColor(ImGuiCol_Text, colours.quiet);
  ImGui::TextUnformatted(text);
  ImGui::PopStyleColor();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::GetWindowDrawList()->AddLine(at, {at.x + ImGui::GetContentRegionAvail().x, at.y}, colours.rule);
  ImGui::Dummy({0, 1});
}

bool foldingHeading(const char* text, bool open_at_first) {
  ImGui::PushStyleColor(ImGuiCol_Header, IM_COL32_BLACK_TRANS);
  ImGui::PushStyleColor(ImGuiCol_Text, ImGui::GetStyleColorVec4(ImGuiCol_TextDisabled));
  const bool open = ImGui::CollapsingHeader(text, open_at_first ? ImGuiTreeNodeFlags_DefaultOpen : 0);
  ImGui::PopStyleColor(2);
  return open;
}

void quiet(const std::string& text, const Palette& colours) {
  ImGui::PushStyleColor(ImGuiCol_Text, colours.quiet);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
}

void quietLine(const std::string& text, const Palette& colours) {
  ImGui::PushStyleColor(ImGuiCol_Text, colours.quiet);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopStyleColor();
}

Facts::Facts(const char* id, const Palette& colours)
    : colours_(colours), open_(ImGui::BeginTable(id, 2, ImGuiTableFlags_SizingStretchProp)) {
  if (!open_) return;
  ImGui::TableSetupColumn("what", ImGuiTableColumnFlags_WidthStretch, 0.42F);
  ImGui::TableSetupColumn("value", ImGuiTableColumnFlags_WidthStretch, 0.58F);
}

Facts::~Facts() {
  if (open_) ImGui::EndTable();
}

void Facts::text(const char* label, const std::string& value) {
  if (!open_ || value.empty()) return;
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  quiet(label, colours_);
  ImGui::TableNextColumn();
  if (ImGui::CalcTextSize(value.c_str()).x <= ImGui::GetContentRegionAvail().x) {
    rightAligned(value, "", colours_);
    return;
  }
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(value.c_str());
  ImGui::PopTextWrapPos();
}

void Facts::number(const char* label, const std::string& value, const char* unit) {
  if (!open_ || value.empty()) return;
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  quiet(label, colours_);
  ImGui::TableNextColumn();
  rightAligned(value, unit, colours_);
}

bool Facts::link(const char* label, const std::string& value, std::size_t id) {
  if (!open_) return false;
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  quiet(label, colours_);
  ImGui::TableNextColumn();
  ImGui::PushID(static_cast<int>(id));
  const bool clicked = linkText(value, colours_);
  ImGui::PopID();
  return clicked;
}

void Facts::yesNo(const char* label, const std::optional<bool>& value, const char* yes, const char* no) {
  if (value) number(label, *value ? yes : no);
}

void rightAligned(const std::string& value, const char* unit, const Palette& colours) {
  const float gap = *unit ? ImGui::GetStyle().ItemInnerSpacing.x / 2 : 0;
  const float width = ImGui::CalcTextSize(value.c_str()).x + gap + ImGui::CalcTextSize(unit).x;
  const float room = ImGui::GetContentRegionAvail().x;
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0F, room - width));
  ImGui::TextUnformatted(value.c_str());
  if (!*unit) return;
  ImGui::SameLine(0, gap);
  ImGui::PushStyleColor(ImGuiCol_Text, colours.quiet);
  ImGui::TextUnformatted(unit);
  ImGui::PopStyleColor();
}

bool linkText(const std::string& text, const Palette& colours) {
  ImGui::PushStyleColor(ImGuiCol_Text, colours.accent);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  if (!ImGui::IsItemHovered()) return false;
  ImGui::GetWindowDrawList()->AddLine({low.x, high.y}, high, colours.accent);
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  return ImGui::IsMouseClicked(ImGuiMouseButton_Left);
}

void scoreBar(double fraction, ImVec2 size, ImU32 colour, ImU32 ground) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + size.x, at.y + size.y}, ground, 2);
  const float filled = static_cast<float>(std::clamp(fraction, 0.0, 1.0)) * size.x;
  if (filled >= 1) list.AddRectFilled(at, {at.x + filled, at.y + size.y}, colour, 2);
  ImGui::Dummy(size);
}

bool mainButton(const char* label, ImVec2 size, const Palette& colours) {
  ImGui::PushStyleColor(ImGuiCol_Button, colours.accent);
  ImGui::PushStyleColor(ImGuiCol_ButtonHovered, colours.accent);
  ImGui::PushStyleColor(ImGuiCol_Text, colours.accent_text);
  const bool pressed = ImGui::Button(label, size);
  ImGui::PopStyleColor(3);
  return pressed;
}

}  // namespace hashimichi::app
