#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "geo/export/palette.h"

namespace hashimichi::render {

// Colours of points: the picture and its legend ask here.

/// What the ASPRS class stands for, in quiet colours.
constexpr exporting::Rgb classColour(std::uint8_t classification) {
  switch (classification) {
    case 2:
      return {172, 166, 152};  // ground
    case 3:
    case 4:
    case 5:
      return {120, 146, 112};  // vegetation
    case 6:
      return {206, 198, 190};  // building
    case 9:
      return {124, 152, 182};  // water
    case 11:
      return {140, 142, 148};  // road
    case 17:
      return {190, 176, 150};  // bridge deck
    default:
      return {168, 170, 174};
  }
}

template <std::size_t Count>
exporting::Rgb alongRamp(const std::array<exporting::Rgb, Count>& stops, double share) {
  if (!std::isfinite(share)) return exporting::no_data;
  const double at = std::clamp(share, 0.0, 1.0) * (Count - 1);
  const auto first = std::min(static_cast<std::size_t>(at), Count - 2);
  const double t = at - static_cast<double>(first);
  const auto mixed = [&](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround(a + (b - a) * t));
  };
  const exporting::Rgb a = stops[first], b = stops[first + 1];
  return {mixed(a.r, b.r), mixed(a.g, b.g), mixed(a.b, b.b)};
}

/// Cividis (Nuñez, Anderton and Renslow 2018), 0…1 from low to high.
inline exporting::Rgb rampColour(double share) {
  constexpr std::array<exporting::Rgb, 5> stops{
      {{0, 32, 77}, {65, 77, 107}, {124, 123, 120}, {188, 175, 111}, {255, 234, 70}}};
  return alongRamp(stops, share);
}
/// Blue, white, red from −1 to +1.
inline exporting::Rgb signedColour(double share) {
  constexpr std::array<exporting::Rgb, 3> stops{{{33, 102, 172}, {247, 247, 247}, {178, 24, 43}}};
  return alongRamp(stops, (share + 1) / 2);
}
inline exporting::Rgb greyColour(double share) {
  constexpr std::array<exporting::Rgb, 2> stops{{{20, 20, 20}, {250, 250, 250}}};
  return alongRamp(stops, share);
}

}  // namespace hashimichi::render
