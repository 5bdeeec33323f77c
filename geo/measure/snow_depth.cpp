#include <fmt/format.h>

#include <algorithm>

#include "geo/measure/plane_fit.h"
#include "geo/measure/road_line.h"
#include "geo/measure/surface_cells.h"
#include "geo/measure/volume.h"

namespace hashimichi::measure {
namespace {

constexpr std::size_t fewest_cells = 8, most_stretches = 100'000;
constexpr double vehicle_m = 0.10;

Status checked(const SnowWish& w) {
  if (w.every_m > 0 && w.half_width_m > 0 && w.cell_m > 0 && w.registration_cm >= 0) return done();
  return Error{ErrorCode::bad_input, "snow depth", "A width, cell or distance is not a positive number.",
               "Give metres."};
}

/// The road rolled out: x chainage, y offset.
SurfaceCells rolledOut(const PointsView& points, const RoadLine& line, const SnowWish& wish, Vec3d origin) {
  SurfaceCells cells(wish.cell_m, origin);
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!points.classification.empty() && !mayBeRoadSurface(points.classification[i])) continue;
    if (!isFinite(points.places[i])) continue;
    if (const auto foot = line.footOf(points.places[i]))
      cells.add({foot->chainage_m, foot->offset_m, points.places[i].z});
  }
  return cells;
}

std::optional<SnowStretch> stretchOf(std::vector<CellChange>& cells, double from, double to, const SnowWish& wish) {
  if (cells.size() < fewest_cells) return std::nullopt;
  std::vector<double> values, away;
  for (const CellChange& c : cells) values.push_back(c.change_m);
  const double middle = median(values);
  for (const double v : values) away.push_back(std::abs(v - middle));
  const double limit = std::max(3 * 1.4826 * median(away), vehicle_m);
  std::erase_if(cells, [&](const CellChange& c) { return std::abs(c.change_m - middle) > limit; });
  if (cells.size() < fewest_cells) return std::nullopt;
  SnowStretch s{from, to, 0, 0, 0, 0, 0, 0, 0, 0};
  const auto n = static_cast<double>(cells.size());
  double sum = 0, squares = 0, variance = 0;
  values.clear();
  for (const CellChange& c : cells) {
    sum += c.change_m, squares += c.change_m * c.change_m, variance += c.variance;
    s.points += c.points, s.points_after += c.points_after;
    values.push_back(c.change_m);
  }
  const double area = (to - from) * 2 * wish.half_width_m, mean = sum / n;
  const double seen = std::min(1.0, n * wish.cell_m * wish.cell_m / area);
  // What was not seen varies as the cells do.
  const double unseen = (1 - seen) * std::max(0.0, squares / n - mean * mean) / n;
  s.depth_cm = 100 * mean;
  s.sigma_cm = std::sqrt(1e4 * (variance / (n * n) + unseen) + wish.registration_cm * wish.registration_cm);
  s.lowest_cm = 100 * quantile(values, 0.05), s.highest_cm = 100 * quantile(values, 0.95);
  s.volume_m3 = mean * area, s.seen_percent = 100 * seen;
  return s;
}

/// By area; the error of registration is common to all stretches.
void sumUp(SnowDepth& result, const SnowWish& wish) {
  double area = 0, variance = 0;
  const double common = wish.registration_cm;
  for (const SnowStretch& s : result.stretches) {
    const double a = (s.to_m - s.from_m) * 2 * wish.half_width_m;
    area += a, result.volume_m3 += s.volume_m3;
    variance += a * a * std::max(0.0, s.sigma_cm * s.sigma_cm - common * common);
    result.basis.points += s.points, result.basis.points_after += s.points_after;
  }
  result.depth_cm = 100 * result.volume_m3 / area;
  result.sigma_cm = std::sqrt(variance / (area * area) + common * common);
  result.sigma_m3 = result.sigma_cm / 100 * area;
}

}  // namespace

Result<SnowDepth> snowDepth(const PointsView& bare, const PointsView& snow, const SnowWish& wish, Problems& problems) {
  if (const Status sizes = checked(wish); !sizes) return sizes.error();
  const Result<RoadLine> line = RoadLine::create(wish.centreline, wish.half_width_m, "snow depth");
  if (!line) return line.error();
  const double to = std::min(wish.to_m, line->length_m());
  if (!(wish.from_m >= 0 && wish.from_m < to))
    return Error{ErrorCode::bad_input, "snow depth", "The chainages asked for are not on the line.",
                 fmt::format("It runs from 0 to {:.1f} m.", line->length_m())};
  const Vec3d origin{wish.from_m, -wish.half_width_m, line->at(wish.from_m).point.z};
  const SurfaceCells first = rolledOut(bare, *line, wish, origin), second = rolledOut(snow, *line, wish, origin);
  const auto count =
      static_cast<std::size_t>(std::min<double>(std::ceil((to - wish.from_m) / wish.every_m), most_stretches));
  std::vector<std::vector<CellChange>> cells(count);
  for (const CellChange& c : changesOf(first, second, 1)) {
    const Vec3d centre = first.centreOf(c.key);
    const double number = std::floor((centre.x - wish.from_m) / wish.every_m);
    if (centre.x < to && number >= 0 && number < static_cast<double>(count) && std::abs(centre.y) <= wish.half_width_m)
      cells[static_cast<std::size_t>(number)].push_back(c);
  }
  SnowDepth result;
  for (std::size_t i = 0; i < count; ++i) {
    const double start = wish.from_m + static_cast<double>(i) * wish.every_m, end = std::min(to, start + wish.every_m);
    if (const auto stretch = stretchOf(cells[i], start, end, wish)) {
      result.stretches.push_back(*stretch);
      continue;
    }
    ++result.not_measured;
    problems.skip("", fmt::format("chainage {:.1f} m", start), "measure.too_few_points",
                  "The stretch was not measured: too little of it was seen by both surveys.",
                  "Check the line, or load more detail.");
  }
  if (result.stretches.empty())
    return Error{ErrorCode::bad_input, "snow depth", "No stretch of the road was seen by both surveys.",
                 "Check that the line lies on the road and that both surveys are in the same coordinate system."};
  result.basis = {"snow survey minus bare survey in cells along the road (Deems et al. 2013)", 0, 0,
                  bare.unrefined || snow.unrefined};
  sumUp(result, wish);
  return result;
}

}  // namespace hashimichi::measure
