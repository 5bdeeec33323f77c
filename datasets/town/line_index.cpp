#include "datasets/town/line_index.h"

#include <algorithm>
#include <cmath>

namespace hashimichi::datasets {

LineIndex::LineIndex(const Window& window, double square_m)
    : south_west_{window.west - 200, window.south - 200, 0},
      square_m_(square_m),
      columns_(static_cast<int>((window.east - window.west + 400) / square_m) + 1),
      rows_(static_cast<int>((window.north - window.south + 400) / square_m) + 1),
      in_square_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_)) {}

LineIndex::Squares LineIndex::squares(double west, double south, double east, double north) const {
  const auto at = [&](double value, double low, int count) {
    return std::clamp(static_cast<int>(std::floor((value - low) / square_m_)), 0, count - 1);
  };
  return {at(west, south_west_.x, columns_), at(south, south_west_.y, rows_), at(east, south_west_.x, columns_),
          at(north, south_west_.y, rows_)};
}

void LineIndex::add(const std::vector<Vec3d>& line, int id, double half_width_m) {
  widest_ = std::max(widest_, half_width_m);
  for (std::size_t i = 1; i < line.size(); ++i) {
    const Vec3d a = line[i - 1], b = line[i];
    const Squares range = squares(std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y));
    for (int row = range.south; row <= range.north; ++row)
      for (int column = range.west; column <= range.east; ++column)
        in_square_[static_cast<std::size_t>(row * columns_ + column)].push_back(static_cast<int>(pieces_.size()));
    pieces_.push_back({a, b, half_width_m, id});
  }
}

std::optional<LineIndex::Hit> LineIndex::nearest(double x, double y, double reach_m, int skip) const {
  const double reach = reach_m + widest_;
  const Squares range = squares(x - reach, y - reach, x + reach, y + reach);
  Hit best{reach_m, -1, {}};
  for (int row = range.south; row <= range.north; ++row)
    for (int column = range.west; column <= range.east; ++column)
      for (const int index : in_square_[static_cast<std::size_t>(row * columns_ + column)]) {
        const Piece& piece = pieces_[static_cast<std::size_t>(index)];
        if (piece.id == skip) continue;
        const double dx = piece.b.x - piece.a.x, dy = piece.b.y - piece.a.y;
        const double length2 = dx * dx + dy * dy;
        const double t =
            length2 > 0 ? std::clamp(((x - piece.a.x) * dx + (y - piece.a.y) * dy) / length2, 0.0, 1.0) : 0;
        const double clearance = std::hypot(x - piece.a.x - t * dx, y - piece.a.y - t * dy) - piece.half_width;
        if (clearance < best.clearance_m) best = {clearance, piece.id, piece.a + (piece.b - piece.a) * t};
      }
  if (best.id < 0) return std::nullopt;
  return best;
}

bool LineIndex::crosses(Vec3d a, Vec3d b, int skip) const {
  const auto side = [](Vec3d p, Vec3d q, Vec3d r) { return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x); };
  const Squares range = squares(std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y));
  for (int row = range.south; row <= range.north; ++row)
    for (int column = range.west; column <= range.east; ++column)
      for (const int index : in_square_[static_cast<std::size_t>(row * columns_ + column)]) {
        const Piece& piece = pieces_[static_cast<std::size_t>(index)];
        if (piece.id == skip) continue;
        if (side(a, b, piece.a) * side(a, b, piece.b) < 0 && side(piece.a, piece.b, a) * side(piece.a, piece.b, b) < 0)
          return true;
      }
  return false;
}

}  // namespace hashimichi::datasets
