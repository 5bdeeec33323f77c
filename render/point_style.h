#pragma once
#include <bitset>
#include <cstdint>
#include <optional>

#include "geo/core/geometry.h"

namespace hashimichi::render {

enum class PointColour {
  rgb,                  ///< the survey's colours; height where it has none
  classification,       ///< ASPRS classes
  intensity,            ///< grey
  height,               ///< the legend's height ramp
  return_number,        ///< first, middle, last
  height_above_ground,  ///< against the terrain
  survey_age,           ///< years since the survey; "unknown" is hatched grey in the legend
  distance,             ///< to the compared survey or model, signed, blue–white–red
};

enum class PointSize {
  fixed,        ///< size_px
  by_distance,  ///< size_m in the town, 1…12 px
  adaptive,     ///< as wide as the neighbours of the level that is drawn are apart
};

/// Parallel to the axes of the local frame, turned about z.
struct ClipBox {
  Vec3d centre, half_size;
  double turn_rad = 0;  ///< anticlockwise from east
  bool operator==(const ClipBox&) const = default;
};

/// How point clouds are drawn. Plain data: the session holds it, scripts set it, the legend reads it.
struct PointStyle {
  PointColour colour = PointColour::rgb;
  PointSize size = PointSize::fixed;
  double size_px = 2, size_m = 0.05;
  bool eye_dome = true;
  double eye_dome_strength = 1;
  std::bitset<256> hidden_classes;
  std::optional<ClipBox> clip;
  std::optional<double> range_low, range_high;  ///< of height, intensity, distance …; nothing: from the data
  std::uint64_t point_budget = 3'000'000;       ///< at most so many a frame; falls while frames take too long
  std::uint64_t memory_mib = 1024;              ///< ceiling for resident nodes
  bool operator==(const PointStyle&) const = default;
};

}  // namespace hashimichi::render
