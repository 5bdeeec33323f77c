#pragma once
#include <optional>
#include <unordered_map>
#include <vector>

#include "render/camera.h"
#include "render/prepared_town.h"

namespace hashimichi::render {

/// Where a point stands in a picture; depth_m along the view, nothing behind the eye.
struct OnScreen {
  double x_px, y_px, depth_m;
};
std::optional<OnScreen> onScreen(const CameraPose& pose, Vec3d point, int width_px, int height_px);

/// A mouse over a picture of that size (origin top left).
struct MouseAt {
  const CameraPose& pose;
  double x_px, y_px;
  int width_px, height_px;
};

/// The feature nearest to the mouse.
struct NearFeature {
  std::uint32_t feature;
  Vec3d point;
  double distance_px;
};

/// The pieces of lines by cells of a grid, to find the line that passes a pixel. Keeps a reference to the lines, whose
/// pieces are no longer than a cell (32 m). Immutable; ask from any thread.
class LineGrid {
 public:
  explicit LineGrid(const Lines& lines);
  /// The line that passes the mouse most closely, looked for round a place on the ground.
  std::optional<NearFeature> near(Vec3d place, const MouseAt& mouse, double within_px) const;

 private:
  struct Piece {
    std::uint32_t vertex, feature;  ///< the piece runs from this vertex to the next
  };
  const Lines& lines_;
  std::unordered_map<std::uint64_t, std::vector<Piece>> pieces_;
};

std::optional<NearFeature> markNear(const std::vector<Mark>& marks, const MouseAt& mouse, double within_px);

}  // namespace hashimichi::render
