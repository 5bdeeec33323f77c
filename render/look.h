#pragma once
#include <optional>
#include <string>

#include "geo/core/geometry.h"

namespace hashimichi::render {

enum class GroundLook { imagery, heights, shaded };  ///< imagery where there is any; hypsometric; hillshade in grey

/// How the town is shown, apart from what is decided about it. Ranks and their colours never depend on it.
struct Look {
  GroundLook ground = GroundLook::imagery;
  std::string colour_by;  ///< attribute of the buildings by its key; empty: plain
  bool sun = false;       ///< lit by the sun of the shown moment, with shadows; else the calm light from above
  bool snow = false;      ///< snow as a surface on the ground, as deep as the stations say, and on the carriageway
  bool ambient_occlusion = false;  ///< only where a GPU draws
  bool labels_dense = false;
  std::optional<Bounds> clip;  ///< local frame: only what lies inside is drawn; points have their own in PointStyle

  bool operator==(const Look& other) const {
    const auto same = [](const std::optional<Bounds>& a, const std::optional<Bounds>& b) {
      return a.has_value() == b.has_value() && (!a || (a->low == b->low && a->high == b->high));
    };
    return ground == other.ground && colour_by == other.colour_by && sun == other.sun && snow == other.snow &&
           ambient_occlusion == other.ambient_occlusion && labels_dense == other.labels_dense && same(clip, other.clip);
  }
};

}  // namespace hashimichi::render
