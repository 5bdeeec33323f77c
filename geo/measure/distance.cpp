#include "geo/measure/distance.h"

#include <numbers>

#include "geo/model/geometry.h"
#include "geo/model/measure.h"
#include "geo/model/triangulate.h"

namespace hashimichi::measure {
namespace {

constexpr std::size_t most_corners = 2000;  // picked by hand; crossings are looked for between all pairs

Error notFinite(const char* what) {
  return {ErrorCode::bad_input, what, "A point is not a number.", "Pick the points again."};
}

struct Flat {
  double x, y;
};
double turn(Flat a, Flat b, Flat c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}
bool cross2d(Flat a, Flat b, Flat c, Flat d) {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

/// The ring in its own plane.
std::vector<Flat> flattened(std::span<const Vec3d> ring, Vec3d normal) {
  const Vec3d other = std::abs(normal.x) < 0.7 ? Vec3d{1, 0, 0} : Vec3d{0, 1, 0};
  Vec3d u = cross(normal, other);
  u = u * (1 / norm(u));
  const Vec3d v = cross(normal, u);
  std::vector<Flat> flat;
  for (const Vec3d& p : ring) flat.push_back({dot(p - ring.front(), u), dot(p - ring.front(), v)});
  return flat;
}

bool crossesItself(const std::vector<Flat>& ring) {
  const std::size_t n = ring.size();
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = i + 2; j < n; ++j)
      if ((j + 1) % n != i && cross2d(ring[i], ring[(i + 1) % n], ring[j], ring[(j + 1) % n])) return true;
  return false;
}

}  // namespace

Result<Distance> distanceBetween(Vec3d from, Vec3d to, double point_sigma_m) {
  if (!isFinite(from) || !isFinite(to)) return notFinite("distance");
  const Vec3d d = to - from;
  Distance result;
  result.distance_m = norm(d);
  result.horizontal_m = std::hypot(d.x, d.y);
  result.height_m = d.z;
  result.slope_percent = result.horizontal_m > 0 ? 100 * d.z / result.horizontal_m
                         : d.z == 0              ? 0
                                                 : std::copysign(std::numeric_limits<double>::infinity(), d.z);
  const double azimuth = std::atan2(d.x, d.y) * 180 / std::numbers::pi;
  result.azimuth_deg = azimuth < 0 ? azimuth + 360 : azimuth;
  result.sigma_m = std::numbers::sqrt2 * point_sigma_m;
  return result;
}

Result<PathLength> lengthAlong(std::span<const Vec3d> points) {
  if (points.size() < 2)
    return Error{ErrorCode::bad_input, "distance", "A length needs two points or more.", "Pick another point."};
  PathLength sum;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!isFinite(points[i])) return notFinite("distance");
    if (i == 0) continue;
    const Vec3d d = points[i] - points[i - 1];
    sum.distance_m += norm(d);
    sum.horizontal_m += std::hypot(d.x, d.y);
    (d.z > 0 ? sum.up_m : sum.down_m) += std::abs(d.z);
  }
  return sum;
}

Result<AreaOf> areaOf(std::span<const Vec3d> ring) {
  if (ring.size() < 3)
    return Error{ErrorCode::bad_input, "area", "An area needs three points or more.", "Pick another point."};
  if (ring.size() > most_corners)
    return Error{ErrorCode::limit, "area", "The ring has more than 2,000 corners.", "Draw it with fewer."};
  for (const Vec3d& p : ring)
    if (!isFinite(p)) return notFinite("area");
  const model::Ring corners(ring.begin(), ring.end());
  const Vec3d normal = model::newellNormal(corners);
  AreaOf area;
  for (std::size_t i = 0; i < corners.size(); ++i)
    area.perimeter_m += norm(corners[(i + 1) % corners.size()] - corners[i]);
  const double length = norm(normal);
  if (length <= 1e-12 * area.perimeter_m * area.perimeter_m)
    return Error{ErrorCode::bad_input, "area", "The points lie on one line and enclose nothing.",
                 "Pick a point beside it."};
  if (crossesItself(flattened(ring, normal * (1 / length))))
    return Error{ErrorCode::bad_input, "area", "The ring crosses itself, so what it encloses is not clear.",
                 "Pick the corners in their order around the area."};
  area.planimetric_m2 = std::abs(model::signedArea2d(corners));
  area.plane_m2 = length / 2;
  area.tilt_deg = std::acos(std::min(1.0, std::abs(normal.z) / length)) * 180 / std::numbers::pi;
  std::vector<model::Triangle> triangles;
  model::triangulate({corners, {}}, triangles);
  for (const model::Triangle& t : triangles)
    area.surface_m2 += norm(cross(corners[t[1]] - corners[t[0]], corners[t[2]] - corners[t[0]])) / 2;
  return area;
}

}  // namespace hashimichi::measure
