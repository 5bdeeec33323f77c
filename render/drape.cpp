#include "render/drape.h"

#include <algorithm>
#include <cmath>

#include "geo/model/triangulate.h"
#include "render/prepare.h"

namespace hashimichi::render {
namespace {

constexpr double on_ground_above_m = 1.5, on_ground_below_m = 4;
constexpr double longest_piece_m = 20, shortest_piece_m = 4;
/// Larger triangles are halved even where the ground looks even at a few places.
constexpr double longest_even_m = 64, even_within_m = 0.05;
/// 2^12 pieces of one triangle follow any ground; more would be a sign of a bad polygon.
constexpr int deepest_split = 12;

struct Drape {
  const model::Terrain& ground;
  double step_m, lift_m;
  std::uint32_t feature;
  Mesh& mesh;

  void push(Vec3d p) const {
    const Vec3d laid = laidOnGround(ground, p, lift_m);
    mesh.triangles.push_back(static_cast<std::uint32_t>(mesh.vertexCount()));
    mesh.xyz.insert(mesh.xyz.end(),
                    {static_cast<float>(laid.x), static_cast<float>(laid.y), static_cast<float>(laid.z)});
  }

  double heightOf(Vec3d p) const { return laidOnGround(ground, p, 0).z; }

  /// Whether the ground under the triangle is as even as the triangle, tried at four places.
  bool even(Vec3d a, Vec3d b, Vec3d c) const {
    const double za = heightOf(a), zb = heightOf(b), zc = heightOf(c);
    const auto near = [&](Vec3d p, double z) { return std::abs(heightOf(p) - z) < even_within_m; };
    return near((a + b) * 0.5, (za + zb) / 2) && near((b + c) * 0.5, (zb + zc) / 2) &&
           near((c + a) * 0.5, (zc + za) / 2) && near((a + b + c) * (1.0 / 3), (za + zb + zc) / 3);
  }

  /// Halves the longest side until all are short or the ground is even; neighbours halve a shared side at the same
  /// place.
  void split(Vec3d a, Vec3d b, Vec3d c, int depth) const {
    if (!isFinite(a + b + c)) return;
    const double ab = distance2d(a, b), bc = distance2d(b, c), ca = distance2d(c, a);
    const double longest = std::max({ab, bc, ca});
    if (depth == 0 || longest <= step_m || (longest <= longest_even_m && even(a, b, c))) {
      push(a), push(b), push(c);
      mesh.feature.push_back(feature);
    } else if (ab >= bc && ab >= ca) {
      const Vec3d middle = (a + b) * 0.5;
      split(a, middle, c, depth - 1), split(middle, b, c, depth - 1);
    } else if (bc >= ca) {
      split(b, c, a, depth);
    } else {
      split(c, a, b, depth);
    }
  }
};

}  // namespace

double pieceLength(const model::Terrain& ground) {
  return std::clamp(ground.spacing_m, shortest_piece_m, longest_piece_m);
}

bool liesOnGround(const model::Terrain& ground, Vec3d point) {
  const double above_m = point.z - groundHeight(ground, point.x, point.y, point.z);
  return above_m < on_ground_above_m && above_m > -on_ground_below_m;
}

Vec3d laidOnGround(const model::Terrain& ground, Vec3d point, double lift_m) {
  if (liesOnGround(ground, point)) point.z = std::max(point.z, groundHeight(ground, point.x, point.y, point.z));
  return point + Vec3d{0, 0, lift_m};
}

void appendDraped(const model::Polygon& polygon, std::uint32_t feature, const model::Terrain& ground, double step_m,
                  double lift_m, Mesh& mesh) {
  std::vector<model::Triangle> triangles;
  model::triangulate(polygon, triangles);
  model::Ring corners = polygon.outer;
  for (const model::Ring& hole : polygon.holes) corners.insert(corners.end(), hole.begin(), hole.end());
  const Drape drape{ground, 2 * step_m, lift_m, feature, mesh};
  for (const model::Triangle& t : triangles) drape.split(corners[t[0]], corners[t[1]], corners[t[2]], deepest_split);
}

model::Polyline drapedOutline(const model::Ring& ring, const model::Terrain& ground, double step_m, double lift_m) {
  model::Polyline outline;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Vec3d from = ring[i], to = ring[(i + 1) % ring.size()];
    if (!isFinite(from) || !isFinite(to)) continue;
    const int pieces = static_cast<int>(std::clamp(std::ceil(distance2d(from, to) / (2 * step_m)), 1.0, 4096.0));
    for (int k = 0; k < pieces; ++k)
      outline.push_back(laidOnGround(ground, from + (to - from) * (static_cast<double>(k) / pieces), lift_m));
  }
  if (!outline.empty()) outline.push_back(outline.front());
  return outline;
}

}  // namespace hashimichi::render
