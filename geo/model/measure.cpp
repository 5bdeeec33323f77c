#include "geo/model/measure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <unordered_map>

namespace hashimichi::model {
namespace {

using Point = std::array<std::int64_t, 3>;
using Edge = std::array<std::uint32_t, 2>;

struct Mixing {
  std::size_t operator()(const Point& p) const {
    std::uint64_t mixed = 0;
    for (const std::int64_t part : p) mixed = (mixed ^ static_cast<std::uint64_t>(part)) * 0x9E3779B97F4A7C15ull;
    return static_cast<std::size_t>(mixed ^ mixed >> 32);
  }
  std::size_t operator()(const Edge& e) const {
    return static_cast<std::size_t>((static_cast<std::uint64_t>(e[0]) << 32 | e[1]) * 0x9E3779B97F4A7C15ull >> 7);
  }
};

Point onGrid(Vec3d p) {
  const auto at = [](double metres) { return static_cast<std::int64_t>(std::llround(metres / same_point_m)); };
  return {at(p.x), at(p.y), at(p.z)};
}

/// How often an edge is run from its lower to its higher point, and back.
struct Uses {
  std::uint32_t there = 0, back = 0;
};

class EdgeCount {
 public:
  void add(const Ring& ring) {
    std::uint32_t before = numberOf(ring.back());
    for (const Vec3d p : ring) {
      const std::uint32_t here = numberOf(p);
      if (here != before) ++(before < here ? uses_[{before, here}].there : uses_[{here, before}].back);
      before = here;
    }
  }
  Closure closure() const {
    Closure closure;
    closure.edges = uses_.size();
    for (const auto& [edge, uses] : uses_) {
      if (uses.there + uses.back > 2) ++closure.crowded;
      if (uses.there == uses.back) continue;
      ++((uses.there + uses.back) % 2 == 0 ? closure.same_way : closure.open);
    }
    return closure;
  }

 private:
  std::uint32_t numberOf(Vec3d p) {
    return numbers_.try_emplace(onGrid(p), static_cast<std::uint32_t>(numbers_.size())).first->second;
  }
  std::unordered_map<Point, std::uint32_t, Mixing> numbers_;
  std::unordered_map<Edge, Uses, Mixing> uses_;
};

double sixfoldVolume(const Ring& ring, Vec3d apex) {
  double sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) sum += dot(apex, cross(ring[i], ring[i + 1 < ring.size() ? i + 1 : 0]));
  return sum;
}

/// Relative to a point of the solid: products of coordinates kilometres from the origin would eat the digits.
Ring relative(const Ring& ring, Vec3d origin) {
  Ring moved = ring;
  for (Vec3d& p : moved) p = p - origin;
  return moved;
}

}  // namespace

double area3d(const Polygon& polygon) {
  double area = norm(newellNormal(polygon.outer)) / 2;
  for (const Ring& hole : polygon.holes) area -= norm(newellNormal(hole)) / 2;
  return area;
}

double surfaceArea(std::span<const Surface> surfaces) {
  double area = 0;
  for (const Surface& surface : surfaces) area += area3d(surface.polygon);
  return area;
}

double signedVolume(std::span<const Surface> surfaces) {
  double sixfold = 0;
  Vec3d origin;
  for (const Surface& surface : surfaces)
    if (!surface.polygon.outer.empty()) {
      origin = surface.polygon.outer.front();
      break;
    }
  for (const Surface& surface : surfaces) {
    if (surface.polygon.outer.empty()) continue;
    const Vec3d apex = surface.polygon.outer.front() - origin;
    sixfold += sixfoldVolume(relative(surface.polygon.outer, origin), apex);
    for (const Ring& hole : surface.polygon.holes) sixfold += sixfoldVolume(relative(hole, origin), apex);
  }
  return sixfold / 6;
}

Closure closureOf(std::span<const Surface> surfaces) {
  constexpr double farthest_m = 1e12;  // beyond, no grid point has a number
  EdgeCount count;
  for (const Surface& surface : surfaces) {
    const auto usable = [](const Ring& ring) {
      return !ring.empty() && std::all_of(ring.begin(), ring.end(), [](Vec3d p) {
        return isFinite(p) && std::max({std::fabs(p.x), std::fabs(p.y), std::fabs(p.z)}) < farthest_m;
      });
    };
    if (usable(surface.polygon.outer)) count.add(surface.polygon.outer);
    for (const Ring& hole : surface.polygon.holes)
      if (usable(hole)) count.add(hole);
  }
  return count.closure();
}

Facing facingOf(std::span<const Surface> surfaces) {
  const Closure closure = closureOf(surfaces);
  if (closure.edges == 0 || closure.open > 0) return Facing::open;
  if (closure.same_way > 0) return Facing::mixed;
  return signedVolume(surfaces) < 0 ? Facing::inward : Facing::outward;
}

void turnRound(Polygon& polygon) {
  std::reverse(polygon.outer.begin(), polygon.outer.end());
  for (Ring& hole : polygon.holes) std::reverse(hole.begin(), hole.end());
}

void turnRound(const Polygon& turned, SurfaceAppearance& appearance) {
  std::size_t at = 0;
  const auto reverse = [&](std::size_t points) {
    if (at + points > appearance.uv.size()) return;
    const auto from = appearance.uv.begin() + static_cast<std::ptrdiff_t>(at);
    std::reverse(from, from + static_cast<std::ptrdiff_t>(points));
    at += points;
  };
  reverse(turned.outer.size());
  for (const Ring& hole : turned.holes) reverse(hole.size());
}

}  // namespace hashimichi::model
