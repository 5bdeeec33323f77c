#pragma once
#include <array>
#include <cstdint>

#include "geo/assess/ranking.h"
#include "geo/assets/inspection.h"

namespace hashimichi::exporting {

struct Rgb {
  std::uint8_t r = 0, g = 0, b = 0;
  bool operator==(const Rgb&) const = default;
};

/// The one palette of window, sheet, table and report (checked for colour-vision deficiency and mono print by a test).
/// Index 0 = held / not assessed / no data (drawn hatched), 1 … 5 = ranks ① … ⑤, darker = sooner.
inline constexpr std::array<Rgb, 6> rank_colours{
    {{150, 150, 150}, {74, 0, 85}, {190, 20, 50}, {243, 121, 38}, {253, 212, 95}, {226, 238, 246}}};
inline constexpr Rgb rank_casing{40, 44, 52};
inline constexpr Rgb no_data{150, 150, 150};

constexpr Rgb soundnessColour(assets::Soundness soundness) {
  switch (soundness) {
    case assets::Soundness::IV:
      return {90, 0, 100};
    case assets::Soundness::III:
      return {214, 48, 31};
    case assets::Soundness::II:
      return {253, 187, 90};
    case assets::Soundness::I:
      return {214, 232, 242};
    case assets::Soundness::unknown:
      break;
  }
  return no_data;
}

/// ①…⑤, ― for 0.
constexpr const char* rankNumeral(int band) {
  constexpr const char* numerals[] = {"―", "①", "②", "③", "④", "⑤"};
  return band >= 0 && band <= 5 ? numerals[band] : numerals[0];
}

}  // namespace hashimichi::exporting
