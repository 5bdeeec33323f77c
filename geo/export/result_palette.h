#pragma once
#include <algorithm>
#include <array>
#include <cstddef>

#include "geo/export/palette.h"

namespace hashimichi::exporting {

/// Viridis from a fifth on, short of its end: even steps of lightness that a colour-vision deficiency does not change,
/// brighter is more. Its beginning would be rank ①'s violet; cividis, which the gauges' columns have, is grey in its
/// middle and would be taken for a gap.
inline constexpr std::array<std::array<double, 3>, 6> result_ramp{
    {{65, 68, 135}, {47, 107, 142}, {33, 145, 140}, {53, 183, 121}, {122, 209, 81}, {223, 227, 24}}};

/// The colour of one class of a result of another program, least first; never a rank's, and a gap is `no_data`.
/// @param count  classes in all
constexpr Rgb resultColour(std::size_t value_class, std::size_t count) {
  const double last = static_cast<double>(result_ramp.size() - 1);
  const double place =
      count < 2 ? last : last * static_cast<double>(std::min(value_class, count - 1)) / static_cast<double>(count - 1);
  const auto below = std::min(result_ramp.size() - 2, static_cast<std::size_t>(place));
  const auto channel = [&](std::size_t c) {
    const double value =
        result_ramp[below][c] + (result_ramp[below + 1][c] - result_ramp[below][c]) * (place - double(below));
    return static_cast<std::uint8_t>(value + 0.5);
  };
  return {channel(0), channel(1), channel(2)};
}

}  // namespace hashimichi::exporting
