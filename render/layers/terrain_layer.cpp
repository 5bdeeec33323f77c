#include "render/layers/terrain_layer.h"

#include <vtkProperty.h>

#include "render/vtk/convert.h"

namespace hashimichi::render {
namespace {

constexpr exporting::Rgb bare_ground{150, 154, 150}, white{255, 255, 255};

}  // namespace

TerrainLayer::TerrainLayer() : ground_(makeSolid()) {}

void TerrainLayer::show(const PreparedTown& town) {
  texture_ = town.terrain_texture.width > 0 ? textureOf(town.terrain_texture) : nullptr;
  const auto data = polyDataSharing(town.terrain);
  setTextureCoordinates(*data, town.terrain.uv);
  setData(ground_, data);
  setImagery(imagery_);
}

void TerrainLayer::setImagery(bool shown) {
  imagery_ = shown;
  ground_.SetTexture(shown ? texture_ : nullptr);
  setColour(ground_, shown && texture_ ? white : bare_ground);
}

}  // namespace hashimichi::render
