#pragma once
#include "render/layers/layer_props.h"
#include "render/prepared_town.h"

namespace hashimichi::render {

/// Buildings in quiet greys, roofs a little lighter. The town must outlive what is drawn of it.
class BuildingLayer : public LayerProps {
 public:
  BuildingLayer();
  void show(const PreparedTown& town);

 private:
  vtkActor& solids_;
};

}  // namespace hashimichi::render
