#include "render/pick.h"

#include <algorithm>
#include <cmath>
#include <future>
#include <numbers>

namespace hashimichi::render {
namespace {

double halfHeightPerMetre(const CameraPose& pose) {
  return std::tan(pose.view_angle_deg * std::numbers::pi / 360);
}

/// The two triangles of one cell of the ground, as they are drawn.
std::optional<double> meetCell(const Ray& ray, const model::Terrain& ground, std::size_t c, std::size_t r) {
  const auto corner = [&](std::size_t dc, std::size_t dr) {
    return Vec3d{ground.south_west.x + ground.spacing_m * static_cast<double>(c + dc),
                 ground.south_west.y + ground.spacing_m * static_cast<double>(r + dr), ground.at(c + dc, r + dr)};
  };
  const Vec3d sw = corner(0, 0), se = corner(1, 0), ne = corner(1, 1), nw = corner(0, 1);
  if (!std::isfinite(sw.z + se.z + ne.z + nw.z)) return std::nullopt;
  const auto a = meetTriangle(ray, sw, se, ne), b = meetTriangle(ray, sw, ne, nw);
  return a && b ? std::min(*a, *b) : a ? a : b;
}

}  // namespace

Ray rayThrough(const CameraPose& pose, double x_px, double y_px, int width_px, int height_px) {
  const CameraAxes axes = axesOf(pose);
  const double half = height_px / 2.0, scale = halfHeightPerMetre(pose) / half;
  const double right = (x_px - width_px / 2.0) * scale, up = (half - y_px) * scale;
  const Vec3d eye = eyeOf(pose);
  if (pose.orthographic) {
    // Begin well behind the eye: an orthographic picture shows what stands there, too.
    const Vec3d start = eye + (axes.right * right + axes.up * up) * pose.distance_m;
    return {start - axes.forward * 1e5, axes.forward};
  }
  const Vec3d direction = axes.forward + axes.right * right + axes.up * up;
  return {eye, direction * (1 / norm(direction))};
}

PickIndex::PickIndex(const PreparedTown& town) : town_(town), ground_bounds_(town.ground.bounds()) {
  // The trees do not know of each other: the large ones are built side by side.
  const auto tree = [](const Mesh& mesh) { return std::make_unique<const TriangleTree>(mesh); };
  auto buildings = std::async(std::launch::async, [&] { return tree(town.buildings); });
  roads_ = tree(town.roads), bridges_ = tree(town.bridges), decks_ = tree(town.bridge_decks);
  road_lines_ = std::make_unique<const LineGrid>(town.road_axes);
  for (std::size_t kind = 0; kind < object_kind_count; ++kind)
    if (!town.objects[kind].empty()) objects_[kind] = std::make_unique<const ObjectIndex>(town.objects[kind]);
  buildings_ = buildings.get();
}

std::shared_ptr<const PickIndex> PickIndex::build(const PreparedTown& town) {
  return std::shared_ptr<const PickIndex>(new PickIndex(town));
}

std::optional<double> PickIndex::ground(const Ray& ray) const {
  const model::Terrain& ground = town_.ground;
  if (ground.columns < 2 || ground.rows < 2) return std::nullopt;
  Bounds box = ground_bounds_;
  box.low.z -= 1, box.high.z += 1;
  const auto entered = meetBox(ray, box);
  if (!entered) return std::nullopt;
  // Walk the cells under the ray (Amanatides and Woo 1987).
  const Vec3d start = ray.origin + ray.direction * *entered;
  const double u = (start.x - ground.south_west.x) / ground.spacing_m,
               v = (start.y - ground.south_west.y) / ground.spacing_m;
  const auto columns = static_cast<std::int64_t>(ground.columns - 1), rows = static_cast<std::int64_t>(ground.rows - 1);
  auto c = std::clamp(static_cast<std::int64_t>(std::floor(u)), std::int64_t{0}, columns - 1);
  auto r = std::clamp(static_cast<std::int64_t>(std::floor(v)), std::int64_t{0}, rows - 1);
  const double du = ray.direction.x / ground.spacing_m, dv = ray.direction.y / ground.spacing_m;
  const auto until = [](double place, std::int64_t cell, double speed) {
    if (std::abs(speed) < 1e-15) return std::numeric_limits<double>::infinity();
    return (static_cast<double>(cell + (speed > 0 ? 1 : 0)) - place) / speed;
  };
  double next_c = until(u, c, du), next_r = until(v, r, dv);
  const double step_c = du == 0 ? 0 : 1 / std::abs(du), step_r = dv == 0 ? 0 : 1 / std::abs(dv);
  while (c >= 0 && r >= 0 && c < columns && r < rows) {
    if (const auto hit = meetCell(ray, ground, static_cast<std::size_t>(c), static_cast<std::size_t>(r))) return hit;
    if (!std::isfinite(next_c) && !std::isfinite(next_r)) break;  // straight down: one cell only
    if (next_c < next_r)
      c += du > 0 ? 1 : -1, next_c += step_c;
    else
      r += dv > 0 ? 1 : -1, next_r += step_r;
  }
  return std::nullopt;
}

namespace {

PickIndex::FeatureHit nearest(const TriangleTree& tree, const Mesh& mesh, const Ray& ray) {
  const auto hit = tree.nearest(ray);
  if (!hit) return {};
  return {hit->distance_m, mesh.feature[hit->triangle]};
}

}  // namespace

PickIndex::FeatureHit PickIndex::building(const Ray& ray) const {
  return nearest(*buildings_, town_.buildings, ray);
}

PickIndex::FeatureHit PickIndex::road(const Ray& ray) const {
  return nearest(*roads_, town_.roads, ray);
}

PickIndex::FeatureHit PickIndex::bridge(const Ray& ray) const {
  const FeatureHit solid = nearest(*bridges_, town_.bridges, ray), deck = nearest(*decks_, town_.bridge_decks, ray);
  return deck.distance_m <= solid.distance_m ? deck : solid;
}

PickIndex::FeatureHit PickIndex::object(model::ObjectKind kind, const Ray& ray) const {
  const auto i = static_cast<std::size_t>(kind);
  return objects_[i] ? nearest(objects_[i]->solids, town_.objects[i].solids, ray) : FeatureHit{};
}

PickIndex::FeatureHit PickIndex::zone(model::ObjectKind kind, const Ray& ray) const {
  const auto i = static_cast<std::size_t>(kind);
  return objects_[i] ? nearest(objects_[i]->zones, town_.objects[i].zones, ray) : FeatureHit{};
}

std::optional<NearFeature> PickIndex::roadNear(Vec3d place, const MouseAt& mouse, double within_px) const {
  return road_lines_->near(place, mouse, within_px);
}

std::optional<NearFeature> PickIndex::bridgeMarkNear(const MouseAt& mouse, double within_px) const {
  return markNear(town_.bridge_marks, mouse, within_px);
}

std::optional<NearFeature> PickIndex::objectNear(model::ObjectKind kind, Vec3d place, const MouseAt& mouse,
                                                 double within_px) const {
  const auto i = static_cast<std::size_t>(kind);
  if (!objects_[i]) return std::nullopt;
  const auto mark = markNear(objects_[i]->marks, mouse, within_px);
  return mark ? mark : objects_[i]->lines.near(place, mouse, within_px);
}

}  // namespace hashimichi::render
