#pragma once
#include "geo/export/palette.h"
#include "geo/model/city_object.h"

namespace hashimichi::exporting {

/// Quiet colours of what a town holds beside roads, bridges and buildings: ranks stay what one sees.
constexpr Rgb objectColour(model::ObjectKind kind) {
  using model::ObjectKind;
  switch (kind) {
    case ObjectKind::water:
      return {134, 160, 184};
    case ObjectKind::vegetation:
      return {150, 164, 146};
    case ObjectKind::furniture:
      return {172, 164, 150};
    case ObjectKind::tunnel:
      return {150, 146, 158};
    case ObjectKind::construction:
      return {186, 180, 168};
    case ObjectKind::railway:
      return {118, 112, 124};
    case ObjectKind::track:
      return {172, 164, 146};
    case ObjectKind::square:
      return {192, 190, 180};
    case ObjectKind::waterway:
      return {142, 164, 182};
    case ObjectKind::land_use:
      return {178, 176, 160};
    case ObjectKind::hazard_zone:
      return {190, 168, 172};
    case ObjectKind::urban_plan:
      return {168, 162, 190};
    case ObjectKind::utility:
      return {158, 146, 172};
    case ObjectKind::generic:
    case ObjectKind::other:
      break;
  }
  return {172, 174, 178};
}

/// Flood depth classes of MLIT's manual for flood inundation maps (洪水浸水想定区域図作成マニュアル 第4版, 2015),
/// standard colours.
struct DepthClass {
  double from_m;
  Rgb colour;
};
inline constexpr std::array<DepthClass, 6> depth_classes{{{0, {247, 245, 169}},
                                                          {0.5, {255, 216, 192}},
                                                          {3, {255, 183, 183}},
                                                          {5, {255, 145, 145}},
                                                          {10, {242, 133, 201}},
                                                          {20, {220, 122, 220}}}};
constexpr std::size_t depthClassOf(double depth_m) {
  std::size_t index = 0;
  while (index + 1 < depth_classes.size() && depth_m >= depth_classes[index + 1].from_m) ++index;
  return index;
}

/// Landslide zones (土砂災害警戒区域): the special zone and the zone, as prefectures' maps show them, a little quieter.
inline constexpr Rgb landslide_special{206, 104, 96}, landslide_zone{228, 206, 116};

}  // namespace hashimichi::exporting
