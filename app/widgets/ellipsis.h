#pragma once
#include <imgui.h>

#include <string>

namespace hashimichi::app {

/// As much of a text as fits into a width, its end replaced by "…" where it is cut; empty where not even that fits.
inline std::string ellipsised(const std::string& text, float width) {
  if (ImGui::CalcTextSize(text.c_str()).x <= width) return text;
  std::string cut = text;
  while (!cut.empty()) {
    do cut.pop_back();
    while (!cut.empty() && (static_cast<unsigned char>(cut.back()) & 0xC0) == 0x80);
    if (!cut.empty() && (static_cast<unsigned char>(cut.back()) & 0xC0) == 0xC0) cut.pop_back();
    if (ImGui::CalcTextSize((cut + "…").c_str()).x <= width) return cut + "…";
  }
  return {};
}

/// One line in the room that is left in the cell or window; the whole of it in a tooltip where it was cut.
inline void fittedText(const std::string& text) {
  const std::string shown = ellipsised(text, ImGui::GetContentRegionAvail().x);
  ImGui::TextUnformatted(shown.c_str());
  if (shown.size() != text.size() && ImGui::IsItemHovered()) ImGui::SetTooltip("%s", text.c_str());
}

}  // namespace hashimichi::app
