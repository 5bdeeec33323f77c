#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "geo/export/palette.h"

namespace hashimichi::exporting {

/// What the colours of a picture mean, in words.
struct PictureLegend {
  struct Entry {
    Rgb colour;
    std::string symbol{};  ///< in the colour: a rank's or a soundness's numeral
    std::string text, amount{};
    bool hatched = false;  ///< held, not assessed, no data
  };
  struct Part {
    std::string title;
    std::vector<Entry> entries;
  };
  std::string title;                 ///< of the project
  std::vector<std::string> lines{};  ///< moment, method, …
  std::vector<Part> parts{};
};

/// A legend as a picture of its own: opaque, 4 bytes a pixel, top row first.
struct LegendPicture {
  int width_px = 0, height_px = 0;
  std::vector<std::uint8_t> rgba;
};

/// @param scale  1: text of 14 pixels, for a picture of about 1,000 rows
LegendPicture drawLegend(const PictureLegend& legend, double scale);
/// Lays it over the lower left corner of a picture, of which some whole rows are given.
void layOver(const LegendPicture& legend, int picture_width_px, int picture_height_px, int first_row,
             std::span<std::uint8_t> rgba);

}  // namespace hashimichi::exporting
