#include "render/draw_table.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>
#include <numeric>

#include "render/in_shares.h"
#include "render/layers/point_choice.h"

namespace hashimichi::render {
namespace {

constexpr std::size_t triangles_a_tile = 4000, most_tiles_a_side = 64;
/// A face is upright whose normal rises or falls less than this.
constexpr double upright = 0.02;
constexpr std::size_t eighths = 8;

double nearestTo(const DrawCell& cell, Vec3d eye) {
  const double p[] = {eye.x, eye.y, eye.z};
  double squared = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double out = std::max({0.0, cell.low[axis] - p[axis], p[axis] - cell.high[axis]});
    squared += out * out;
  }
  return std::sqrt(squared);
}

/// No wall of that eighth of the compass, anywhere in the box, shows its outer side to the eye.
bool looksAway(const DrawCell& cell, const splat::View& view) {
  if (cell.facing != Facing::wall) return false;
  for (int end = 0; end < 2; ++end) {
    const double angle = (cell.eighth + end) * (std::numbers::pi / 4);
    const double nx = std::cos(angle), ny = std::sin(angle);
    if (view.orthographic) {
      if (nx * view.forward.x + ny * view.forward.y < 0) return false;
      continue;
    }
    // The place whose direction to the eye agrees most with the wall's.
    const double x = nx > 0 ? cell.low[0] : cell.high[0], y = ny > 0 ? cell.low[1] : cell.high[1];
    if (nx * (view.eye.x - x) + ny * (view.eye.y - y) > 0) return false;
  }
  return true;
}

std::uint8_t levelFor(const DrawTable& table, double pixels_a_metre, double limit_px) {
  std::uint8_t level = 0;
  while (level + 1u < table.error_m.size() && table.error_m[level + 1u] * pixels_a_metre <= limit_px) ++level;
  return level;
}

struct Chosen {
  double distance_m;
  std::uint32_t first, count;
};

void include(DrawCell& cell, const float* p) {
  for (std::size_t axis = 0; axis < 3; ++axis) {
    cell.low[axis] = std::min(cell.low[axis], p[axis]);
    cell.high[axis] = std::max(cell.high[axis], p[axis]);
  }
}

DrawCell emptyCell() {
  DrawCell cell{};
  std::fill_n(cell.low, 3, std::numeric_limits<float>::infinity());
  std::fill_n(cell.high, 3, -std::numeric_limits<float>::infinity());
  return cell;
}

/// A square of square tiles over the mesh, about so many primitives each.
struct Grid {
  float low[2]{}, step[2]{1, 1};
  std::size_t side = 1;

  Grid(std::span<const float> xyz, std::size_t primitives) {
    float high[2] = {-std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()};
    low[0] = low[1] = std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i + 2 < xyz.size(); i += 3)
      for (std::size_t axis = 0; axis < 2; ++axis)
        low[axis] = std::min(low[axis], xyz[i + axis]), high[axis] = std::max(high[axis], xyz[i + axis]);
    const double wanted = std::sqrt(static_cast<double>(primitives) / triangles_a_tile);
    side = std::clamp<std::size_t>(static_cast<std::size_t>(std::ceil(wanted)), 1, most_tiles_a_side);
    for (std::size_t axis = 0; axis < 2; ++axis)
      step[axis] = std::max(1e-3f, (high[axis] - low[axis]) / static_cast<float>(side));
  }
  std::size_t at(float x, float y) const {
    const auto along = [&](float p, std::size_t axis) {
      const float cells = (p - low[axis]) / step[axis];
      return std::min(side - 1, static_cast<std::size_t>(std::max(0.0f, cells)));
    };
    return along(y, 1) * side + along(x, 0);
  }
  std::size_t tiles() const { return side * side; }
};

/// The box of every feature that has triangles.
std::vector<DrawCell> boxesOf(const Mesh& mesh) {
  std::uint32_t features = 0;
  for (const std::uint32_t feature : mesh.feature) features = std::max(features, feature + 1);
  std::vector<DrawCell> boxes(features, emptyCell());
  for (std::size_t i = 0; i < mesh.triangles.size(); ++i)
    include(boxes[mesh.feature[i / 3]], &mesh.xyz[3 * std::size_t{mesh.triangles[i]}]);
  return boxes;
}

/// Sorts primitives into their cells (counting), and the cells' boxes from their vertices. Cells that stay empty go.
/// @param cell_of  number of the cell of each primitive; `cells` and beyond: left out
std::vector<std::uint32_t> sortedByCell(std::span<const std::uint32_t> cell_of, std::size_t cells,
                                        std::vector<std::uint32_t>& first) {
  first.assign(cells + 1, 0);
  for (const std::uint32_t cell : cell_of)
    if (cell < cells) ++first[cell + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<std::uint32_t> order(first.back()), next(first.begin(), first.end() - 1);
  for (std::uint32_t i = 0; i < cell_of.size(); ++i)
    if (cell_of[i] < cells) order[next[cell_of[i]]++] = i;
  return order;
}

Vec3d normalOf(const Mesh& mesh, std::size_t triangle) {
  const auto at = [&](std::size_t k) {
    const float* p = &mesh.xyz[3 * std::size_t{mesh.triangles[3 * triangle + k]}];
    return Vec3d{p[0], p[1], p[2]};
  };
  const Vec3d a = at(0), n = cross(at(1) - a, at(2) - a);
  const double length = norm(n);
  return length > 0 ? n * (1 / length) : Vec3d{0, 0, 1};
}

/// 0: any direction; 1 + eighth: a wall.
std::size_t directionOf(const Mesh& mesh, std::size_t triangle, std::span<const std::uint8_t> closed) {
  const std::uint32_t feature = mesh.feature[triangle];
  if (feature >= closed.size() || !closed[feature]) return 0;
  const Vec3d n = normalOf(mesh, triangle);
  if (std::abs(n.z) > upright) return 0;
  const double turn = std::atan2(n.y, n.x) / (std::numbers::pi / 4);
  return 1 + static_cast<std::size_t>(std::floor(turn) + eighths) % eighths;
}

void takeCorners(const Mesh& mesh, std::span<const std::uint32_t> order, DrawTable& table) {
  table.corners.resize(3 * order.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    std::copy_n(&mesh.triangles[3 * std::size_t{order[i]}], 3, &table.corners[3 * i]);
}

void pushCells(const Mesh& mesh, std::span<const std::uint32_t> first, DrawTable& table) {
  for (std::size_t c = 0; c + 1 < first.size(); ++c) {
    if (first[c] == first[c + 1]) continue;
    DrawCell cell = emptyCell();
    cell.first = first[c], cell.count = first[c + 1] - first[c];
    for (std::size_t i = 3 * std::size_t{first[c]}; i < 3 * std::size_t{first[c + 1]}; ++i)
      include(cell, &mesh.xyz[3 * std::size_t{table.corners[i]}]);
    table.cells.push_back(cell);
  }
}

}  // namespace

void chooseFrom(const DrawTable& table, const splat::View& view, double coarseness, std::vector<std::uint32_t>& out) {
  out.clear();
  std::vector<Chosen> chosen;
  for (const DrawCell& cell : table.cells) {
    const Bounds box{{cell.low[0], cell.low[1], cell.low[2]}, {cell.high[0], cell.high[1], cell.high[2]}};
    if (looksAway(cell, view) || !mayBeSeen(view, box)) continue;
    const double distance_m =
        view.orthographic ? dot(box.centre() - view.eye, view.forward) : nearestTo(cell, view.eye);
    const double pixels_a_metre = view.orthographic ? view.scale : view.scale / std::max(distance_m, 1e-3);
    if (!table.error_m.empty() && cell.level != levelFor(table, pixels_a_metre, table.error_px * coarseness)) continue;
    std::uint32_t first = cell.first, count = cell.count;
    if (!table.size_m.empty()) {
      const double limit_px = (cell.facing == Facing::wall ? table.wall_px : table.least_px) * coarseness;
      const auto least_m = static_cast<float>(limit_px / pixels_a_metre);
      const auto begin = table.size_m.begin() + cell.first;
      const auto large = static_cast<std::uint32_t>(
          std::partition_point(begin, begin + count, [least_m](float size) { return size >= least_m; }) - begin);
      first += table.stand_in ? large : 0, count = table.stand_in ? count - large : large;
    }
    if (count > 0) chosen.push_back({distance_m, first, count});
  }
  if (!table.in_order) std::ranges::stable_sort(chosen, {}, &Chosen::distance_m);
  std::size_t total = 0;
  for (const Chosen& part : chosen) total += part.count;
  out.reserve(total * table.corners_each);
  for (const Chosen& part : chosen) {
    const auto begin = table.corners.begin() + static_cast<std::ptrdiff_t>(part.first * table.corners_each);
    out.insert(out.end(), begin, begin + static_cast<std::ptrdiff_t>(part.count * table.corners_each));
  }
}

DrawTable solidTable(const Mesh& mesh, std::span<const std::uint8_t> closed) {
  DrawTable table;
  const std::size_t count = mesh.triangleCount();
  if (count == 0) return table;
  const std::vector<DrawCell> boxes = boxesOf(mesh);
  const Grid grid(mesh.xyz, count);
  std::vector<std::uint32_t> cell_of(count);
  std::vector<float> size(count);
  for (std::size_t t = 0; t < count; ++t) {
    const DrawCell& box = boxes[mesh.feature[t]];
    const std::size_t tile = grid.at((box.low[0] + box.high[0]) / 2, (box.low[1] + box.high[1]) / 2);
    const std::size_t direction = directionOf(mesh, t, closed);
    cell_of[t] = static_cast<std::uint32_t>(tile * (1 + eighths) + direction);
    const float height = box.high[2] - box.low[2];
    size[t] = direction > 0 ? height : std::max({height, box.high[0] - box.low[0], box.high[1] - box.low[1]});
  }
  std::vector<std::uint32_t> first;
  table.primitive = sortedByCell(cell_of, grid.tiles() * (1 + eighths), first);
  inEqualShares(first.size() - 1, [&](std::size_t c) {
    std::sort(table.primitive.begin() + first[c], table.primitive.begin() + first[c + 1],
              [&](std::uint32_t a, std::uint32_t b) { return size[a] != size[b] ? size[a] > size[b] : a < b; });
  });
  takeCorners(mesh, table.primitive, table);
  for (const std::uint32_t triangle : table.primitive) table.size_m.push_back(size[triangle]);
  pushCells(mesh, first, table);
  for (DrawCell& cell : table.cells) {
    const std::size_t direction = cell_of[table.primitive[cell.first]] % (1 + eighths);
    cell.facing = direction > 0 ? Facing::wall : Facing::any;
    cell.eighth = static_cast<std::uint8_t>(direction > 0 ? direction - 1 : 0);
  }
  return table;
}

DrawTable partOf(const DrawTable& table, std::span<const std::uint32_t> triangles) {
  DrawTable part;
  part.least_px = table.least_px, part.wall_px = table.wall_px, part.in_order = table.in_order;
  std::vector<bool> wanted(table.count(), false);
  for (const std::uint32_t triangle : triangles) wanted[triangle] = true;
  for (DrawCell cell : table.cells) {
    const std::uint32_t from = cell.first, to = cell.first + cell.count;
    cell.first = static_cast<std::uint32_t>(part.primitive.size());
    for (std::uint32_t i = from; i < to; ++i) {
      if (!wanted[table.primitive[i]]) continue;
      part.primitive.push_back(table.primitive[i]), part.size_m.push_back(table.size_m[i]);
      part.corners.insert(part.corners.end(), &table.corners[3 * std::size_t{i}],
                          &table.corners[3 * std::size_t{i}] + 3);
    }
    cell.count = static_cast<std::uint32_t>(part.primitive.size()) - cell.first;
    if (cell.count > 0) part.cells.push_back(cell);
  }
  return part;
}

DrawTable overlayTable(const Mesh& mesh, const OverlayParts& parts) {
  constexpr std::size_t ranks = 16;
  DrawTable table;
  table.in_order = true, table.least_px = overlay_least_px;
  const Grid grid(mesh.xyz, mesh.triangleCount());
  std::vector<std::uint32_t> cell_of(mesh.triangleCount(), std::numeric_limits<std::uint32_t>::max());
  std::vector<float> width(mesh.triangleCount());
  for (std::size_t t = 0; t < mesh.triangleCount(); ++t) {
    const OverlayPart part = parts(mesh.feature[t]);
    if (part.rank >= ranks) continue;
    const float* p = &mesh.xyz[3 * std::size_t{mesh.triangles[3 * t]}];
    cell_of[t] = static_cast<std::uint32_t>(part.rank * grid.tiles() + grid.at(p[0], p[1]));
    width[t] = part.width_m;
  }
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> order = sortedByCell(cell_of, ranks * grid.tiles(), first);
  for (std::size_t c = 0; c + 1 < first.size(); ++c)
    std::stable_sort(order.begin() + first[c], order.begin() + first[c + 1],
                     [&](std::uint32_t a, std::uint32_t b) { return width[a] > width[b]; });
  takeCorners(mesh, order, table);
  for (const std::uint32_t triangle : order) table.size_m.push_back(width[triangle]);
  pushCells(mesh, first, table);
  return table;
}

}  // namespace hashimichi::render
