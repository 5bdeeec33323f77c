#include "render/ribbon.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "render/drape.h"
#include "render/prepare.h"

namespace hashimichi::render {
namespace {

constexpr double merged_m = 0.1;
constexpr double lift_m = 0.12, even_within_m = 0.06;
/// Registers and road maps give a bridge's height roughly; its model's deck is looked for this far up and down.
constexpr double deck_search_m = 6;
/// Sharper bends are cut instead of drawn to a spike.
constexpr double longest_miter = 1.6;
constexpr int end_cap_parts = 4;

model::Polyline densified(const model::Polyline& line, double step_m) {
  model::Polyline out;
  for (const Vec3d& point : line) {
    if (!isFinite(point)) continue;
    if (out.empty()) {
      out.push_back(point);
      continue;
    }
    const Vec3d from = out.back();
    const double length_m = distance2d(from, point);
    if (length_m < merged_m) continue;
    const int pieces = static_cast<int>(std::min(1e5, std::ceil(length_m / step_m)));
    for (int i = 1; i <= pieces; ++i) out.push_back(from + (point - from) * (static_cast<double>(i) / pieces));
  }
  return out;
}

double distanceToChord(Vec3d p, Vec3d a, Vec3d b) {
  const Vec3d chord = b - a;
  const double length2 = dot(chord, chord);
  const double t = length2 > 0 ? std::clamp(dot(p - a, chord) / length2, 0.0, 1.0) : 0;
  return norm(p - (a + chord * t));
}

/// Douglas and Peucker 1973: most streets are even, and every point costs four triangles and three lines.
model::Polyline withoutEvenPoints(const model::Polyline& line) {
  if (line.size() < 3) return line;
  std::vector<bool> kept(line.size(), false);
  kept.front() = kept.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> open{{0, line.size() - 1}};
  while (!open.empty()) {
    const auto [first, last] = open.back();
    open.pop_back();
    std::size_t farthest = first;
    double away_m = even_within_m;
    for (std::size_t i = first + 1; i < last; ++i)
      if (const double d = distanceToChord(line[i], line[first], line[last]); d > away_m) away_m = d, farthest = i;
    if (farthest == first) continue;
    kept[farthest] = true;
    open.push_back({first, farthest}), open.push_back({farthest, last});
  }
  model::Polyline out;
  for (std::size_t i = 0; i < line.size(); ++i)
    if (kept[i]) out.push_back(line[i]);
  return out;
}

Vec3d leftOf(Vec3d from, Vec3d to) {
  const double length = std::max(1e-9, distance2d(from, to));
  return {-(to.y - from.y) / length, (to.x - from.x) / length, 0};
}

/// Half a width to the left at every point, mitred at bends.
Vec3d sidewaysAt(const model::Polyline& axis, std::size_t i, double half_width_m) {
  const Vec3d before = leftOf(axis[i == 0 ? 0 : i - 1], axis[i == 0 ? 1 : i]);
  const Vec3d after = i + 1 == axis.size() ? before : leftOf(axis[i], axis[i + 1]);
  const Vec3d sum = before + after;
  const double length = norm(sum);
  if (length < 1e-6) return after * half_width_m;  // turns back on itself
  return sum * (half_width_m * std::min(longest_miter, 2 / length) / length);
}

/// What a band lies on.
struct Floor {
  const model::Terrain& ground;
  const TriangleTree* decks;

  std::optional<double> deckHeight(Vec3d p) const {
    if (!decks) return std::nullopt;
    const Vec3d above = p + Vec3d{0, 0, deck_search_m};
    const auto hit = decks->nearest({above, {0, 0, -1}}, 2 * deck_search_m);
    if (!hit) return std::nullopt;
    return above.z - hit->distance_m;
  }

  Vec3d laid(Vec3d p, bool on_ground) const {
    if (on_ground) p.z = std::max(p.z, groundHeight(ground, p.x, p.y, p.z));
    if (const auto deck = deckHeight(p)) p.z = std::max(p.z, *deck);
    return p;
  }
};

std::uint32_t push(Mesh& mesh, Vec3d p) {
  mesh.xyz.insert(mesh.xyz.end(), {static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(p.z)});
  return static_cast<std::uint32_t>(mesh.vertexCount() - 1);
}

void pushTriangle(Mesh& mesh, std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t feature) {
  mesh.triangles.insert(mesh.triangles.end(), {a, b, c});
  mesh.feature.push_back(feature);
}

/// Half a disc beyond an end, so that bands that meet at an angle leave no notch.
void appendCap(Mesh& mesh, Vec3d centre, Vec3d from_side, std::uint32_t feature) {
  const std::uint32_t middle = push(mesh, centre);
  std::uint32_t last = push(mesh, centre + from_side);
  for (int i = 1; i <= end_cap_parts; ++i) {
    const double turn = std::numbers::pi * i / end_cap_parts, c = std::cos(turn), s = std::sin(turn);
    const Vec3d side{from_side.x * c - from_side.y * s, from_side.x * s + from_side.y * c, from_side.z * c};
    const std::uint32_t next = push(mesh, centre + side);
    pushTriangle(mesh, middle, last, next, feature);
    last = next;
  }
}

void appendStrip(const model::Polyline& left_side, const model::Polyline& right_side, std::uint32_t feature,
                 Mesh& mesh) {
  std::uint32_t left = push(mesh, left_side.front()), right = push(mesh, right_side.front());
  for (std::size_t i = 1; i < left_side.size(); ++i) {
    const std::uint32_t next_left = push(mesh, left_side[i]), next_right = push(mesh, right_side[i]);
    pushTriangle(mesh, left, right, next_right, feature);
    pushTriangle(mesh, left, next_right, next_left, feature);
    left = next_left, right = next_right;
  }
}

/// Whether the middle is higher or lower than its sides, as on a cambered deck or a ridge.
bool crowned(const Ribbon& ribbon) {
  for (std::size_t i = 0; i < ribbon.axis.size(); ++i)
    if (std::abs(ribbon.axis[i].z - (ribbon.left[i].z + ribbon.right[i].z) / 2) > even_within_m) return true;
  return false;
}

}  // namespace

Ribbon ribbonAlong(const model::Polyline& line, double width_m, double step_m, const model::Terrain& ground,
                   const TriangleTree* decks) {
  Ribbon ribbon;
  const Floor floor{ground, decks};
  model::Polyline axis = densified(line, std::max(1.0, step_m));
  for (Vec3d& point : axis) point = floor.laid(point, liesOnGround(ground, point));
  axis = withoutEvenPoints(axis);
  if (axis.size() < 2) return ribbon;
  const Vec3d lift{0, 0, lift_m};
  for (std::size_t i = 0; i < axis.size(); ++i) {
    const Vec3d side = sidewaysAt(axis, i, width_m / 2);
    const bool on_ground = liesOnGround(ground, axis[i]);  // the sides follow the ground where the middle does
    ribbon.axis.push_back(axis[i] + lift);
    ribbon.left.push_back(floor.laid(axis[i] + side, on_ground) + lift);
    ribbon.right.push_back(floor.laid(axis[i] - side, on_ground) + lift);
  }
  return ribbon;
}

void appendRibbon(const Ribbon& ribbon, std::uint32_t feature, Mesh& mesh) {
  if (ribbon.axis.size() < 2) return;
  if (crowned(ribbon)) {
    appendStrip(ribbon.left, ribbon.axis, feature, mesh);
    appendStrip(ribbon.axis, ribbon.right, feature, mesh);
  } else {
    appendStrip(ribbon.left, ribbon.right, feature, mesh);
  }
  appendCap(mesh, ribbon.axis.front(), ribbon.left.front() - ribbon.axis.front(), feature);
  appendCap(mesh, ribbon.axis.back(), ribbon.right.back() - ribbon.axis.back(), feature);
}

void appendLine(const model::Polyline& line, std::uint32_t feature, Lines& lines) {
  if (line.size() < 2) return;
  if (lines.first.empty()) lines.first.push_back(0);
  for (const Vec3d& p : line)
    lines.xyz.insert(lines.xyz.end(), {static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(p.z)});
  lines.first.push_back(static_cast<std::uint32_t>(lines.xyz.size() / 3));
  lines.feature.push_back(feature);
}

}  // namespace hashimichi::render
