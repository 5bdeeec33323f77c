#pragma once
#include <optional>

#include "render/camera.h"

namespace hashimichi::app {

/// A camera on its way: 350 ms with ease-out, interruptible at any moment by simply being dropped.
class Flight {
 public:
  Flight(const render::CameraPose& from, const render::CameraPose& to) : from_(from), to_(to) {}
  /// The pose after so many more seconds; `finished` once it has arrived.
  render::CameraPose advance(double seconds);
  bool finished() const { return elapsed_s_ >= duration_s; }

 private:
  static constexpr double duration_s = 0.35;
  render::CameraPose from_, to_;
  double elapsed_s_ = 0;
};

}  // namespace hashimichi::app
