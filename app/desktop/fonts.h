#pragma once
#include <vector>

#include "geo/core/result.h"

namespace hashimichi::app {

/// Builds ImGui's font atlas: Noto Sans CJK (else IPAex Gothic) with the icon font merged in, at 15 px × scale. Reaches
/// every kanji up to U+FFFF, place-name forms (髙 﨑 槗) and circled numerals included. Takes about 0.3 s.
/// @param scale  pixels per pixel of LOOK's sizes
/// @param more   characters beyond the usual rows that were typed; the font may have them
/// @returns not_found naming the packages when no Japanese font is installed
Status buildFonts(float scale, const std::vector<unsigned>& more = {});

}  // namespace hashimichi::app
