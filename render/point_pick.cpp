#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/points/query.h"
#include "render/pick.h"
#include "render/scene_inside.h"

namespace hashimichi::render {
namespace {

/// A point is meant when the mouse is this close to it.
constexpr double reach_px = 5;
/// Points of a survey lie on both sides of the model's surfaces: so far behind one they are still meant.
constexpr double slack_m = 0.5, slack_share = 0.002;

points::PointRay pointRay(const CameraPose& pose, const Ray& ray, int height_px, const PointStyle& style) {
  points::PointRay wanted{ray.origin, ray.direction, 0, 0, {}};
  const double half_height = std::tan(pose.view_angle_deg * std::numbers::pi / 360);
  const double share = reach_px * half_height / (height_px / 2.0);
  (pose.orthographic ? wanted.radius_m : wanted.spread) = share * (pose.orthographic ? pose.distance_m : 1);
  wanted.region.classes = ~style.hidden_classes;
  if (style.clip) {
    const double c = std::cos(style.clip->turn_rad), s = std::sin(style.clip->turn_rad);
    wanted.region.oriented = points::OrientedBox{
        style.clip->centre, {Vec3d{c, s, 0}, Vec3d{-s, c, 0}, Vec3d{0, 0, 1}}, style.clip->half_size};
  }
  return wanted;
}

/// The survey's own digits, read from the octree's file.
void makeExact(const PointSource& source, const points::PickedPoint& picked, const crs::LocalFrame& frame,
               PointHit& hit) {
  const points::Octree& octree = source.store()->octree();
  const Result<Vec3d> original = points::originalPosition(octree, picked);
  if (!original) return;
  const Result<points::OctreePlace> place = points::placeOctree(octree.info(), source.cloud(), frame);
  if (!place) return;
  const Result<points::OctreePlacer> placer = points::OctreePlacer::create(*place);
  if (!placer) return;
  const std::optional<Vec3d> local = (*placer)(*original);
  if (!local) return;
  hit.point = *local, hit.source = *original, hit.exact = true;
}

}  // namespace

std::optional<PointHit> Scene::pickPoint(double x_px, double y_px, int width_px, int height_px) const {
  const SceneInside& in = *inside_;
  if (!in.town || !in.points.visible() || width_px < 1 || height_px < 1) return std::nullopt;
  const Ray ray = rayThrough(in.pose, x_px, y_px, width_px, height_px);
  const points::PointRay wanted = pointRay(in.pose, ray, height_px, in.points.style());
  std::optional<points::PickedPoint> best;
  const PointSource* of = nullptr;
  for (std::size_t s = 0; s < in.points.sources().size(); ++s) {
    std::vector<points::ResidentNodePtr> nodes;
    for (const DrawnBlock& block : in.points.drawn())
      if (block.source == s) nodes.push_back(block.block->node);
    const auto picked = points::pickPoint(nodes, wanted);
    if (picked && (!best || picked->along_m < best->along_m)) best = picked, of = in.points.sources()[s].get();
  }
  if (!best) return std::nullopt;
  if (const std::optional<Hit> solid = pick(x_px, y_px, width_px, height_px)) {
    const double solid_m = dot(solid->point - ray.origin, ray.direction);
    const double from_eye_m = dot(best->local - eyeOf(in.pose), ray.direction);
    if (best->along_m > solid_m + slack_m + slack_share * std::max(0.0, from_eye_m)) return std::nullopt;
  }
  PointHit hit;
  hit.point = best->local, hit.cloud = of->cloud().id, hit.index = best->index;
  hit.distance_m = dot(best->local - eyeOf(in.pose), ray.direction);
  if (of->drawsSample()) return hit;
  hit.node = best->node;
  makeExact(*of, *best, in.town->model->frame, hit);
  return hit;
}

}  // namespace hashimichi::render
