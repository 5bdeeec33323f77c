#pragma once
#include <imgui.h>

#include <array>
#include <memory>

#include "app/session/view_model.h"

namespace hashimichi::app {

/// What the colours in the town mean and how much there is of each: count and kilometres per rank, bridges per
/// soundness. Stands in the lower left corner of the town.
class Legend {
 public:
  void draw(const ViewModel& view, ImVec2 position, ImVec2 size, float scale);

 private:
  void count(const ViewModel& view);
  void drawSnow(const ViewModel& view, float scale) const;
  void drawAgeing(const ViewModel& view, float scale) const;
  void drawResult(const ViewModel& view, float scale);

  std::shared_ptr<const assess::Ranking> counted_;  ///< what the counts are of
  model::CityModelPtr counted_model_;
  std::array<std::size_t, 6> roads_{};
  std::array<double, 6> road_km_{};
  std::array<std::size_t, 5> bridges_{};  ///< by assets::Soundness
  render::ResultShapesPtr counted_result_;
  std::size_t counted_column_ = 0;
  std::vector<std::size_t> items_;  ///< by class of the result; the last are gaps
};

}  // namespace hashimichi::app
