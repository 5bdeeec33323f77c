#pragma once
#include <span>

#include "render/layers/layer_props.h"
#include "render/prepared_town.h"

namespace hashimichi::render {

/// Roads as bands on the ground, with a line of constant width in pixels beneath them, so that a rank can be read from
/// across the town. The town must outlive what is drawn of it.
class RoadLayer : public LayerProps {
 public:
  static constexpr double line_px = 2.5;

  RoadLayer();
  void show(const PreparedTown& town);
  /// Per road of the model; empty = no decision shown. More urgent ranks are drawn over less urgent ones.
  void setBands(std::span<const int> bands);

 private:
  int bandOf(std::uint32_t road) const;
  float widthOf(std::uint32_t road) const;
  void rebuildCasing();
  void rebuildFills();
  void rebuildLines();

  const PreparedTown* town_ = nullptr;
  std::vector<int> bands_;
  vtkActor &casing_, &far_casing_, &hatched_lines_, &lines_, &hatched_, &fill_;
};

/// Colour of a road in a band; -1 = no decision shown.
exporting::Rgb roadColour(int band);

}  // namespace hashimichi::render
