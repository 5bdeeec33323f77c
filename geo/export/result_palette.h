#pragma once
#include <algorithm>
#include <array>
#include <cstddef>

#include "geo/export/palette.h"

namespace hashimichi::exporting {

/// Cividis at quarters: even steps of lightness that a colour-vision deficiency does not change. As on the columns of
/// the gauges, brighter is more.
inline constexpr std::array<std::array<double, 3>, 5> cividis{
    {{0, 32, 77}, {65, 77, 107}, {124, 123, 120}, {187, 175, 113}, {255, 234, 70}}};

/// The colour of one class of a result of another program, least first; never a rank's, and a gap is `no_data`.
/// @param count  classes in all
constexpr Rgb resultColour(std::size_t value_class, std::size_t count) {
  const double last = static_cast<double>(cividis.size() - 1);
  const double place =
      count < 2 ? last : last * static_cast<double>(std::min(value_class, count - 1)) / static_cast<double>(count - 1);
  const auto below = std::min(cividis.size() - 2, static_cast<std::size_t>(place));
  const auto channel = [&](std::size_t c) {
    const double value = cividis[below][c] + (cividis[below + 1][c] - cividis[below][c]) * (place - double(below));
    return static_cast<std::uint8_t>(value + 0.5);
  };
  return {channel(0), channel(1), channel(2)};
}

}  // namespace hashimichi::exporting
