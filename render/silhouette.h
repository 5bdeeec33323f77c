#pragma once
#include <vector>

#include "render/camera.h"
#include "render/prepared_town.h"

namespace hashimichi::render {

/// The outline of one feature's triangles as the eye sees it: borders, and edges between a face that looks to the eye
/// and one that looks away.
class Silhouette {
 public:
  /// Adds a feature's triangles of one mesh; vertices within a centimetre count as the same.
  void add(const Mesh& mesh, std::uint32_t feature);
  bool empty() const { return edges_.empty(); }
  /// Pairs of points, 3 floats each.
  std::vector<float> seenFrom(const CameraPose& pose) const;

 private:
  struct Edge {
    Vec3d from, to;
    std::vector<Vec3d> normals;  ///< of the faces that meet here
  };
  std::vector<Edge> edges_;
};

}  // namespace hashimichi::render
