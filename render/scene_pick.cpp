#include <algorithm>
#include <cmath>
#include <numbers>
#include <ranges>

#include "render/pick.h"
#include "render/scene_inside.h"

namespace hashimichi::render {
namespace {

using model::AssetKind, model::AssetRef;

/// Thin things are meant when the mouse is this close to them.
constexpr double near_line_px = 5, near_mark_px = 8, near_column_px = 4;
/// What lies on the ground may lie a little within it as it is drawn, and is drawn all the same.
constexpr double ground_slack_m = 1, ground_slack_share = 0.002;

/// The nearest solid under the mouse.
struct Solid {
  double distance_m = std::numeric_limits<double>::infinity();
  std::optional<AssetRef> asset;  ///< empty on bare ground

  void offer(double at_m, std::optional<AssetRef> what) {
    if (at_m < distance_m) distance_m = at_m, asset = std::move(what);
  }
};

struct Mouse {
  const SceneInside& in;
  double x_px, y_px;
  int width_px, height_px;
  MouseAt at{in.pose, x_px, y_px, width_px, height_px};
  Ray ray = withinClip(rayThrough(in.pose, x_px, y_px, width_px, height_px));
  const PickIndex& index = *in.town->pick_index;
  const model::CityModel& model = *in.town->model;

  /// Begins where the clip box does: what lies before it is not drawn.
  Ray withinClip(Ray whole) const {
    if (!in.look.clip) return whole;
    if (const auto enters = meetBox(whole, *in.look.clip)) whole.origin = whole.origin + whole.direction * *enters;
    return whole;
  }

  Vec3d place(double at_m) const { return ray.origin + ray.direction * at_m; }

  /// A column seen from afar is thinner than a hand is steady.
  Bounds widened(Bounds box) const {
    const std::optional<OnScreen> seen_at = onScreen(in.pose, box.centre(), width_px, height_px);
    if (!seen_at) return box;
    const double depth_m = in.pose.orthographic ? in.pose.distance_m : seen_at->depth_m;
    const double metres_a_pixel =
        2 * depth_m * std::tan(in.pose.view_angle_deg * std::numbers::pi / 360) / std::max(1, height_px);
    const Vec3d slack{near_column_px * metres_a_pixel, near_column_px * metres_a_pixel, 0};
    return {box.low - slack, box.high + slack};
  }

  AssetRef objectAt(std::uint32_t feature) const { return {AssetKind::object, model.objects[feature].id}; }

  Solid solid() const {
    Solid solid;
    if (in.terrain.visible())
      if (const auto met = index.ground(ray)) solid.offer(*met, std::nullopt);
    if (in.buildings.visible())
      if (const auto met = index.building(ray); std::isfinite(met.distance_m))
        solid.offer(met.distance_m, AssetRef{AssetKind::building, model.buildings[met.feature].id});
    for (const model::ObjectKind kind : model::object_kinds)
      if (in.objects[static_cast<std::size_t>(kind)].visible())
        if (const auto met = index.object(kind, ray); std::isfinite(met.distance_m))
          solid.offer(met.distance_m, objectAt(met.feature));
    if (in.sensors.visible())
      for (const SensorLayer::Column& column : in.sensors.columns())
        if (const auto met = meetBox(ray, widened(column.box)))
          solid.offer(*met, AssetRef{AssetKind::station, column.station_id});
    return solid;
  }

  bool seen(double at_m, const Solid& solid) const {
    if (solid.asset) return at_m <= solid.distance_m;
    // An orthographic ray begins far behind the eye, so that its length says nothing about the scale.
    const double share = in.pose.orthographic ? 0 : ground_slack_share;
    return at_m <= solid.distance_m * (1 + share) + ground_slack_m;
  }

  Hit roadHit(std::uint32_t feature, Vec3d point) const {
    return {AssetRef{AssetKind::road, model.roads[feature].id}, point};
  }
  Hit bridgeHit(std::uint32_t feature, Vec3d point) const {
    return {AssetRef{AssetKind::bridge, model.bridges[feature].id}, point};
  }

  /// On a deck the road and the bridge are at the same place: the one that carries the decision is meant.
  std::optional<Hit> roadOrBridge(const Solid& solid) const {
    const auto road = in.roads.visible() ? index.road(ray) : PickIndex::FeatureHit{};
    const auto bridge = in.bridges.visible() ? index.bridge(ray) : PickIndex::FeatureHit{};
    const bool road_seen = std::isfinite(road.distance_m) && seen(road.distance_m, solid);
    bool bridge_meant = std::isfinite(bridge.distance_m) && seen(bridge.distance_m, solid);
    if (road_seen && bridge_meant) {
      const double ahead_m = road.distance_m - bridge.distance_m;
      bridge_meant = std::abs(ahead_m) < ground_slack_m ? in.bridgesOnTop() : ahead_m > 0;
    }
    if (bridge_meant) return bridgeHit(bridge.feature, place(bridge.distance_m));
    if (road_seen) return roadHit(road.feature, place(road.distance_m));
    return std::nullopt;
  }

  std::optional<Hit> bridgeMark(const Solid& solid) const {
    if (!in.bridges.visible() || !in.bridges.showsDecision()) return std::nullopt;
    const auto mark = index.bridgeMarkNear(at, near_mark_px);
    if (!mark || !seen(dot(mark->point - ray.origin, ray.direction), solid)) return std::nullopt;
    return bridgeHit(mark->feature, mark->point);
  }

  std::optional<Hit> thinRoad(const Solid& solid) const {
    if (!in.roads.visible() || solid.asset || !std::isfinite(solid.distance_m)) return std::nullopt;
    const auto line = index.roadNear(place(solid.distance_m), at, near_line_px);
    if (!line) return std::nullopt;
    return roadHit(line->feature, line->point);
  }

  /// Lines and points of city objects before zones, and of zones the one that is drawn on top.
  std::optional<Hit> flatObject(const Solid& solid) const {
    if (solid.asset || !std::isfinite(solid.distance_m)) return std::nullopt;
    for (const model::ObjectKind kind : std::views::reverse(zone_order)) {
      if (!in.objects[static_cast<std::size_t>(kind)].visible()) continue;
      if (const auto near = index.objectNear(kind, place(solid.distance_m), at, near_line_px))
        return Hit{objectAt(near->feature), near->point};
    }
    return zoneBefore(solid);
  }

  std::optional<Hit> zoneBefore(const Solid& solid) const {
    for (const model::ObjectKind kind : std::views::reverse(zone_order)) {
      if (!in.objects[static_cast<std::size_t>(kind)].visible()) continue;
      const auto zone = index.zone(kind, ray);
      if (std::isfinite(zone.distance_m) && seen(zone.distance_m, solid))
        return Hit{objectAt(zone.feature), place(zone.distance_m)};
    }
    return std::nullopt;
  }

  std::optional<Hit> hit() const {
    const Solid nearest = solid();
    if (auto mark = bridgeMark(nearest)) return mark;
    if (auto flat = roadOrBridge(nearest)) return flat;
    if (auto road = thinRoad(nearest)) return road;
    if (auto object = flatObject(nearest)) return object;
    if (!std::isfinite(nearest.distance_m)) return std::nullopt;
    return Hit{nearest.asset, place(nearest.distance_m)};
  }
};

/// With the slack that a picture's thickness of a line needs.
bool within(const Bounds& box, Vec3d p) {
  const double slack = ground_slack_m;
  return p.x >= box.low.x - slack && p.x <= box.high.x + slack && p.y >= box.low.y - slack &&
         p.y <= box.high.y + slack && p.z >= box.low.z - slack && p.z <= box.high.z + slack;
}

}  // namespace

std::optional<Hit> Scene::pick(double x_px, double y_px, int width_px, int height_px) const {
  if (!inside_->town || !inside_->town->pick_index || width_px < 1 || height_px < 1) return std::nullopt;
  if (const Pin* pin = inside_->pins.at(inside_->pose, x_px, y_px, width_px, height_px))
    return Hit{std::nullopt, pin->place, pin->id};
  const Mouse mouse{*inside_, x_px, y_px, width_px, height_px};
  std::optional<Hit> hit = mouse.hit();
  if (hit && inside_->look.clip && !within(*inside_->look.clip, hit->point)) return std::nullopt;
  return hit;
}

}  // namespace hashimichi::render
