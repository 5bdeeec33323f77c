#pragma once
#include <vtkTexture.h>

#include "render/layers/layer_props.h"
#include "render/prepared_town.h"

namespace hashimichi::render {

/// The ground with its picture. The town must outlive what is drawn of it.
class TerrainLayer : public LayerProps {
 public:
  TerrainLayer();
  void show(const PreparedTown& town);
  /// Without its picture the ground is one quiet grey.
  void setImagery(bool shown);
  /// Anisotropic filtering keeps flat views sharp; without a GPU it costs more than all the rest of the ground.
  void setSoftware(bool software);
  bool imagery() const { return imagery_; }

 private:
  vtkActor &ground_, &skirt_;
  vtkSmartPointer<vtkTexture> texture_;
  bool imagery_ = true;
};

}  // namespace hashimichi::render
