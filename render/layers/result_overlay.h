#pragma once
#include "render/layers/layer_props.h"
#include "render/result_shapes.h"

namespace hashimichi::render {

/// A result's own shapes in the colours of their classes; areas without a value are hatched, blocks and points grey.
/// The shapes must outlive what is drawn of them.
class ResultOverlay : public LayerProps {
 public:
  ResultOverlay();
  /// nullptr takes the result off.
  void show(const ResultShapes* shapes, std::size_t column);

 private:
  vtkActor &blocks_, &areas_, &gaps_, &points_;
};

/// Colours of a mesh whose features are items, dimmed by the shade of each triangle.
std::vector<std::uint8_t> resultColours(const ResultShapes& shapes, const Mesh& mesh,
                                        const std::vector<std::uint8_t>& shade, std::size_t column);
/// The same of the town's buildings: those that the result does not speak of keep their own.
std::vector<std::uint8_t> resultColoursOfBuildings(const ResultShapes& shapes, std::size_t column);

}  // namespace hashimichi::render
