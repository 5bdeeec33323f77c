#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string>

#include "geo/core/geometry.h"
#include "geo/export/palette.h"

namespace hashimichi::render {

enum class GroundLook { imagery, heights, shaded };  ///< imagery where there is any; hypsometric; hillshade in grey

/// Steps of the snow legend in cm: below the first, between them, above the last. The surface has a line at each.
inline constexpr std::array<double, 6> snow_steps_cm{1, 10, 30, 60, 100, 150};
/// 0 … 6: how many of the steps a depth has reached.
constexpr std::size_t snowStepOf(double depth_cm) {
  std::size_t step = 0;
  while (step < snow_steps_cm.size() && depth_cm >= snow_steps_cm[step]) ++step;
  return step;
}
/// White, bluer and darker with depth; the first one (below 1 cm) is bare ground and never drawn.
inline constexpr std::array<exporting::Rgb, 7> snow_colours{{{132, 134, 136},
                                                             {242, 247, 252},
                                                             {222, 234, 246},
                                                             {194, 215, 238},
                                                             {158, 190, 226},
                                                             {116, 156, 206},
                                                             {76, 116, 176}}};
/// Ground that is seen from the viewshed's eye, laid over it to 45 %.
inline constexpr exporting::Rgb seen_colour{86, 156, 245};
/// The shown heights, from the lowest to the highest: cividis.
exporting::Rgb heightColour(double share);

/// How the town is shown, apart from what is decided about it. Ranks and their colours never depend on it.
struct Look {
  GroundLook ground = GroundLook::imagery;
  std::string colour_by{};  ///< attribute of the buildings by its key; empty: plain
  bool sun = false;       ///< lit by the sun of the shown moment, with shadows; else the calm light from above
  bool snow = false;      ///< snow as a surface on the ground, as deep as the stations say, and on the carriageway
  bool ambient_occlusion = false;  ///< only where a GPU draws
  bool labels_dense = false;
  std::optional<Bounds> clip{};  ///< local frame: only what lies inside is drawn; points have their own in PointStyle

  bool operator==(const Look& other) const {
    const auto same = [](const std::optional<Bounds>& a, const std::optional<Bounds>& b) {
      return a.has_value() == b.has_value() && (!a || (a->low == b->low && a->high == b->high));
    };
    return ground == other.ground && colour_by == other.colour_by && sun == other.sun && snow == other.snow &&
           ambient_occlusion == other.ambient_occlusion && labels_dense == other.labels_dense && same(clip, other.clip);
  }
};

}  // namespace hashimichi::render
