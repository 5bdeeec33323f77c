#include <bit>

#include "render/draw_table.h"

namespace hashimichi::render {
namespace {

/// Mixing as in splitmix64 (Steele, Lea and Flood 2014).
std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

std::uint64_t numberOf(Vec3d p) {
  std::uint64_t number = 0;
  for (const double part : {p.x, p.y, p.z})
    number = mixed(number * 0x9e3779b97f4a7c15ULL + std::bit_cast<std::uint64_t>(part + 0.0));
  return number;
}

/// Of every side (a, b) as it is passed, less the same side passed the other way.
std::uint64_t sidesOf(const model::Ring& ring) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const std::uint64_t a = numberOf(ring[i]), b = numberOf(ring[(i + 1) % ring.size()]);
    if (a != b) sum += mixed(a * 3 + b) - mixed(b * 3 + a);
  }
  return sum;
}

/// Six times the volume that the ring's cone with its first corner's neighbourhood at `from` encloses.
double coneOf(const model::Ring& ring, Vec3d from) {
  double sum = 0;
  for (std::size_t i = 1; i + 1 < ring.size(); ++i)
    sum += dot(ring[0] - from, cross(ring[i] - from, ring[i + 1] - from));
  return sum;
}

}  // namespace

bool closedShell(const model::Geometry& shape) {
  if (shape.lod == 0 || shape.surfaces.size() < 4 || shape.surfaces.front().polygon.outer.empty()) return false;
  // In a closed shell every side is passed once each way, so that the sum is nothing; any other gives nothing by an
  // accident of 1 in 2^64.
  const Vec3d from = shape.surfaces.front().polygon.outer.front();
  std::uint64_t sides = 0;
  double volume = 0;
  for (const model::Surface& surface : shape.surfaces) {
    sides += sidesOf(surface.polygon.outer), volume += coneOf(surface.polygon.outer, from);
    for (const model::Ring& hole : surface.polygon.holes) sides += sidesOf(hole), volume += coneOf(hole, from);
  }
  return sides == 0 && volume > 0;
}

}  // namespace hashimichi::render
