#pragma once
#include <vtkTexture.h>

#include <span>

#include "render/layers/layer_props.h"
#include "render/texture_set.h"

namespace hashimichi::render {

using PageTextures = std::vector<vtkSmartPointer<vtkTexture>>;

/// Solids in quiet colours, roofs a little lighter, or with their pictures. What is drawn must outlive the layer's
/// drawing of it.
class SolidsLayer : public LayerProps {
 public:
  SolidsLayer();
  void showSolids(const DressedMesh& mesh);
  /// Pictures on, from pages that the scene has uploaded, or off (nullptr). Makes actors where there are not enough:
  /// the scene is arranged again afterwards.
  void dress(const DressedParts* parts, const PageTextures& pages);
  /// Other colours than the mesh's own, one RGB a vertex, until the next call; empty: its own. Dress again afterwards.
  void paint(std::vector<std::uint8_t> rgb) { paint_ = std::move(rgb); }

 private:
  const std::vector<std::uint8_t>& colours() const { return paint_.empty() ? mesh_->rgb : paint_; }
  /// @param triangles  nullptr: all
  void showPlain(const std::vector<std::uint32_t>* triangles);
  void showGlass();

  const DressedMesh* mesh_ = nullptr;
  std::vector<std::uint8_t> paint_;
  vtkSmartPointer<vtkPolyData> data_;                       ///< the mesh's places and corners
  const std::vector<std::uint8_t>* coloured_by_ = nullptr;  ///< whose colours the data have
  vtkActor &plain_, &glass_;
  std::vector<vtkActor*> pictures_;
};

}  // namespace hashimichi::render
