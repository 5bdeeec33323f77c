#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace hashimichi {

/// A place or a direction. Inside a LocalFrame: x east, y north, z up, metres. In source coordinates the reader says
/// which axis is which.
struct Vec3d {
  double x = 0, y = 0, z = 0;
  bool operator==(const Vec3d&) const = default;
};
inline Vec3d operator+(Vec3d a, Vec3d b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
inline Vec3d operator-(Vec3d a, Vec3d b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
inline Vec3d operator*(Vec3d a, double s) {
  return {a.x * s, a.y * s, a.z * s};
}
inline double dot(Vec3d a, Vec3d b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
inline Vec3d cross(Vec3d a, Vec3d b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double norm(Vec3d a) {
  return std::sqrt(dot(a, a));
}
inline double distance2d(Vec3d a, Vec3d b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}
inline bool isFinite(Vec3d a) {
  return std::isfinite(a.x) && std::isfinite(a.y) && std::isfinite(a.z);
}

/// An axis-parallel box; empty until something was added.
struct Bounds {
  Vec3d low{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(),
            std::numeric_limits<double>::infinity()};
  Vec3d high{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
             -std::numeric_limits<double>::infinity()};

  bool empty() const { return low.x > high.x; }
  void add(Vec3d p) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y), std::min(low.z, p.z)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y), std::max(high.z, p.z)};
  }
  void add(const Bounds& other) {
    if (!other.empty()) add(other.low), add(other.high);
  }
  Vec3d centre() const { return (low + high) * 0.5; }
  Vec3d size() const { return high - low; }
};

}  // namespace hashimichi
