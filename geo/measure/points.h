#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "geo/core/geometry.h"

namespace hashimichi::measure {

/// Points that are measured on: local frame, metres, x east, y north, z up. Borrowed; nothing is copied.
/// Points that are not finite are left out by every measure and never counted.
struct PointsView {
  std::span<const Vec3d> places;
  std::span<const std::uint8_t> classification{};  ///< ASPRS; empty, or one per place
  std::span<const std::uint16_t> intensity{};      ///< empty, or one per place
  std::span<const std::uint8_t> rgb{};             ///< empty, or three per place
  /// True when these are not all points of the survey here (a coarse sample, a level that is still loading). Every
  /// result carries it on.
  bool unrefined = false;

  std::size_t size() const { return places.size(); }
};

/// Points that are owned, as a reader fills them.
struct PointStore {
  std::vector<Vec3d> places;
  std::vector<std::uint8_t> classification;
  std::vector<std::uint16_t> intensity;
  std::vector<std::uint8_t> rgb;
  bool unrefined = false;

  std::size_t size() const { return places.size(); }
  PointsView view() const {
    const std::size_t n = places.size();
    PointsView view{places, {}, {}, {}, unrefined};
    if (classification.size() == n) view.classification = classification;
    if (intensity.size() == n) view.intensity = intensity;
    if (rgb.size() == 3 * n) view.rgb = rgb;
    return view;
  }
};

/// What every result says about itself.
struct Basis {
  std::string method;            ///< English, with its source: "M3C2 (Lague et al. 2013)"
  std::size_t points = 0;        ///< that went into the result; of the first survey where there are two
  std::size_t points_after = 0;  ///< of the second survey; 0 where there is one
  bool unrefined = false;        ///< measured on unrefined detail: ask again when the detail is complete
};

/// ASPRS classes that a road or a bridge deck is made of (ground 2, road 11, deck 17, snow 21) and unclassified ones
/// (0, 1): what may be the surface that wheels run on.
bool mayBeRoadSurface(std::uint8_t classification);

}  // namespace hashimichi::measure
