#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "geo/core/geometry.h"

namespace hashimichi::measure {

struct Triangle3d {
  Vec3d a, b, c;  ///< counter-clockwise seen from outside
};

/// Nearest place on triangles: a tree of boxes, made once, asked by any number of threads. Triangles without area or
/// with corners that are not finite are left out. Nearest place on one triangle after Ericson, "Real-Time Collision
/// Detection" (2005), 5.1.5.
class MeshDistance {
 public:
  explicit MeshDistance(std::vector<Triangle3d> triangles);
  std::size_t size() const { return triangles_.size(); }

  struct Hit {
    double distance_m = 0;  ///< positive on the outer side of the face
    Vec3d normal;           ///< of the face, unit length, outwards
  };
  /// Nothing farther than the reach. Of faces that are equally near (at edges and corners) the one that the place is
  /// seen from most squarely gives the sign.
  std::optional<Hit> nearest(Vec3d place, double reach) const;

 private:
  struct Node {
    Vec3d low, high;
    std::uint32_t first = 0, count = 0, right = 0;  ///< right 0: a leaf; left is the next one
  };
  void build(std::uint32_t first, std::uint32_t count);

  std::vector<Triangle3d> triangles_;
  std::vector<Node> nodes_;
};

}  // namespace hashimichi::measure
