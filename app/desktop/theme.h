#pragma once
#include <imgui.h>

#include "app/session/command.h"
#include "geo/export/palette.h"
#include "render/scene.h"

namespace hashimichi::app {

/// The window's colours (LOOK: a calm instrument; the town is the brightest thing on the screen).
struct Palette {
  ImU32 window, panel, raised, text, quiet, rule, accent, accent_text, warning;
  render::Theme scene;
};
const Palette& paletteOf(ThemeId theme);

/// Sizes in pixels at a text scale of 1; multiply by the scale of the frame.
inline constexpr float row_height_px = 24, menu_height_px = 32, status_height_px = 24, text_size_px = 15, grid_px = 4;

/// Puts colours and sizes into ImGui's style.
void applyTheme(ThemeId theme, float scale);

ImU32 toImGui(exporting::Rgb colour, int alpha = 255);
ImVec4 toVector(ImU32 colour);

}  // namespace hashimichi::app
