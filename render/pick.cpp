#include "render/pick.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hashimichi::render {
namespace {

constexpr double cell_m = 32;
/// From very far away a pixel is many cells; looking at more of them would take longer than a click may.
constexpr int widest_search_cells = 24;

double halfHeightPerMetre(const CameraPose& pose) {
  return std::tan(pose.view_angle_deg * std::numbers::pi / 360);
}

std::uint64_t cellKey(std::int64_t column, std::int64_t row) {
  return static_cast<std::uint64_t>(column) << 32 | (static_cast<std::uint64_t>(row) & 0xffffffffu);
}
std::int64_t cellOf(double metres) {
  return static_cast<std::int64_t>(std::floor(metres / cell_m));
}

Vec3d vertexOf(const std::vector<float>& xyz, std::uint32_t i) {
  return {xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]};
}

/// Share along a–b nearest to p, all in pixels.
double shareAlong(const OnScreen& a, const OnScreen& b, double x, double y) {
  const double dx = b.x_px - a.x_px, dy = b.y_px - a.y_px, length2 = dx * dx + dy * dy;
  return length2 < 1e-12 ? 0 : std::clamp(((x - a.x_px) * dx + (y - a.y_px) * dy) / length2, 0.0, 1.0);
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

std::optional<OnScreen> onScreen(const CameraPose& pose, Vec3d point, int width_px, int height_px) {
  const CameraAxes axes = axesOf(pose);
  const Vec3d to = point - eyeOf(pose);
  const double depth = dot(to, axes.forward);
  if (!pose.orthographic && depth < 0.01) return std::nullopt;
  const double metres_high = (pose.orthographic ? pose.distance_m : depth) * halfHeightPerMetre(pose);
  const double scale = height_px / 2.0 / metres_high;
  return OnScreen{width_px / 2.0 + dot(to, axes.right) * scale, height_px / 2.0 - dot(to, axes.up) * scale, depth};
}

PickIndex::PickIndex(const PreparedTown& town)
    : town_(town),
      ground_bounds_(town.ground.bounds()),
      buildings_(town.buildings),
      roads_(town.roads),
      bridges_(town.bridges),
      decks_(town.bridge_decks) {
  indexRoadLines();
}

std::shared_ptr<const PickIndex> PickIndex::build(const PreparedTown& town) {
  return std::shared_ptr<const PickIndex>(new PickIndex(town));
}

void PickIndex::indexRoadLines() {
  const Lines& lines = town_.road_axes;
  for (std::size_t line = 0; line < lines.count(); ++line)
    for (std::uint32_t v = lines.first[line]; v + 1 < lines.first[line + 1]; ++v) {
      const Vec3d middle = (vertexOf(lines.xyz, v) + vertexOf(lines.xyz, v + 1)) * 0.5;
      pieces_[cellKey(cellOf(middle.x), cellOf(middle.y))].push_back({v, lines.feature[line]});
    }
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

PickIndex::FeatureHit PickIndex::building(const Ray& ray) const {
  const auto hit = buildings_.nearest(ray);
  if (!hit) return {};
  return {hit->distance_m, town_.buildings.feature[hit->triangle]};
}

PickIndex::FeatureHit PickIndex::road(const Ray& ray) const {
  const auto hit = roads_.nearest(ray);
  if (!hit) return {};
  return {hit->distance_m, town_.roads.feature[hit->triangle]};
}

PickIndex::FeatureHit PickIndex::bridge(const Ray& ray) const {
  const auto solid = bridges_.nearest(ray);
  const auto deck = decks_.nearest(ray);
  if (deck && (!solid || deck->distance_m <= solid->distance_m))
    return {deck->distance_m, town_.bridge_decks.feature[deck->triangle]};
  if (solid) return {solid->distance_m, town_.bridges.feature[solid->triangle]};
  return {};
}

std::optional<PickIndex::Near> PickIndex::roadNear(Vec3d place, const CameraPose& pose, double x_px, double y_px,
                                                   int width_px, int height_px, double within_px) const {
  const auto at = onScreen(pose, place, width_px, height_px);
  if (!at) return std::nullopt;
  const double depth_m = pose.orthographic ? pose.distance_m : at->depth_m;
  const double metres_per_px = 2 * depth_m * halfHeightPerMetre(pose) / height_px;
  // Looking flat over the ground, a few pixels are many metres of it.
  const double foreshortening = std::max(0.2, std::sin(pose.elevation_deg * std::numbers::pi / 180));
  const double reach_m =
      std::min(within_px * metres_per_px / foreshortening + cell_m, widest_search_cells / 2 * cell_m);
  std::optional<Near> best;
  for (std::int64_t c = cellOf(place.x - reach_m); c <= cellOf(place.x + reach_m); ++c)
    for (std::int64_t r = cellOf(place.y - reach_m); r <= cellOf(place.y + reach_m); ++r) {
      const auto cell = pieces_.find(cellKey(c, r));
      if (cell == pieces_.end()) continue;
      for (const Piece& piece : cell->second) {
        const Vec3d from = vertexOf(town_.road_axes.xyz, piece.vertex),
                    to = vertexOf(town_.road_axes.xyz, piece.vertex + 1);
        const auto a = onScreen(pose, from, width_px, height_px), b = onScreen(pose, to, width_px, height_px);
        if (!a || !b) continue;
        const double t = shareAlong(*a, *b, x_px, y_px);
        const double away_px =
            std::hypot(a->x_px + (b->x_px - a->x_px) * t - x_px, a->y_px + (b->y_px - a->y_px) * t - y_px);
        if (away_px <= within_px && (!best || away_px < best->distance_px))
          best = Near{piece.feature, from + (to - from) * t, away_px};
      }
    }
  return best;
}

std::optional<PickIndex::Near> PickIndex::bridgeMarkNear(const CameraPose& pose, double x_px, double y_px, int width_px,
                                                         int height_px, double within_px) const {
  std::optional<Near> best;
  for (const Mark& mark : town_.bridge_marks) {
    const auto at = onScreen(pose, mark.position, width_px, height_px);
    if (!at) continue;
    const double away_px = std::hypot(at->x_px - x_px, at->y_px - y_px);
    if (away_px <= within_px && (!best || away_px < best->distance_px))
      best = Near{mark.feature, mark.position, away_px};
  }
  return best;
}

}  // namespace hashimichi::render
