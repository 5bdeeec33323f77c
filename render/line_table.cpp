#include <algorithm>
#include <array>
#include <cmath>

#include "render/draw_table.h"

namespace hashimichi::render {
namespace {

/// How far a line with fewer corners may be from the whole one; each is drawn where that is less than line_error_px.
constexpr std::array<float, 5> line_errors_m{0, 0.25f, 1, 4, 16};
constexpr float line_error_px = 0.3f;
constexpr std::size_t ranks = 16, pieces_a_tile = 1500, most_tiles_a_side = 16;

Vec3d placeOf(const Lines& lines, std::uint32_t v) {
  const float* p = &lines.xyz[3 * std::size_t{v}];
  return {p[0], p[1], p[2]};
}

double distanceToPiece(Vec3d p, Vec3d a, Vec3d b) {
  const Vec3d along = b - a, from = p - a;
  const double squared = dot(along, along);
  const double share = squared > 0 ? std::clamp(dot(from, along) / squared, 0.0, 1.0) : 0;
  return norm(from - along * share);
}

/// For each corner of one line, how coarse the line may be at most to keep it: a corner stays while the line's level
/// is no more than this. Ends always stay.
std::vector<std::uint8_t> keptUntil(const Lines& lines, std::uint32_t from, std::uint32_t to) {
  std::vector<std::uint8_t> kept(to - from, 0);
  kept.front() = kept.back() = line_errors_m.size() - 1;
  struct Stretch {
    std::uint32_t from, to;
    std::uint8_t most;
  };
  std::vector<Stretch> waiting{{from, to - 1, line_errors_m.size() - 1}};
  while (!waiting.empty()) {
    const Stretch stretch = waiting.back();
    waiting.pop_back();
    if (stretch.to - stretch.from < 2) continue;
    std::uint32_t farthest = stretch.from + 1;
    double error = -1;
    for (std::uint32_t v = stretch.from + 1; v < stretch.to; ++v) {
      const double d = distanceToPiece(placeOf(lines, v), placeOf(lines, stretch.from), placeOf(lines, stretch.to));
      if (d > error) error = d, farthest = v;
    }
    std::uint8_t level = 0;
    while (level + 1u <= stretch.most && line_errors_m[level + 1u] < error) ++level;
    kept[farthest - from] = level;
    waiting.push_back({stretch.from, farthest, level}), waiting.push_back({farthest, stretch.to, level});
  }
  return kept;
}

struct Tile {
  DrawCell box{{1e30f, 1e30f, 1e30f}, {-1e30f, -1e30f, -1e30f}};
  std::vector<std::uint32_t> lines;
};

void widen(DrawCell& box, const float* p) {
  for (std::size_t axis = 0; axis < 3; ++axis)
    box.low[axis] = std::min(box.low[axis], p[axis]), box.high[axis] = std::max(box.high[axis], p[axis]);
}

/// Square tiles over the whole, by the lines' first corners.
class Tiling {
 public:
  explicit Tiling(const Lines& lines) {
    DrawCell box = Tile{}.box;
    for (std::size_t i = 0; i + 2 < lines.xyz.size(); i += 3) widen(box, &lines.xyz[i]);
    const double wanted = std::sqrt(static_cast<double>(lines.xyz.size() / 3) / pieces_a_tile);
    side_ = std::clamp<std::size_t>(static_cast<std::size_t>(std::ceil(wanted)), 1, most_tiles_a_side);
    for (std::size_t axis = 0; axis < 2; ++axis) {
      low_[axis] = box.low[axis];
      step_[axis] = std::max(1e-3f, (box.high[axis] - box.low[axis]) / static_cast<float>(side_));
    }
  }
  std::size_t count() const { return side_ * side_; }
  std::size_t at(const float* p) const {
    std::size_t cell[2];
    for (std::size_t axis = 0; axis < 2; ++axis)
      cell[axis] = std::min(side_ - 1, static_cast<std::size_t>(std::max(0.0f, (p[axis] - low_[axis]) / step_[axis])));
    return cell[1] * side_ + cell[0];
  }

 private:
  std::size_t side_ = 1;
  float low_[2]{}, step_[2]{1, 1};
};

}  // namespace

DrawTable overlayTable(const Lines& lines, const OverlayParts& parts) {
  DrawTable table;
  table.corners_each = 2, table.in_order = true, table.error_px = line_error_px, table.least_px = overlay_least_px;
  table.error_m.assign(line_errors_m.begin(), line_errors_m.end());
  const Tiling tiling(lines);
  std::vector<Tile> tiles(ranks * tiling.count());
  std::vector<std::uint8_t> kept(lines.xyz.size() / 3);
  std::vector<float> width(lines.count());
  for (std::uint32_t line = 0; line < lines.count(); ++line) {
    const OverlayPart part = parts(lines.feature[line]);
    const std::uint32_t from = lines.first[line], to = lines.first[line + 1];
    if (part.rank >= ranks || to - from < 2) continue;
    Tile& tile = tiles[part.rank * tiling.count() + tiling.at(&lines.xyz[3 * std::size_t{from}])];
    tile.lines.push_back(line), width[line] = part.width_m;
    for (std::uint32_t v = from; v < to; ++v) widen(tile.box, &lines.xyz[3 * std::size_t{v}]);
    std::ranges::copy(keptUntil(lines, from, to), kept.begin() + from);
  }
  for (Tile& tile : tiles)
    std::ranges::stable_sort(tile.lines, std::ranges::greater{}, [&](std::uint32_t line) { return width[line]; });
  for (const Tile& tile : tiles)
    for (std::size_t level = 0; level < line_errors_m.size() && !tile.lines.empty(); ++level) {
      DrawCell cell = tile.box;
      cell.level = static_cast<std::uint8_t>(level), cell.first = static_cast<std::uint32_t>(table.count());
      for (const std::uint32_t line : tile.lines) {
        std::uint32_t last = lines.first[line];
        for (std::uint32_t v = last + 1; v < lines.first[line + 1]; ++v)
          if (kept[v] >= level) {
            table.corners.insert(table.corners.end(), {last, v});
            table.size_m.push_back(width[line]);
            last = v;
          }
      }
      cell.count = static_cast<std::uint32_t>(table.count()) - cell.first;
      table.cells.push_back(cell);
    }
  return table;
}

}  // namespace hashimichi::render
