#pragma once
#include "app/session/view_model.h"
#include "app/widgets/time_axis.h"

namespace hashimichi::app {

/// The time line under the ranking: step, play with speed and loop, jump to the last observation or the next alert, and
/// a slider over the span of the series with the observed past, its gaps, and the forecast told apart.
class TimePanel {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);

 private:
  void count(const ViewModel& view);

  model::CityModelPtr counted_;  ///< what gaps and alerts are of
  std::shared_ptr<const assess::Ranking> ranking_;
  std::string station_;
  std::vector<TimeGap> gaps_;    ///< of the selected station, else of all gauges together
  std::vector<Instant> alerts_;  ///< when snow becomes due somewhere
};

}  // namespace hashimichi::app
