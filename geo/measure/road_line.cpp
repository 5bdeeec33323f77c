#include "geo/measure/road_line.h"

#include <fmt/format.h>

namespace hashimichi::measure {
namespace {

constexpr double most_squares_a_side = 256;
/// Places that are this close to both ends of a piece belong to its corner.
constexpr double same_m = 1e-9;

}  // namespace

Result<RoadLine> RoadLine::create(const model::Polyline& line, double reach_m, const char* name) {
  RoadLine road;
  for (const Vec3d& p : line)
    if (!std::isfinite(p.x) || !std::isfinite(p.y))
      return Error{ErrorCode::bad_input, name, "The line has a point that is not a number.", "Draw it again."};
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double length = distance2d(line[i - 1], line[i]);
    if (length < same_m) continue;
    const Vec3d d = line[i] - line[i - 1];
    road.pieces_.push_back({line[i - 1], {d.x / length, d.y / length, 0}, length, road.length_m_, d.z});
    road.length_m_ += length;
  }
  if (road.pieces_.empty())
    return Error{ErrorCode::bad_input, name, "The line has no length.", "Give at least two different points."};
  road.line_ = line, road.reach_m_ = reach_m;
  const Vec3d around{reach_m, reach_m, 0};
  for (const Vec3d& p : line) road.bounds_.add(p - around), road.bounds_.add(p + around);
  const Vec3d size = road.bounds_.size();
  road.square_m_ = std::max({reach_m, 1.0, std::max(size.x, size.y) / most_squares_a_side});
  road.columns_ = static_cast<int>(size.x / road.square_m_) + 1,
  road.rows_ = static_cast<int>(size.y / road.square_m_) + 1;
  road.in_square_.resize(static_cast<std::size_t>(road.columns_) * static_cast<std::size_t>(road.rows_));
  for (std::size_t i = 0; i < road.pieces_.size(); ++i) {
    const Piece& piece = road.pieces_[i];
    Bounds box;
    for (const Vec3d& p : {piece.from, piece.from + piece.direction * piece.length})
      box.add(p - around), box.add(p + around);
    const auto column = [&](double x) {
      return std::clamp(static_cast<int>((x - road.bounds_.low.x) / road.square_m_), 0, road.columns_ - 1);
    };
    const auto row = [&](double y) {
      return std::clamp(static_cast<int>((y - road.bounds_.low.y) / road.square_m_), 0, road.rows_ - 1);
    };
    for (int r = row(box.low.y); r <= row(box.high.y); ++r)
      for (int c = column(box.low.x); c <= column(box.high.x); ++c)
        road.in_square_[static_cast<std::size_t>(r) * static_cast<std::size_t>(road.columns_) +
                        static_cast<std::size_t>(c)]
            .push_back(static_cast<std::uint32_t>(i));
  }
  return road;
}

std::optional<RoadLine::Foot> RoadLine::footOf(Vec3d place) const {
  if (!(place.x >= bounds_.low.x && place.x <= bounds_.high.x && place.y >= bounds_.low.y && place.y <= bounds_.high.y))
    return std::nullopt;
  const auto column = static_cast<std::size_t>((place.x - bounds_.low.x) / square_m_);
  const auto row = static_cast<std::size_t>((place.y - bounds_.low.y) / square_m_);
  double nearest = reach_m_;
  std::optional<Foot> foot;
  for (const std::uint32_t i : in_square_[row * static_cast<std::size_t>(columns_) + column]) {
    const Piece& piece = pieces_[i];
    const double px = place.x - piece.from.x, py = place.y - piece.from.y;
    const double along = px * piece.direction.x + py * piece.direction.y;
    const double left = piece.direction.x * py - piece.direction.y * px;
    const double on = std::clamp(along, 0.0, piece.length);
    // Beyond the two ends of the line nothing belongs to it.
    if ((i == 0 && along < 0) || (i + 1 == pieces_.size() && along > piece.length)) continue;
    const double away = on == along ? std::abs(left) : std::hypot(along - on, left);
    if (away > nearest) continue;
    nearest = away;
    foot = Foot{piece.start + on, left < 0 ? -away : away, piece.from.z + piece.rise * on / piece.length};
  }
  return foot;
}

}  // namespace hashimichi::measure
