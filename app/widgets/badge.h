#pragma once
#include <imgui.h>

#include "geo/assets/inspection.h"
#include "geo/export/palette.h"

namespace hashimichi::app {

// The rank and soundness symbols, the same as on the map sheet: colour, numeral, dark casing; hatched grey where there
// is no decision.

/// A filled circle with the numeral of a band (1…5; 0 = hatched grey), as an item of one text line's height.
void rankBadge(int band, float scale);
/// A filled square with I … IV, ? when unknown.
void soundnessBadge(assets::Soundness soundness, float scale);

/// The same at a place of a draw list.
void drawRankBadge(ImDrawList& list, ImVec2 centre, float radius, int band);
void drawSoundnessBadge(ImDrawList& list, ImVec2 centre, float half_width, float half_height,
                        assets::Soundness soundness);

/// Black or white, whichever reads better on the colour.
ImU32 inkOn(exporting::Rgb colour);

}  // namespace hashimichi::app
