#include "geo/model/footprint.h"

namespace hashimichi::model {
namespace {

bool inRing(const Ring& ring, double x, double y) {
  bool inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const Vec3d a = ring[i], b = ring[j];
    if ((a.y > y) != (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

double turn(Vec3d o, Vec3d a, Vec3d b) {
  return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

/// Andrew's monotone chain; counter-clockwise, first point not repeated.
std::vector<Vec3d> convexHull(std::vector<Vec3d> points) {
  std::sort(points.begin(), points.end(), [](Vec3d a, Vec3d b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
  if (points.size() < 3) return points;
  std::vector<Vec3d> hull;
  for (int half = 0; half < 2; ++half) {
    const std::size_t start = hull.size();
    for (const Vec3d& p : points) {
      while (hull.size() >= start + 2 && turn(hull[hull.size() - 2], hull.back(), p) <= 0) hull.pop_back();
      hull.push_back(p);
    }
    hull.pop_back();
    std::reverse(points.begin(), points.end());
  }
  return hull;
}

Extent extentAlong(const std::vector<Vec3d>& hull, Vec3d u) {
  double low_u = 1e300, high_u = -1e300, low_v = 1e300, high_v = -1e300;
  for (const Vec3d& p : hull) {
    const double pu = p.x * u.x + p.y * u.y, pv = -p.x * u.y + p.y * u.x;
    low_u = std::min(low_u, pu), high_u = std::max(high_u, pu);
    low_v = std::min(low_v, pv), high_v = std::max(high_v, pv);
  }
  const double cu = (low_u + high_u) / 2, cv = (low_v + high_v) / 2;
  Extent extent{{cu * u.x - cv * u.y, cu * u.y + cv * u.x, 0}, u, high_u - low_u, high_v - low_v};
  if (extent.width_m > extent.length_m) {
    std::swap(extent.length_m, extent.width_m);
    extent.along = {-u.y, u.x, 0};
  }
  return extent;
}

}  // namespace

bool contains2d(const Polygon& polygon, double x, double y) {
  if (polygon.outer.size() < 3 || !inRing(polygon.outer, x, y)) return false;
  return std::none_of(polygon.holes.begin(), polygon.holes.end(),
                      [&](const Ring& hole) { return hole.size() >= 3 && inRing(hole, x, y); });
}

bool contains2d(const Geometry& geometry, double x, double y) {
  return std::any_of(geometry.surfaces.begin(), geometry.surfaces.end(),
                     [&](const Surface& surface) { return contains2d(surface.polygon, x, y); });
}

Extent extentOf(std::span<const Vec3d> points) {
  std::vector<Vec3d> finite;
  for (const Vec3d& p : points)
    if (isFinite(p)) finite.push_back({p.x, p.y, 0});
  if (finite.empty()) return {};
  // Relative to one of the points, so that places far from the origin lose no digits.
  const Vec3d origin = finite.front();
  for (Vec3d& p : finite) p = p - origin;
  const std::vector<Vec3d> hull = convexHull(std::move(finite));
  // The smallest rectangle lies on an edge of the hull. Hulls of real features have a few dozen corners; of a huge one
  // every n-th edge is near enough.
  const std::size_t step = hull.size() / 256 + 1;
  Extent best = extentAlong(hull, {1, 0, 0});
  double best_area = best.length_m * best.width_m;
  for (std::size_t i = 0; i < hull.size(); i += step) {
    const Vec3d edge = hull[(i + 1) % hull.size()] - hull[i];
    const double length = norm(edge);
    if (length <= 0) continue;
    const Extent extent = extentAlong(hull, edge * (1 / length));
    if (extent.length_m * extent.width_m < best_area) best = extent, best_area = extent.length_m * extent.width_m;
  }
  best.centre = best.centre + origin;
  return best;
}

Extent extentOf(const Geometry& geometry) {
  std::vector<Vec3d> points;
  for (const Surface& surface : geometry.surfaces)
    points.insert(points.end(), surface.polygon.outer.begin(), surface.polygon.outer.end());
  for (const Polyline& line : geometry.lines) points.insert(points.end(), line.begin(), line.end());
  return extentOf(points);
}

double chainageOf(const Polyline& line, double x, double y) {
  double nearest = std::numeric_limits<double>::infinity(), chainage = 0, before = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const Vec3d a = line[i - 1], d = line[i] - a;
    const double length2 = d.x * d.x + d.y * d.y, length = std::sqrt(length2);
    const double t = length2 > 0 ? std::clamp(((x - a.x) * d.x + (y - a.y) * d.y) / length2, 0.0, 1.0) : 0.0;
    const double distance = std::hypot(a.x + d.x * t - x, a.y + d.y * t - y);
    if (distance < nearest) nearest = distance, chainage = before + t * length;
    before += length;
  }
  return chainage;
}

}  // namespace hashimichi::model
