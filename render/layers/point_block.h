#pragma once
#include <cstdint>
#include <vector>

#include "geo/points/node_store.h"
#include "render/layers/point_paint.h"
#include "render/splat/splat.h"

namespace hashimichi::render {

/// A node as it is drawn: its places in 16 bits an axis, and its colours of the present style.
struct PointBlock {
  explicit PointBlock(points::ResidentNodePtr of);

  points::ResidentNodePtr node;
  Vec3d step_m;
  std::vector<std::uint16_t> xyz;  ///< all x, then all y, then all z
  std::vector<std::uint32_t> rgba;
  std::vector<float> distances_m;  ///< empty until they are known
  bool distances_asked = false;
  std::uint64_t id = 0;       ///< never used twice
  std::uint64_t painted = 0;  ///< the style's revision that rgba shows; 0: none yet
  std::uint64_t used = 0;     ///< the picture that drew it last

  /// The first so many points.
  splat::Points points(std::size_t count) const;
  void paint(const PointPaint& how, std::uint64_t revision);
};

}  // namespace hashimichi::render
