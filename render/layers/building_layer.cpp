#include "render/layers/building_layer.h"

#include "render/vtk/convert.h"

namespace hashimichi::render {

BuildingLayer::BuildingLayer() : solids_(makeSolid()) {}

void BuildingLayer::show(const PreparedTown& town) {
  const auto data = polyDataSharing(town.buildings);
  setColours(*data, town.buildings.rgb);
  setData(solids_, data);
}

}  // namespace hashimichi::render
