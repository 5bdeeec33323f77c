#pragma once
#include <algorithm>
#include <array>
#include <cstddef>

namespace hashimichi::render {

/// Cividis (Nuñez, Anderton and Renslow 2018), five stops of its table: depth, elevation, age. 0 … 1 → RGB 0 … 255.
constexpr std::array<double, 3> cividisAt(double share) {
  constexpr std::array<std::array<double, 3>, 5> stops{
      {{0, 32, 77}, {65, 77, 107}, {124, 123, 120}, {187, 175, 113}, {255, 234, 70}}};
  const double place = (share > 0 ? std::min(share, 1.0) : 0.0) * (stops.size() - 1);
  const auto below = std::min(stops.size() - 2, static_cast<std::size_t>(place));
  std::array<double, 3> colour{};
  for (std::size_t c = 0; c < 3; ++c)
    colour[c] = stops[below][c] + (stops[below + 1][c] - stops[below][c]) * (place - static_cast<double>(below));
  return colour;
}

}  // namespace hashimichi::render
