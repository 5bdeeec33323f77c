#pragma once
#include <optional>
#include <string>

#include "app/session/view_model.h"
#include "geo/crs/transform.h"

namespace hashimichi::app {

/// The line at the foot of the window: where the cursor points (latitude and longitude, plane coordinates in the order
/// of their CRS, height), what is at work, and with what the picture is drawn.
class StatusBar {
 public:
  /// @param ground    the point under the cursor in the local frame
  /// @param renderer  the graphics driver's own name
  void draw(const ViewModel& view, CommandQueue& out, const std::optional<Vec3d>& ground, const std::string& renderer,
            const render::PointStatus& points, float scale);

 private:
  std::string placeText(const ViewModel& view, Vec3d ground);

  std::optional<crs::FromLocal> to_degrees_;
  model::CityModelPtr degrees_of_;
};

}  // namespace hashimichi::app
