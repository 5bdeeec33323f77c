#include "render/line_grid.h"

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

}  // namespace

std::optional<OnScreen> onScreen(const CameraPose& pose, Vec3d point, int width_px, int height_px) {
  const CameraAxes axes = axesOf(pose);
  const Vec3d to = point - eyeOf(pose);
  const double depth = dot(to, axes.forward);
  if (!pose.orthographic && depth < 0.01) return std::nullopt;
  const double metres_high = (pose.orthographic ? pose.distance_m : depth) * halfHeightPerMetre(pose);
  const double scale = height_px / 2.0 / metres_high;
  return OnScreen{width_px / 2.0 + dot(to, axes.right) * scale, height_px / 2.0 - dot(to, axes.up) * scale, depth};
}

LineGrid::LineGrid(const Lines& lines) : lines_(lines) {
  for (std::size_t line = 0; line < lines.count(); ++line)
    for (std::uint32_t v = lines.first[line]; v + 1 < lines.first[line + 1]; ++v) {
      const Vec3d middle = (vertexOf(lines.xyz, v) + vertexOf(lines.xyz, v + 1)) * 0.5;
      pieces_[cellKey(cellOf(middle.x), cellOf(middle.y))].push_back({v, lines.feature[line]});
    }
}

std::optional<NearFeature> LineGrid::near(Vec3d place, const MouseAt& mouse, double within_px) const {
  const auto& [pose, x_px, y_px, width_px, height_px] = mouse;
  const auto at = onScreen(pose, place, width_px, height_px);
  if (!at || pieces_.empty()) return std::nullopt;
  const double depth_m = pose.orthographic ? pose.distance_m : at->depth_m;
  const double metres_per_px = 2 * depth_m * halfHeightPerMetre(pose) / height_px;
  // Looking flat over the ground, a few pixels are many metres of it.
  const double foreshortening = std::max(0.2, std::sin(pose.elevation_deg * std::numbers::pi / 180));
  const double reach_m =
      std::min(within_px * metres_per_px / foreshortening + cell_m, widest_search_cells / 2 * cell_m);
  std::optional<NearFeature> best;
  for (std::int64_t c = cellOf(place.x - reach_m); c <= cellOf(place.x + reach_m); ++c)
    for (std::int64_t r = cellOf(place.y - reach_m); r <= cellOf(place.y + reach_m); ++r) {
      const auto cell = pieces_.find(cellKey(c, r));
      if (cell == pieces_.end()) continue;
      for (const Piece& piece : cell->second) {
        const Vec3d from = vertexOf(lines_.xyz, piece.vertex), to = vertexOf(lines_.xyz, piece.vertex + 1);
        const auto a = onScreen(pose, from, width_px, height_px), b = onScreen(pose, to, width_px, height_px);
        if (!a || !b) continue;
        const double t = shareAlong(*a, *b, x_px, y_px);
        const double away_px =
            std::hypot(a->x_px + (b->x_px - a->x_px) * t - x_px, a->y_px + (b->y_px - a->y_px) * t - y_px);
        if (away_px <= within_px && (!best || away_px < best->distance_px))
          best = NearFeature{piece.feature, from + (to - from) * t, away_px};
      }
    }
  return best;
}

std::optional<NearFeature> markNear(const std::vector<Mark>& marks, const MouseAt& mouse, double within_px) {
  std::optional<NearFeature> best;
  for (const Mark& mark : marks) {
    const auto at = onScreen(mouse.pose, mark.position, mouse.width_px, mouse.height_px);
    if (!at) continue;
    const double away_px = std::hypot(at->x_px - mouse.x_px, at->y_px - mouse.y_px);
    if (away_px <= within_px && (!best || away_px < best->distance_px))
      best = NearFeature{mark.feature, mark.position, away_px};
  }
  return best;
}

}  // namespace hashimichi::render
