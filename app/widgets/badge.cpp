#include "app/widgets/badge.h"

#include <algorithm>
#include <cmath>

#include "app/desktop/theme.h"

namespace hashimichi::app {
namespace {

constexpr float rank_radius_px = 9, soundness_half_width_px = 13, soundness_half_height_px = 9;

/// At the size of the font itself and on whole pixels: scaled small strokes would drop out of "III".
void centredText(ImDrawList& list, ImVec2 centre, ImU32 colour, const char* text) {
  const ImVec2 size = ImGui::CalcTextSize(text);
  list.AddText({std::round(centre.x - size.x / 2), std::round(centre.y - size.y / 2)}, colour, text);
}

/// Diagonal lines over a grey shape: "no decision here", never mistaken for a rank.
void hatch(ImDrawList& list, ImVec2 low, ImVec2 high) {
  list.PushClipRect(low, high, true);
  const float step = 4, height = high.y - low.y;
  for (float x = low.x - height; x < high.x; x += step)
    list.AddLine({x, high.y}, {x + height, low.y}, IM_COL32(90, 90, 90, 255), 1);
  list.PopClipRect();
}

/// Takes the room of one symbol in a text line; returns its centre.
ImVec2 place(float width, float scale) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = std::max(ImGui::GetTextLineHeight(), 2 * soundness_half_height_px * scale);
  ImGui::Dummy({width, ImGui::GetTextLineHeight()});
  return {at.x + width / 2, at.y + height / 2};
}

}  // namespace

ImU32 inkOn(exporting::Rgb colour) {
  const double luminance = 0.299 * colour.r + 0.587 * colour.g + 0.114 * colour.b;
  return luminance > 130 ? IM_COL32(20, 22, 26, 255) : IM_COL32(255, 255, 255, 255);
}

void drawRankBadge(ImDrawList& list, ImVec2 centre, float radius, int band) {
  const int known = std::clamp(band, 0, 5);
  const exporting::Rgb colour = exporting::rank_colours[static_cast<std::size_t>(known)];
  list.AddCircleFilled(centre, radius, toImGui(exporting::rank_casing));
  list.AddCircleFilled(centre, radius - 1, toImGui(colour));
  if (known == 0) {
    const float half = radius * 0.6F;
    hatch(list, {centre.x - half, centre.y - half}, {centre.x + half, centre.y + half});
    return;
  }
  const char numeral[] = {static_cast<char>('0' + known), 0};
  centredText(list, centre, inkOn(colour), numeral);
}

void drawSoundnessBadge(ImDrawList& list, ImVec2 centre, float half_width, float half_height,
                        assets::Soundness soundness) {
  const exporting::Rgb colour = exporting::soundnessColour(soundness);
  const ImVec2 low{centre.x - half_width, centre.y - half_height}, high{centre.x + half_width, centre.y + half_height};
  list.AddRectFilled(low, high, toImGui(exporting::rank_casing), 3);
  const ImVec2 inner_low{low.x + 1, low.y + 1}, inner_high{high.x - 1, high.y - 1};
  list.AddRectFilled(inner_low, inner_high, toImGui(colour), 2);
  if (soundness == assets::Soundness::unknown) hatch(list, inner_low, inner_high);
  centredText(list, centre, inkOn(colour), assets::toString(soundness));
}

void rankBadge(int band, float scale) {
  drawRankBadge(*ImGui::GetWindowDrawList(), place(2 * rank_radius_px * scale, scale), rank_radius_px * scale, band);
}

void soundnessBadge(assets::Soundness soundness, float scale) {
  drawSoundnessBadge(*ImGui::GetWindowDrawList(), place(2 * soundness_half_width_px * scale, scale),
                     soundness_half_width_px * scale, soundness_half_height_px * scale, soundness);
}

}  // namespace hashimichi::app
