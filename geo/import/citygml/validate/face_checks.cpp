#include "geo/import/citygml/validate/face_checks.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <map>

#include "geo/model/geometry.h"

namespace hashimichi::import::citygml {
namespace {

/// Comparing every edge of longer rings with every other would cost seconds; they are passed over.
constexpr std::size_t most_pairs_edges = 4000;
constexpr double smallest_area_m2 = 1e-4;

struct Point2 {
  double u = 0, v = 0;
};

RawRing open(const RawRing& ring) {
  RawRing out = ring;
  while (out.size() > 1 && norm(out.front() - out.back()) < 1e-6) out.pop_back();
  return out;
}

/// Seen along the largest part of the face's normal, so that walls keep their shape.
std::vector<Point2> flat(const RawRing& ring, Vec3d normal) {
  const double ax = std::fabs(normal.x), ay = std::fabs(normal.y), az = std::fabs(normal.z);
  std::vector<Point2> out;
  out.reserve(ring.size());
  for (const Vec3d& p : ring)
    out.push_back(az >= ax && az >= ay ? Point2{p.x, p.y} : ax >= ay ? Point2{p.y, p.z} : Point2{p.x, p.z});
  return out;
}

double side(Point2 a, Point2 b, Point2 c) {
  return (b.u - a.u) * (c.v - a.v) - (b.v - a.v) * (c.u - a.u);
}

/// True when the inner parts of two segments cross; touching ends do not count.
bool cross2(Point2 a, Point2 b, Point2 c, Point2 d) {
  // A millimetre of overlap is rounding: sides are compared as distances from the line.
  constexpr double tolerance_m = 0.001;
  const double ab = std::hypot(b.u - a.u, b.v - a.v), cd = std::hypot(d.u - c.u, d.v - c.v);
  if (ab < tolerance_m || cd < tolerance_m) return false;
  const double c_side = side(a, b, c) / ab, d_side = side(a, b, d) / ab;
  const double a_side = side(c, d, a) / cd, b_side = side(c, d, b) / cd;
  const auto apart = [&](double p, double q) {
    return (p > tolerance_m && q < -tolerance_m) || (p < -tolerance_m && q > tolerance_m);
  };
  return apart(c_side, d_side) && apart(a_side, b_side);
}

/// True when a corner lies on the inner part of a side that it does not belong to.
bool touches2(Point2 a, Point2 b, Point2 corner) {
  constexpr double tolerance_m = 0.001;
  const double length = std::hypot(b.u - a.u, b.v - a.v);
  if (length < tolerance_m) return false;
  const double along = ((corner.u - a.u) * (b.u - a.u) + (corner.v - a.v) * (b.v - a.v)) / length;
  return std::fabs(side(a, b, corner)) / length < tolerance_m && along > same_point_m && along < length - same_point_m;
}

bool crossesItself(const std::vector<Point2>& ring) {
  const std::size_t n = ring.size();
  if (n < 4 || n > most_pairs_edges) return false;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = i + 2; k < n; ++k) {
      if (i == 0 && k == n - 1) continue;
      const Point2 c = ring[k], d = ring[(k + 1) % n];
      if (cross2(ring[i], ring[i + 1], c, d) || touches2(ring[i], ring[i + 1], c) ||
          touches2(ring[i], ring[i + 1], d) || touches2(c, d, ring[i]) || touches2(c, d, ring[i + 1]))
        return true;
    }
  return false;
}

bool contains(const std::vector<Point2>& ring, Point2 p) {
  bool inside = false;
  for (std::size_t i = 0, k = ring.size() - 1; i < ring.size(); k = i++)
    if ((ring[i].v > p.v) != (ring[k].v > p.v) &&
        p.u < (ring[k].u - ring[i].u) * (p.v - ring[i].v) / (ring[k].v - ring[i].v) + ring[i].u)
      inside = !inside;
  return inside;
}

bool onSide(const std::vector<Point2>& ring, Point2 p) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point2 a = ring[i], b = ring[(i + 1) % ring.size()];
    const double length = std::hypot(b.u - a.u, b.v - a.v);
    if (length < 1e-9) continue;
    const double along = ((p.u - a.u) * (b.u - a.u) + (p.v - a.v) * (b.v - a.v)) / length;
    if (std::fabs(side(a, b, p)) / length < same_point_m && along >= 0 && along <= length) return true;
  }
  return false;
}

bool holeInside(const std::vector<Point2>& outer, const std::vector<Point2>& hole) {
  for (const Point2& p : hole)
    if (!contains(outer, p) && !onSide(outer, p)) return false;
  if (outer.size() > most_pairs_edges || hole.size() > most_pairs_edges) return true;
  for (std::size_t i = 0; i < hole.size(); ++i)
    for (std::size_t k = 0; k < outer.size(); ++k)
      if (cross2(hole[i], hole[(i + 1) % hole.size()], outer[k], outer[(k + 1) % outer.size()])) return false;
  return true;
}

/// How thick the slab is that holds all points, across the mean plane.
double thickness(const RawRing& ring, Vec3d normal) {
  double low = 0, high = 0;
  for (const Vec3d& p : ring) {
    const double off = dot(p - ring.front(), normal) / norm(normal);
    low = std::min(low, off), high = std::max(high, off);
  }
  return high - low;
}

Vec3d widestCorner(const RawRing& ring) {
  Vec3d widest;
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    const Vec3d here = cross(ring[i] - ring[0], ring[i + 1] - ring[0]);
    if (norm(here) > norm(widest)) widest = here;
  }
  return widest;
}

using Corner = std::array<std::int64_t, 3>;
Corner cornerOf(Vec3d p) {
  constexpr double per_m = 1000;  // a millimetre: neighbours repeat their corners to the last digit
  return {std::llround(p.x * per_m), std::llround(p.y * per_m), std::llround(p.z * per_m)};
}

struct EdgeUse {
  int forward = 0, backward = 0;
  std::size_t face = 0;  ///< the first one
};

/// Which faces hang together.
class Groups {
 public:
  explicit Groups(std::size_t count) : parent_(count) {
    for (std::size_t i = 0; i < count; ++i) parent_[i] = i;
  }
  void join(std::size_t a, std::size_t b) { parent_[root(a)] = root(b); }
  std::size_t count() {
    std::size_t roots = 0;
    for (std::size_t i = 0; i < parent_.size(); ++i) roots += root(i) == i ? 1 : 0;
    return roots;
  }

 private:
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  std::vector<std::size_t> parent_;
};

}  // namespace

std::vector<Fault> ringFaults(const RawRing& ring) {
  std::vector<Fault> faults;
  const RawRing points = open(ring);
  if (points.size() == ring.size()) faults.push_back({"L08", "RingNotClosed", "The ring does not end where it began."});
  if (points.size() < 3) {
    faults.push_back({"", "DegenerateSurface", fmt::format("The ring has {} points; it needs 3.", points.size())});
    return faults;
  }
  for (std::size_t i = 0; i + 1 < points.size(); ++i)
    if (norm(points[i + 1] - points[i]) < same_point_m) {
      faults.push_back(
          {"L07", "DuplicateConsecutivePoints",
           fmt::format("Points {} and {} are the same place (within {} cm).", i + 1, i + 2, same_point_m * 100)});
      break;
    }
  Vec3d normal = model::newellNormal(points);
  // A ring like an 8 may add up to no area at all; its widest corner tells the plane.
  if (norm(normal) / 2 < smallest_area_m2) normal = widestCorner(points);
  if (norm(normal) / 2 < smallest_area_m2) {
    faults.push_back({"", "DegenerateSurface", "The ring encloses no area: its points lie on one line."});
    return faults;
  }
  if (crossesItself(flat(points, normal))) faults.push_back({"L09", "SelfIntersection", "The ring crosses itself."});
  return faults;
}

std::vector<Fault> faceFaults(const RawFace& face) {
  std::vector<Fault> faults = ringFaults(face.outer);
  for (const RawRing& hole : face.holes)
    for (Fault& fault : ringFaults(hole)) faults.push_back(std::move(fault));
  const RawRing outer = open(face.outer);
  if (outer.size() < 3) return faults;
  const Vec3d normal = model::newellNormal(outer);
  if (norm(normal) / 2 < smallest_area_m2) return faults;
  if (const double off_m = thickness(outer, normal); off_m > planar_within_m)
    faults.push_back({"L11", "NonPlanarSurface",
                      fmt::format("The face is not flat: its points are spread over {:.2f} m across it.", off_m)});
  const std::vector<Point2> flat_outer = flat(outer, normal);
  for (const RawRing& hole : face.holes)
    if (const RawRing inner = open(hole); inner.size() >= 3 && !holeInside(flat_outer, flat(inner, normal)))
      faults.push_back({"L13", "InteriorRingNotContainedInExteriorRing", "A hole reaches beyond its face."});
  return faults;
}

bool facesDown(const RawFace& face) {
  const Vec3d normal = model::newellNormal(open(face.outer));
  return normal.z < -1e-9 * norm(normal) && normal.z < 0;
}

std::vector<Fault> solidFaults(std::span<const RawFace> faces) {
  std::map<std::pair<Corner, Corner>, EdgeUse> edges;
  double volume = 0;
  const Vec3d reference = faces.empty() || faces[0].outer.empty() ? Vec3d{} : faces[0].outer[0];
  Groups groups(faces.size());
  const auto addRing = [&](const RawRing& ring, std::size_t face) {
    const RawRing points = open(ring);
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Corner a = cornerOf(points[i]), b = cornerOf(points[(i + 1) % points.size()]);
      if (a == b) continue;
      EdgeUse& use = edges[{std::min(a, b), std::max(a, b)}];
      if (use.forward + use.backward == 0) use.face = face;
      groups.join(face, use.face);
      ++(a < b ? use.forward : use.backward);
    }
    for (std::size_t i = 1; i + 1 < points.size(); ++i)
      volume += dot(points[0] - reference, cross(points[i] - reference, points[i + 1] - reference)) / 6;
  };
  for (std::size_t i = 0; i < faces.size(); ++i) {
    addRing(faces[i].outer, i);
    for (const RawRing& hole : faces[i].holes) addRing(hole, i);
  }
  std::size_t alone = 0, disagreeing = 0;
  for (const auto& [edge, use] : edges) {
    if (use.forward + use.backward == 1)
      ++alone;
    else if (use.forward != use.backward)
      ++disagreeing;
  }
  std::vector<Fault> faults;
  if (alone > 0)
    faults.push_back(
        {"L14", "SurfaceNotClosed", fmt::format("{} edges of the solid have a face on one side only.", alone)});
  if (disagreeing > 0)
    faults.push_back({"L14", "InvalidSolidBoundaries",
                      fmt::format("At {} edges the faces disagree about which side is outside.", disagreeing)});
  else if (alone == 0 && groups.count() > 1)
    faults.push_back({"L14", "InvalidSolidBoundaries",
                      fmt::format("The solid is made of {} bodies that do not touch.", groups.count())});
  else if (alone == 0 && volume < 0)
    faults.push_back({"L14", "InvalidSolidBoundaries", "All faces of the solid look inwards."});
  return faults;
}

}  // namespace hashimichi::import::citygml
