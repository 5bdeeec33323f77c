#pragma once
#include <memory>
#include <optional>
#include <unordered_map>

#include "render/camera.h"
#include "render/triangle_tree.h"

namespace hashimichi::render {

/// The ray through a pixel's place (origin top left) of a picture of that size.
Ray rayThrough(const CameraPose& pose, double x_px, double y_px, int width_px, int height_px);
/// Where a point stands in that picture; depth_m along the view, nothing behind the eye.
struct OnScreen {
  double x_px, y_px, depth_m;
};
std::optional<OnScreen> onScreen(const CameraPose& pose, Vec3d point, int width_px, int height_px);

/// Answers what a ray meets, on the processor, against the very triangles that are drawn.
///
/// Belongs to one PreparedTown and keeps references into it. Immutable; ask from any thread.
class PickIndex {
 public:
  static std::shared_ptr<const PickIndex> build(const PreparedTown& town);

  struct FeatureHit {
    double distance_m = std::numeric_limits<double>::infinity();  ///< infinite where the ray meets none
    std::uint32_t feature = 0;
  };
  std::optional<double> ground(const Ray& ray) const;
  FeatureHit building(const Ray& ray) const;
  FeatureHit road(const Ray& ray) const;
  /// Solids and decks.
  FeatureHit bridge(const Ray& ray) const;

  struct Near {
    std::uint32_t feature;
    Vec3d point;
    double distance_px;
  };
  /// The road whose line passes the pixel most closely, looked for round a place on the ground.
  std::optional<Near> roadNear(Vec3d place, const CameraPose& pose, double x_px, double y_px, int width_px,
                               int height_px, double within_px) const;
  std::optional<Near> bridgeMarkNear(const CameraPose& pose, double x_px, double y_px, int width_px, int height_px,
                                     double within_px) const;

 private:
  explicit PickIndex(const PreparedTown& town);
  void indexRoadLines();

  const PreparedTown& town_;
  Bounds ground_bounds_;
  TriangleTree buildings_, roads_, bridges_, decks_;
  struct Piece {
    std::uint32_t vertex, feature;  ///< the piece runs from this vertex of road_axes to the next
  };
  /// Pieces of road lines by cells of a grid.
  std::unordered_map<std::uint64_t, std::vector<Piece>> pieces_;
};

}  // namespace hashimichi::render
