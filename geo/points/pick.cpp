#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/points/query.h"

namespace hashimichi::points {
namespace {

struct Hit {
  double along = 0, off = 0, tolerance = 0;
};

std::optional<Hit> hit(const PointRay& ray, Vec3d p) {
  const Vec3d from = p - ray.origin;
  const double along = dot(from, ray.direction);
  if (along < 0) return std::nullopt;
  const double tolerance = ray.radius_m + ray.spread * along;
  const double off = norm(from - ray.direction * along);
  if (off > tolerance) return std::nullopt;
  return Hit{along, off, tolerance};
}

/// Could a point of the box be within the tolerance? By the sphere around it.
bool mayHit(const PointRay& ray, const Bounds& bounds) {
  if (bounds.empty()) return false;
  const Vec3d from = bounds.centre() - ray.origin;
  const double radius = norm(bounds.size()) / 2, along = dot(from, ray.direction);
  if (along < -radius) return false;
  return norm(from - ray.direction * along) <= radius + ray.radius_m + ray.spread * (std::max(0.0, along) + radius);
}

/// Two looks over the same points: the first finds how near the nearest lies, the second the one nearest to the ray
/// among those that lie at that depth.
class Choice {
 public:
  void look(const Hit& h) {
    if (h.along < nearest_) nearest_ = h.along, room_ = h.tolerance;
  }
  bool any() const { return std::isfinite(nearest_); }
  bool takes(const Hit& h) {
    if (h.along > nearest_ + room_) return false;
    const double share = h.off / std::max(h.tolerance, 1e-12);
    if (share >= best_) return false;
    best_ = share;
    return true;
  }

 private:
  double nearest_ = std::numeric_limits<double>::infinity(), room_ = 0;
  double best_ = std::numeric_limits<double>::infinity();
};

template <typename Points>
void eachHit(const Points& points, const PointRay& ray, const auto& use) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::uint8_t kind = points.classification.empty() ? std::uint8_t{0} : points.classification[i];
    if (!ray.region.classes[kind]) continue;
    Vec3d p{points.xyz[3 * i], points.xyz[3 * i + 1], points.xyz[3 * i + 2]};
    if constexpr (requires { points.origin; }) p = p + points.origin;
    const std::optional<Hit> found = hit(ray, p);
    if (found && ray.region.contains(p)) use(i, p, *found);
  }
}

}  // namespace

std::optional<PickedPoint> pickPoint(std::span<const ResidentNodePtr> nodes, const PointRay& ray) {
  std::vector<const ResidentNode*> near;
  for (const ResidentNodePtr& node : nodes)
    if (node && mayHit(ray, node->bounds) && ray.region.mayTouch(node->bounds)) near.push_back(node.get());
  Choice choice;
  for (const ResidentNode* node : near) eachHit(*node, ray, [&](std::size_t, Vec3d, const Hit& h) { choice.look(h); });
  if (!choice.any()) return std::nullopt;
  PickedPoint picked;
  for (const ResidentNode* node : near)
    eachHit(*node, ray, [&](std::size_t i, Vec3d p, const Hit& h) {
      if (!choice.takes(h)) return;
      const auto index = node->index.empty() ? static_cast<std::uint32_t>(i) : node->index[i];
      picked = {p, node->node, index, h.along, h.off};
    });
  return picked;
}

std::optional<PickedPoint> pickPoint(const model::PointSample& sample, const PointRay& ray) {
  Choice choice;
  eachHit(sample, ray, [&](std::size_t, Vec3d, const Hit& h) { choice.look(h); });
  if (!choice.any()) return std::nullopt;
  PickedPoint picked;
  eachHit(sample, ray, [&](std::size_t i, Vec3d p, const Hit& h) {
    if (choice.takes(h)) picked = {p, 0, static_cast<std::uint32_t>(i), h.along, h.off};
  });
  return picked;
}

Result<Vec3d> originalPosition(const Octree& octree, const PickedPoint& picked) {
  const Result<PointBatch> batch = octree.load(picked.node);
  if (!batch) return batch.error();
  if (picked.index >= batch->size())
    return Error{ErrorCode::unreadable, octree.info().format, "The picked point is no longer in the point cloud.",
                 "Open the project again."};
  return batch->position(picked.index);
}

}  // namespace hashimichi::points
