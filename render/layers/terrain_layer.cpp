#include "render/layers/terrain_layer.h"

#include <vtkProperty.h>

#include "render/vtk/convert.h"
#include "render/vtk/overlay_mapper.h"

namespace hashimichi::render {
namespace {

constexpr exporting::Rgb bare_ground{150, 154, 150}, earth{74, 74, 72}, white{255, 255, 255};

/// Shares the tiles' life.
std::shared_ptr<const DrawTable> tableOf(const PreparedTown& town) {
  if (!town.ground_tiles) return nullptr;
  return {town.ground_tiles, &town.ground_tiles->table};
}

}  // namespace

TerrainLayer::TerrainLayer() : ground_(makeSolid()), skirt_(makeSolid()) {
  setColour(skirt_, earth);
}

void TerrainLayer::show(const PreparedTown& town) {
  texture_ = town.terrain_texture && town.terrain_texture->width > 0 ? textureOf(*town.terrain_texture) : nullptr;
  own_texture_ = texture_;
  const Mesh& mesh = town.ground_tiles ? town.ground_tiles->mesh : town.terrain;
  const auto data = polyDataSharing(mesh);
  setTextureCoordinates(*data, mesh.uv);
  setData(ground_, data, tableOf(town));
  setData(skirt_, polyDataSharing(town.terrain_skirt));
  setImagery(imagery_);
}

void TerrainLayer::paint(const Image* picture) {
  texture_ = picture && picture->width > 0 ? textureOf(*picture) : own_texture_;
  setSoftware(software_);
  setImagery(imagery_);
}

void TerrainLayer::setImagery(bool shown) {
  imagery_ = shown;
  ground_.SetTexture(shown ? texture_ : nullptr);
  setColour(ground_, shown && texture_ ? white : bare_ground);
}

void TerrainLayer::setSoftware(bool software) {
  software_ = software;
  if (texture_) texture_->SetMaximumAnisotropicFiltering(software ? 1 : 4);
  setPlainMipmaps(*vtkPolyDataMapper::SafeDownCast(ground_.GetMapper()), software);
}

}  // namespace hashimichi::render
