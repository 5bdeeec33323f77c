#pragma once
#include "render/layers/layer_props.h"
#include "render/prepared_town.h"

namespace hashimichi::render {

/// A survey's coarse sample. On software OpenGL at most `software_limit` of its points are drawn, evenly chosen: they
/// cost about 80 ms a frame there, and more would stop the window from feeling alive.
class PointLayer : public LayerProps {
 public:
  static constexpr std::size_t software_limit = 400'000;
  PointLayer();
  void show(const PreparedTown& town, bool software);
  void clear();

 private:
  vtkActor& points_;
};

}  // namespace hashimichi::render
