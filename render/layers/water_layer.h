#pragma once
#include "render/layers/layer_props.h"
#include "render/prepared_town.h"

namespace hashimichi::render {

/// Water, and green where no orthophoto shows it. The town must outlive what is drawn of it.
class WaterLayer : public LayerProps {
 public:
  WaterLayer();
  void show(const PreparedTown& town);

 private:
  vtkActor& areas_;
};

}  // namespace hashimichi::render
