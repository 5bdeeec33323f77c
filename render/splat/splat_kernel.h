#pragma once
#include <cstdint>

#include "render/splat/splat.h"

namespace hashimichi::render::splat {

/// Pixels round the picture into which a splat may reach, so that nothing is clipped pixel by pixel.
inline constexpr int margin_px = 16;
/// Farther than every point. As a signed number, so that two compare at once.
inline constexpr std::int64_t empty_cell = INT64_MAX;

/// One thread's cells, rows of `stride` from the bottom, margins included.
struct Cells {
  std::int64_t* first = nullptr;
  int stride = 0;
};

/// From a node's integers to pixels: sums of three products and a constant, in this order of evaluation.
/// across = ((x·a0 + y·a1) + z·a2) + a3; in perspective divided by `ahead`; ahead is the depth that is kept.
struct Placement {
  float across[4], upward[4], ahead[4];
  float half_width, half_height;
  float least_ahead, most_ahead;
  float low, high_x, high_y;  ///< a point's place in the picture lies between
  float size_px;              ///< constant, a whole number; or 0 and
  float size_scale;           ///< pixels · ahead (perspective)
  bool perspective, disc;
};

void splatWide(const Points& points, std::size_t from, std::size_t to, const Placement& placement, const Cells& cells);
void splatPortable(const Points& points, std::size_t from, std::size_t to, const Placement& placement,
                   const Cells& cells);
/// Whether this processor has what splatWide needs.
bool hasWideSimd();

/// Bit x of row y: the pixel's centre lies in the disc of that width.
const std::uint16_t* discRows(int size_px);

}  // namespace hashimichi::render::splat
