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
  /// Another picture of the ground than the town's own, until the next call; nullptr: its own.
  void paint(const Image* picture);
  /// Without its picture the ground is one quiet grey.
  void setImagery(bool shown);
  /// Anisotropic filtering keeps flat views sharp; without a GPU it costs more than all the rest of the ground.
  void setSoftware(bool software);
  bool imagery() const { return imagery_; }

 private:
  vtkActor &ground_, &skirt_;
  vtkSmartPointer<vtkTexture> texture_, own_texture_;
  bool software_ = true;
  bool imagery_ = true;
};

}  // namespace hashimichi::render
