#include <array>
#include <bit>
#include <cmath>

#include "render/draw_table.h"
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

/// Square tiles that are drawn at a level of detail of their own.
constexpr std::int32_t tiles_a_side = 16, least_tile = 16;
constexpr std::size_t ground_levels = 4;
constexpr float level_growth = 3.5f;
/// A level is drawn where it departs from the ground by less than this; roads that lie on it are moved further.
constexpr float ground_error_px = 0.4f;

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

  /// The same, put into square tiles of 2^k cells: no triangle reaches over a tile's border, however even the ground.
  void triangles(float tolerance_m, std::int32_t tile, std::vector<std::vector<Corner>>& by_tile) const {
    by_tile.assign(static_cast<std::size_t>(size_ / tile) * static_cast<std::size_t>(size_ / tile), {});
    const Tiles tiles{tile, size_ / tile, by_tile};
    emit({0, 0}, {size_, size_}, {size_, 0}, tolerance_m, tiles);
    emit({size_, size_}, {0, 0}, {0, size_}, tolerance_m, tiles);
  }
  std::int32_t size() const { return size_; }

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

  struct Tiles {
    std::int32_t side, a_row;
    std::vector<std::vector<Corner>>& by_tile;
  };
  void emit(Corner a, Corner b, Corner c, float tolerance_m, const Tiles& tiles) const {
    const Corner m = middle(a, b);
    const std::int32_t x = std::min({a.x, b.x, c.x}) / tiles.side, y = std::min({a.y, b.y, c.y}) / tiles.side;
    const bool within =
        (std::max({a.x, b.x, c.x}) - 1) / tiles.side == x && (std::max({a.y, b.y, c.y}) - 1) / tiles.side == y;
    if (!within || (std::abs(a.x - c.x) + std::abs(a.y - c.y) > 1 && errorAt(m) > tolerance_m)) {
      emit(c, a, m, tolerance_m, tiles);
      emit(b, c, m, tolerance_m, tiles);
    } else if (std::isfinite(height(a) + height(b) + height(c))) {
      std::vector<Corner>& tile = tiles.by_tile[static_cast<std::size_t>(y * tiles.a_row + x)];
      tile.insert(tile.end(), {a, c, b});
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

/// Vertices of the ground, each made once.
class Places {
 public:
  Places(const model::Terrain& ground, Mesh& mesh)
      : ground_(ground), mesh_(mesh), vertex_(ground.columns * ground.rows, none) {}

  std::uint32_t at(Corner corner) {
    const auto column = static_cast<std::size_t>(corner.x), row = static_cast<std::size_t>(corner.y);
    std::uint32_t& index = vertex_[row * ground_.columns + column];
    if (index == none) index = push(corner, ground_.at(column, row));
    return index;
  }
  /// A vertex of its own below that place.
  std::uint32_t below(Corner corner, float drop_m) {
    return push(corner, ground_.at(static_cast<std::size_t>(corner.x), static_cast<std::size_t>(corner.y)) - drop_m);
  }

 private:
  static constexpr std::uint32_t none = 0xffffffff;

  std::uint32_t push(Corner corner, float z) {
    const auto column = static_cast<std::size_t>(corner.x), row = static_cast<std::size_t>(corner.y);
    const auto index = static_cast<std::uint32_t>(mesh_.vertexCount());
    pushPlace(mesh_, ground_, column, row, z);
    mesh_.uv.push_back(static_cast<float>(column) / static_cast<float>(ground_.columns - 1));
    mesh_.uv.push_back(static_cast<float>(row) / static_cast<float>(ground_.rows - 1));
    return index;
  }

  const model::Terrain& ground_;
  Mesh& mesh_;
  std::vector<std::uint32_t> vertex_;
};

/// The tolerance that the limit of triangles asks for.
float toleranceFor(const Network& network, std::vector<Corner>& corners) {
  float tolerance_m = first_tolerance_m;
  corners = network.triangles(tolerance_m);
  while (corners.size() > 3 * triangle_limit && tolerance_m < 100)
    corners = network.triangles(tolerance_m *= tolerance_growth);
  return tolerance_m;
}

/// Neighbouring tiles may be drawn at different levels: from its borders each has a wall down, deeper than they can
/// differ, in the ground's own picture, so that nothing shines through between them.
void addTile(const std::vector<Corner>& corners, std::int32_t side, float drop_m, Places& places,
             std::vector<std::uint32_t>& out) {
  const auto on_border = [side](std::int32_t a, std::int32_t b) { return a == b && a % side == 0; };
  for (std::size_t i = 0; i + 2 < corners.size(); i += 3) {
    const std::uint32_t v[3] = {places.at(corners[i]), places.at(corners[i + 1]), places.at(corners[i + 2])};
    out.insert(out.end(), v, v + 3);
    for (std::size_t k = 0; k < 3; ++k) {
      const Corner a = corners[i + k], b = corners[i + (k + 1) % 3];
      if (!on_border(a.x, b.x) && !on_border(a.y, b.y)) continue;
      const std::uint32_t low_a = places.below(a, drop_m), low_b = places.below(b, drop_m);
      out.insert(out.end(), {v[k], low_a, v[(k + 1) % 3], v[(k + 1) % 3], low_a, low_b});
    }
  }
}

std::shared_ptr<const GroundTiles> tilesOf(const model::Terrain& ground, const Network& network, float finest_m) {
  auto tiles = std::make_shared<GroundTiles>();
  DrawTable& table = tiles->table;
  table.error_px = ground_error_px;
  const std::int32_t side = std::min(network.size(), std::max(least_tile, network.size() / tiles_a_side));
  std::array<std::vector<std::vector<Corner>>, ground_levels> levels;
  float error_m = finest_m;
  for (auto& level : levels) {
    network.triangles(error_m, side, level);
    table.error_m.push_back(error_m);
    error_m *= level_growth;
  }
  Places places(ground, tiles->mesh);
  for (std::size_t tile = 0; tile < levels[0].size(); ++tile) {
    DrawCell box{{1e30f, 1e30f, 1e30f}, {-1e30f, -1e30f, -1e30f}};
    const std::size_t first_cell = table.cells.size();
    for (std::size_t level = 0; level < ground_levels; ++level) {
      if (levels[level][tile].empty()) continue;
      DrawCell cell = box;
      cell.level = static_cast<std::uint8_t>(level), cell.first = static_cast<std::uint32_t>(table.count());
      addTile(levels[level][tile], side, 2 * level_growth * table.error_m[level], places, table.corners);
      cell.count = static_cast<std::uint32_t>(table.count()) - cell.first;
      for (std::size_t i = 3 * std::size_t{cell.first}; i < table.corners.size(); ++i)
        for (std::size_t axis = 0; axis < 3; ++axis) {
          const float part = tiles->mesh.xyz[3 * std::size_t{table.corners[i]} + axis];
          box.low[axis] = std::min(box.low[axis], part), box.high[axis] = std::max(box.high[axis], part);
        }
      table.cells.push_back(cell);
    }
    // One box for all levels of a tile: the choice among them must not depend on which was asked.
    for (std::size_t c = first_cell; c < table.cells.size(); ++c)
      std::copy_n(box.low, 3, table.cells[c].low), std::copy_n(box.high, 3, table.cells[c].high);
  }
  tiles->mesh.triangles = table.corners;
  return tiles;
}

}  // namespace

void prepareGround(const model::Terrain& ground, Mesh& mesh, std::shared_ptr<const GroundTiles>& tiles) {
  mesh = {}, tiles = nullptr;
  if (ground.columns < 2 || ground.rows < 2) return;
  const Network network(ground);
  std::vector<Corner> corners;
  const float tolerance_m = toleranceFor(network, corners);
  Places places(ground, mesh);
  for (const Corner corner : corners) mesh.triangles.push_back(places.at(corner));
  tiles = tilesOf(ground, network, tolerance_m);
}

Mesh terrainMesh(const model::Terrain& ground) {
  Mesh mesh;
  std::shared_ptr<const GroundTiles> tiles;
  prepareGround(ground, mesh, tiles);
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
