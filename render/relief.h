#pragma once
#include <functional>
#include <vector>

#include "geo/model/terrain.h"

namespace hashimichi::render {

/// The shape of the drawn ground at its samples; looked up bilinearly for every pixel of its picture.
struct Relief {
  std::size_t columns = 0, rows = 0;
  std::vector<float> light;         ///< by the light that was asked for, as a share of what level ground gets
  std::vector<float> height_share;  ///< 0 = lowest … 1 = highest, but at least 10 m

  /// @param u, v  0 … 1 from west to east and from south to north
  float at(const std::vector<float>& values, double u, double v) const;
};

/// @param light_on  of a unit normal; slopes are exaggerated, so that a plain still has a relief
Relief reliefOf(const model::Terrain& ground, const std::function<double(Vec3d)>& light_on);

}  // namespace hashimichi::render
