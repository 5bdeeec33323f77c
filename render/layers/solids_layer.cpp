#include "render/layers/solids_layer.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "render/vtk/convert.h"

namespace hashimichi::render {
namespace {

std::vector<std::uint32_t> without(const std::vector<std::uint32_t>& triangles,
                                   const std::vector<std::uint32_t>& glass) {
  std::vector<std::uint32_t> rest;
  rest.reserve(triangles.size());
  std::ranges::set_difference(triangles, glass, std::back_inserter(rest));
  return rest;
}

}  // namespace

SolidsLayer::SolidsLayer() : plain_(makeSolid()), glass_(makeSolid()) {}

void SolidsLayer::showSolids(const DressedMesh& mesh) {
  mesh_ = &mesh;
  paint_.clear();
  data_ = mesh.triangles.empty() ? nullptr : polyDataSharing(mesh);
  coloured_by_ = nullptr;
  dress(nullptr, {});
  showGlass();
}

void SolidsLayer::showPlain(const std::vector<std::uint32_t>* triangles) {
  if (!data_) return setData(plain_, nullptr);
  // The places stay on the graphics card; of colours only those that changed go there.
  if (coloured_by_ != &colours() || !paint_.empty()) setColours(*data_, colours());
  coloured_by_ = &colours();
  if (!triangles) return setData(plain_, data_, mesh_->table);
  if (triangles->empty()) return setData(plain_, nullptr);
  if (mesh_->table) return setData(plain_, data_, std::make_shared<const DrawTable>(partOf(*mesh_->table, *triangles)));
  const auto part = polyDataSharing(*mesh_, *triangles);
  setColours(*part, colours());
  setData(plain_, part);
}

void SolidsLayer::dress(const DressedParts* parts, const PageTextures& pages) {
  for (vtkActor* actor : pictures_) setData(*actor, nullptr), actor->SetTexture(nullptr);
  if (!mesh_) return;
  if (!parts && mesh_->dress.glass.empty()) return showPlain(nullptr);
  if (parts) {
    const std::vector<std::uint32_t> plain = without(parts->plain, mesh_->dress.glass);
    showPlain(&plain);
  } else {
    std::vector<std::uint32_t> all(mesh_->triangleCount());
    std::iota(all.begin(), all.end(), 0u);
    const std::vector<std::uint32_t> plain = without(all, mesh_->dress.glass);
    return showPlain(&plain);
  }
  while (pictures_.size() < parts->textured.size()) pictures_.push_back(&makeSolid());
  for (std::size_t i = 0; i < parts->textured.size(); ++i) {
    const TexturedPart& part = parts->textured[i];
    if (part.page >= pages.size()) continue;
    const auto data = polyDataSharing(part.mesh);
    setColours(*data, part.mesh.rgb);
    setTextureCoordinates(*data, part.mesh.uv);
    pictures_[i]->SetTexture(pages[part.page]);
    setData(*pictures_[i], data);
  }
}

void SolidsLayer::showGlass() {
  if (mesh_->dress.glass.empty()) return setData(glass_, nullptr);
  const Dress& dress = mesh_->dress;
  std::vector<std::uint8_t> rgba;
  rgba.reserve(mesh_->vertexCount() * 4);
  for (std::size_t v = 0; v < mesh_->vertexCount(); ++v)
    rgba.insert(rgba.end(), {mesh_->rgb[3 * v], mesh_->rgb[3 * v + 1], mesh_->rgb[3 * v + 2], 255});
  for (std::size_t i = 0; i < dress.glass.size(); ++i)
    for (std::size_t k = 0; k < 3; ++k)
      rgba[4 * std::size_t{mesh_->triangles[3 * dress.glass[i] + k]} + 3] = dress.alpha[i];
  const auto data = polyDataSharing(*mesh_, dress.glass);
  setColoursWithAlpha(*data, rgba);
  setData(glass_, data);
}

}  // namespace hashimichi::render
