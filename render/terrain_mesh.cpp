#include <bit>
#include <cmath>

#include "render/prepare.h"

namespace hashimichi::render {
namespace {

/// How far the drawn ground may be from the samples: less than a kerb shows, and roads lie a little above it.
constexpr float first_tolerance_m = 0.12f;
/// Above so many triangles the tolerance grows: a software renderer still has to draw them several times a second.
constexpr std::size_t triangle_limit = 160'000;
constexpr float tolerance_growth = 1.6f;
/// Of the ground's width: how deep the block stands below its lowest point.
constexpr double skirt_depth_share = 0.012;

struct Corner {
  std::int32_t x, y;
};

Corner middle(Corner a, Corner b) {
  return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

/// A right-triangulated irregular network (Evans, Kirkpatrick and Townsend 2001): right triangles, halved at the middle
/// of their long side where the ground departs from it, without cracks because an error counts for all that share it.
/// The grid is thought to be continued to a square of 2^k cells without heights.
class Network {
 public:
  explicit Network(const model::Terrain& ground)
      : ground_(ground),
        size_(static_cast<std::int32_t>(std::bit_ceil(std::max(ground.columns, ground.rows) - 1))),
        errors_(static_cast<std::size_t>(size_ + 1) * static_cast<std::size_t>(size_ + 1), 0.0f) {
    measure();
  }

  /// Triples of corners, counter-clockwise from above.
  std::vector<Corner> triangles(float tolerance_m) const {
    std::vector<Corner> out;
    emit({0, 0}, {size_, size_}, {size_, 0}, tolerance_m, out);
    emit({size_, size_}, {0, 0}, {0, size_}, tolerance_m, out);
    return out;
  }

  float height(Corner c) const {
    if (c.x >= static_cast<std::int32_t>(ground_.columns) || c.y >= static_cast<std::int32_t>(ground_.rows))
      return std::numeric_limits<float>::quiet_NaN();
    return ground_.at(static_cast<std::size_t>(c.x), static_cast<std::size_t>(c.y));
  }

 private:
  float& errorAt(Corner c) {
    return errors_[static_cast<std::size_t>(c.y) * static_cast<std::size_t>(size_ + 1) + static_cast<std::size_t>(c.x)];
  }
  float errorAt(Corner c) const { return const_cast<Network*>(this)->errorAt(c); }

  /// The long side of the triangle of that number; numbers are paths of left and right halves from the root.
  std::pair<Corner, Corner> longSide(std::uint32_t path) const {
    Corner a{0, 0}, b{0, 0}, c{0, 0};
    if (path & 1)
      b = {size_, size_}, c = {size_, 0};
    else
      a = {size_, size_}, c = {0, size_};
    while ((path >>= 1) > 1) {
      const Corner m = middle(a, b);
      if (path & 1)
        b = a, a = c;
      else
        a = b, b = c;
      c = m;
    }
    return {a, b};
  }

  /// From the smallest triangles to the largest; what a half departs from the ground, its whole does, too.
  void measure() {
    const auto cells = static_cast<std::uint32_t>(size_) * static_cast<std::uint32_t>(size_);
    const std::uint32_t all = 2 * cells - 2, with_halves = all - cells;
    for (std::uint32_t i = all; i-- > 0;) {
      const auto [a, b] = longSide(i + 2);
      const Corner m = middle(a, b), c{m.x + m.y - a.y, m.y + a.x - m.x};
      float error = departure(height(a), height(b), height(m), height(c));
      if (i < with_halves) error = std::max({error, errorAt(middle(a, c)), errorAt(middle(b, c))});
      errorAt(m) = std::max(errorAt(m), error);
    }
  }

  /// Infinite on the border of what is known, so that the hole keeps its shape.
  static float departure(float a, float b, float m, float c) {
    const int known = std::isfinite(a) + std::isfinite(b) + std::isfinite(m) + std::isfinite(c);
    if (known == 0) return 0;
    return known < 4 ? std::numeric_limits<float>::infinity() : std::abs((a + b) / 2 - m);
  }

  void emit(Corner a, Corner b, Corner c, float tolerance_m, std::vector<Corner>& out) const {
    const Corner m = middle(a, b);
    if (std::abs(a.x - c.x) + std::abs(a.y - c.y) > 1 && errorAt(m) > tolerance_m) {
      emit(c, a, m, tolerance_m, out);
      emit(b, c, m, tolerance_m, out);
    } else if (std::isfinite(height(a) + height(b) + height(c))) {
      out.insert(out.end(), {a, c, b});
    }
  }

  const model::Terrain& ground_;
  std::int32_t size_;
  std::vector<float> errors_;
};

void pushPlace(Mesh& mesh, const model::Terrain& ground, std::size_t column, std::size_t row, float z) {
  mesh.xyz.push_back(static_cast<float>(ground.south_west.x + ground.spacing_m * static_cast<double>(column)));
  mesh.xyz.push_back(static_cast<float>(ground.south_west.y + ground.spacing_m * static_cast<double>(row)));
  mesh.xyz.push_back(z);
}

float lowestHeight(const model::Terrain& ground) {
  float low = std::numeric_limits<float>::infinity();
  for (const float h : ground.height_m)
    if (std::isfinite(h)) low = std::min(low, h);
  return std::isfinite(low) ? low : 0;
}

}  // namespace

Mesh terrainMesh(const model::Terrain& ground) {
  Mesh mesh;
  if (ground.columns < 2 || ground.rows < 2) return mesh;
  const Network network(ground);
  float tolerance_m = first_tolerance_m;
  std::vector<Corner> corners = network.triangles(tolerance_m);
  while (corners.size() > 3 * triangle_limit && tolerance_m < 100)
    corners = network.triangles(tolerance_m *= tolerance_growth);
  constexpr std::uint32_t none = 0xffffffff;
  std::vector<std::uint32_t> vertex(ground.columns * ground.rows, none);
  for (const Corner corner : corners) {
    const auto column = static_cast<std::size_t>(corner.x), row = static_cast<std::size_t>(corner.y);
    std::uint32_t& index = vertex[row * ground.columns + column];
    if (index == none) {
      index = static_cast<std::uint32_t>(mesh.vertexCount());
      pushPlace(mesh, ground, column, row, ground.at(column, row));
      mesh.uv.push_back(static_cast<float>(column) / static_cast<float>(ground.columns - 1));
      mesh.uv.push_back(static_cast<float>(row) / static_cast<float>(ground.rows - 1));
    }
    mesh.triangles.push_back(index);
  }
  return mesh;
}

Mesh terrainSkirt(const model::Terrain& ground) {
  Mesh mesh;
  if (ground.columns < 3 || ground.rows < 3) return mesh;
  const double width_m = ground.spacing_m * static_cast<double>(std::max(ground.columns, ground.rows));
  const float floor_m = lowestHeight(ground) - static_cast<float>(skirt_depth_share * width_m);
  const auto side = [&](std::size_t c0, std::size_t r0, std::size_t dc, std::size_t dr, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t ca = c0 + dc * i, ra = r0 + dr * i, cb = ca + dc, rb = ra + dr;
      const float a = ground.at(ca, ra), b = ground.at(cb, rb);
      if (!std::isfinite(a) || !std::isfinite(b)) continue;
      const auto base = static_cast<std::uint32_t>(mesh.vertexCount());
      pushPlace(mesh, ground, ca, ra, a), pushPlace(mesh, ground, cb, rb, b);
      pushPlace(mesh, ground, cb, rb, floor_m), pushPlace(mesh, ground, ca, ra, floor_m);
      mesh.triangles.insert(mesh.triangles.end(), {base, base + 1, base + 2, base, base + 2, base + 3});
    }
  };
  side(0, 0, 1, 0, ground.columns - 1), side(0, ground.rows - 1, 1, 0, ground.columns - 1);
  side(0, 0, 0, 1, ground.rows - 1), side(ground.columns - 1, 0, 0, 1, ground.rows - 1);
  return mesh;
}

}  // namespace hashimichi::render
