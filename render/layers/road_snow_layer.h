#pragma once
#include <span>
#include <vector>

#include "render/layers/layer_props.h"
#include "render/prepared_town.h"

namespace hashimichi::render {

/// Snow on the carriageway in the steps of the snow legend; hatched where the depth is not known. While roads carry
/// ranks it is the casing beneath them only: a rank's colour is never covered. The town must outlive what is drawn of
/// it.
class RoadSnowLayer : public LayerProps {
 public:
  RoadSnowLayer();
  void show(const PreparedTown* town);
  /// cm per road of the model; negative or NaN: unknown. Empty: no snow is shown.
  void setDepths(std::span<const float> depth_cm);
  /// What the look wants, and whether roads carry ranks.
  void setShown(bool shown, bool ranks);

 private:
  /// -1 = nothing to show, 0 = unknown, 1 … = step.
  int stepOf(std::uint32_t road) const;
  void rebuild();

  const PreparedTown* town_ = nullptr;
  std::vector<float> depth_cm_;
  bool shown_ = false, ranks_ = false;
  vtkActor &edges_, &fill_, &hatched_;
};

}  // namespace hashimichi::render
