#include "geo/model/geometry.h"

#include <array>

namespace hashimichi::model {
namespace {

constexpr std::array<const char*, surface_kind_count> kind_names = {
    "unknown",    "ground", "wall",         "roof",    "floor",       "ceiling", "closure",
    "deck",       "girder", "substructure", "railing", "carriageway", "footway", "intersection",
    "road_other", "lane",   "shoulder",     "island",  "planting",    "parking", "cycleway",
    "track_bed",  "door",   "window",       "water",   "interior"};

}  // namespace

const char* toString(SurfaceKind kind) {
  const auto index = static_cast<std::size_t>(kind);
  return index < kind_names.size() ? kind_names[index] : kind_names[0];
}

std::optional<SurfaceKind> surfaceKindFrom(std::string_view name) {
  for (std::size_t i = 0; i < kind_names.size(); ++i)
    if (name == kind_names[i]) return static_cast<SurfaceKind>(i);
  return std::nullopt;
}

bool carriesTraffic(SurfaceKind kind) {
  return kind == SurfaceKind::carriageway || kind == SurfaceKind::lane || kind == SurfaceKind::intersection;
}

Bounds boundsOf(const Geometry& geometry) {
  Bounds bounds;
  for (const Surface& surface : geometry.surfaces)
    for (const Vec3d& p : surface.polygon.outer) bounds.add(p);
  for (const Polyline& line : geometry.lines)
    for (const Vec3d& p : line) bounds.add(p);
  for (const Vec3d& p : geometry.points) bounds.add(p);
  return bounds;
}

double signedArea2d(const Ring& ring) {
  if (ring.empty()) return 0;
  // Relative to the first vertex, so that places far from the origin lose no digits.
  const Vec3d o = ring.front();
  double twice = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Vec3d a = ring[i] - o, b = ring[(i + 1) % ring.size()] - o;
    twice += a.x * b.y - b.x * a.y;
  }
  return twice / 2;
}

double area2d(const Polygon& polygon) {
  double area = std::fabs(signedArea2d(polygon.outer));
  for (const Ring& hole : polygon.holes) area -= std::fabs(signedArea2d(hole));
  return std::max(0.0, area);
}

Vec3d newellNormal(const Ring& ring) {
  Vec3d normal;
  if (ring.empty()) return normal;
  const Vec3d o = ring.front();
  for (std::size_t i = 0; i < ring.size(); ++i) normal = normal + cross(ring[i] - o, ring[(i + 1) % ring.size()] - o);
  return normal;
}

double length2d(const Polyline& line) {
  double length = 0;
  for (std::size_t i = 1; i < line.size(); ++i) length += distance2d(line[i - 1], line[i]);
  return length;
}

OnLine pointAlong(const Polyline& line, double chainage_m) {
  if (line.empty()) return {};
  if (line.size() == 1) return {line.front(), {1, 0, 0}};
  double left = std::max(0.0, chainage_m);
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double step = distance2d(line[i - 1], line[i]);
    const bool last = i + 1 == line.size();
    if (step > 0 && (left <= step || last)) {
      const Vec3d d = line[i] - line[i - 1];
      return {line[i - 1] + d * std::min(1.0, left / step), {d.x / step, d.y / step, 0}};
    }
    left -= step;
  }
  return {line.back(), {1, 0, 0}};
}

double distanceToLine2d(Vec3d p, const Polyline& line) {
  double nearest = std::numeric_limits<double>::infinity();
  if (line.size() == 1) return distance2d(p, line.front());
  for (std::size_t i = 1; i < line.size(); ++i) {
    const Vec3d a = line[i - 1], d = line[i] - a;
    const double length2 = d.x * d.x + d.y * d.y;
    const double t = length2 > 0 ? std::clamp(((p.x - a.x) * d.x + (p.y - a.y) * d.y) / length2, 0.0, 1.0) : 0.0;
    nearest = std::min(nearest, distance2d(p, a + d * t));
  }
  return nearest;
}

EquivalentRectangle equivalentRectangle(const Polygon& polygon) {
  const double area = area2d(polygon);
  double perimeter = 0;
  for (std::size_t i = 0; i < polygon.outer.size(); ++i)
    perimeter += distance2d(polygon.outer[i], polygon.outer[(i + 1) % polygon.outer.size()]);
  // Sides are the roots of s² − (P/2)·s + A = 0.
  const double half = perimeter / 4;
  const double discriminant = half * half - area;
  if (discriminant <= 0) return {std::sqrt(area), std::sqrt(area)};
  const double root = std::sqrt(discriminant);
  return {half + root, half - root};
}

}  // namespace hashimichi::model
