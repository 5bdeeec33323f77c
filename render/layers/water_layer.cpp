#include "render/layers/water_layer.h"

#include "render/vtk/convert.h"

namespace hashimichi::render {

WaterLayer::WaterLayer() : areas_(makeOverlay()) {}

void WaterLayer::show(const PreparedTown& town) {
  const auto data = polyDataSharing(town.water);
  setColours(*data, town.water.rgb);
  setData(areas_, data);
}

}  // namespace hashimichi::render
