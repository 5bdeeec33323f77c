#pragma once
#include "app/session/view_model.h"

namespace hashimichi::app {

/// The time line under the ranking: step, play, and a slider over the span of the series with the observed past and the
/// forecast told apart.
class TimePanel {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);
};

}  // namespace hashimichi::app
