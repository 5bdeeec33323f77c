#pragma once
#include <functional>

#include "geo/import/importer.h"
#include "geo/import/mesh/georeference.h"
#include "geo/import/mesh/scene_file.h"
#include "geo/model/triangle_mesh.h"

namespace hashimichi::import::mesh {

/// Collects scenes into one mesh in the local frame; materials go to the sink.
class MeshMaker {
 public:
  explicit MeshMaker(model::Sink& sink) : sink_(sink) {}

  /// @param place  turns points of the scene into the local frame, in place; what has no place becomes NaN
  void add(Scene scene, const std::function<void(std::vector<Vec3d>&)>& place);
  std::size_t lost() const { return lost_; }  ///< triangles without a place
  model::TriangleMeshPtr finish();

 private:
  model::Sink& sink_;
  model::TriangleMesh mesh_;
  std::size_t lost_ = 0;
};

/// What turns a model's own coordinates into the frame. bad_crs when its georeference cannot be used.
Result<std::function<void(std::vector<Vec3d>&)>> placerOf(const Georeference& reference, const crs::LocalFrame& frame);

/// Whether the mesh lies near the project's area; bad_crs otherwise.
Status checkArea(const model::TriangleMesh& mesh, const std::string& file, const Context& context);

}  // namespace hashimichi::import::mesh
