#pragma once
#include "render/layers/solids_layer.h"

namespace hashimichi::render {

/// City objects of one kind: solids, flat zones that let the ground through, lines, points. What is drawn must outlive
/// the layer's drawing of it.
class ObjectLayer : public SolidsLayer {
 public:
  static constexpr double line_px = 2, mark_px = 5;

  ObjectLayer();
  void show(const ObjectShapes& shapes, model::ObjectKind kind);

 private:
  vtkActor &zones_, &lines_, &marks_;
};

}  // namespace hashimichi::render
