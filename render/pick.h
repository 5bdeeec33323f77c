#pragma once
#include <array>
#include <memory>
#include <optional>

#include "render/camera.h"
#include "render/line_grid.h"
#include "render/triangle_tree.h"

namespace hashimichi::render {

/// The ray through a pixel's place (origin top left) of a picture of that size.
Ray rayThrough(const CameraPose& pose, double x_px, double y_px, int width_px, int height_px);

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

  /// Solids of one kind of city object, and its flat zones.
  FeatureHit object(model::ObjectKind kind, const Ray& ray) const;
  FeatureHit zone(model::ObjectKind kind, const Ray& ray) const;

  /// The road whose line passes the mouse most closely, looked for round a place on the ground.
  std::optional<NearFeature> roadNear(Vec3d place, const MouseAt& mouse, double within_px) const;
  std::optional<NearFeature> bridgeMarkNear(const MouseAt& mouse, double within_px) const;
  /// A line or a point of that kind of city object.
  std::optional<NearFeature> objectNear(model::ObjectKind kind, Vec3d place, const MouseAt& mouse,
                                        double within_px) const;

 private:
  explicit PickIndex(const PreparedTown& town);

  /// Kinds of which the town has nothing keep none.
  struct ObjectIndex {
    explicit ObjectIndex(const ObjectShapes& shapes)
        : solids(shapes.solids), zones(shapes.zones), lines(shapes.lines), marks(shapes.marks) {}
    TriangleTree solids, zones;
    LineGrid lines;
    const std::vector<Mark>& marks;
  };

  const PreparedTown& town_;
  Bounds ground_bounds_;
  std::unique_ptr<const TriangleTree> buildings_, roads_, bridges_, decks_;
  std::unique_ptr<const LineGrid> road_lines_;
  std::array<std::unique_ptr<const ObjectIndex>, object_kind_count> objects_;
};

}  // namespace hashimichi::render
