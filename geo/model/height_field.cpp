#include "geo/model/height_field.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <thread>

namespace hashimichi::model {
namespace {

constexpr float nothing = -std::numeric_limits<float>::infinity();

/// Every processor takes its share of `count` things that do not touch each other.
void inParallel(std::ptrdiff_t count, const std::function<void(std::ptrdiff_t)>& work) {
  const auto workers = static_cast<std::ptrdiff_t>(std::clamp(std::thread::hardware_concurrency(), 1u, 8u));
  std::vector<std::jthread> threads;
  for (std::ptrdiff_t first = 0; first < workers; ++first)
    threads.emplace_back([=, &work] {
      for (std::ptrdiff_t i = first; i < count; i += workers) work(i);
    });
}

/// A grid walked along lines that run from the sun: `step` cells along the longer axis, and the other axis beside it.
struct LightLines {
  std::ptrdiff_t steps, across;        ///< cells along, and side by side
  std::ptrdiff_t along_stride, start;  ///< in cells of the array; the first cell along is the one nearest the sun
  std::ptrdiff_t across_stride;
  double slope;  ///< cells sideways for each cell along
};

LightLines linesOf(const HeightField& field, Vec3d to_sun) {
  const auto columns = static_cast<std::ptrdiff_t>(field.columns), rows = static_cast<std::ptrdiff_t>(field.rows);
  if (std::abs(to_sun.x) >= std::abs(to_sun.y)) {
    const bool from_east = to_sun.x > 0;
    const double away = -to_sun.y / std::max(1e-12, std::abs(to_sun.x));
    return {columns, rows, from_east ? -1 : 1, from_east ? columns - 1 : 0, columns, away};
  }
  const bool from_north = to_sun.y > 0;
  const double away = -to_sun.x / std::abs(to_sun.y);
  return {rows, columns, from_north ? -columns : columns, from_north ? (rows - 1) * columns : 0, 1, away};
}

void shadeLine(const HeightField& field, const LightLines& lines, std::ptrdiff_t line, float fall,
               std::vector<float>& shadow) {
  float height = nothing;
  for (std::ptrdiff_t step = 0; step < lines.steps; ++step) {
    const std::ptrdiff_t side = line + std::lround(lines.slope * static_cast<double>(step));
    height -= fall;
    if (side < 0 || side >= lines.across) continue;
    const auto cell = static_cast<std::size_t>(lines.start + step * lines.along_stride + side * lines.across_stride);
    shadow[cell] = height;
    if (field.top_m[cell] > height) height = field.top_m[cell];
  }
}

struct Corner {
  double x, y, z;
};

void raiseTriangle(const std::array<Corner, 3>& p, HeightField& field) {
  const double area = (p[1].x - p[0].x) * (p[2].y - p[0].y) - (p[2].x - p[0].x) * (p[1].y - p[0].y);
  if (!std::isfinite(area) || std::abs(area) < 1e-9) return;
  const auto clampTo = [](double value, std::size_t count) {
    return static_cast<std::ptrdiff_t>(std::clamp(value, 0.0, static_cast<double>(count)));
  };
  const auto [left, right] = std::minmax({p[0].x, p[1].x, p[2].x});
  const auto [low, high] = std::minmax({p[0].y, p[1].y, p[2].y});
  const std::ptrdiff_t c0 = clampTo(std::ceil(left - 0.5), field.columns),
                       c1 = clampTo(std::floor(right + 0.5), field.columns);
  const std::ptrdiff_t r0 = clampTo(std::ceil(low - 0.5), field.rows), r1 = clampTo(std::floor(high + 0.5), field.rows);
  for (std::ptrdiff_t r = r0; r < r1; ++r)
    for (std::ptrdiff_t c = c0; c < c1; ++c) {
      const double x = static_cast<double>(c) + 0.5, y = static_cast<double>(r) + 0.5;
      const double b = ((x - p[0].x) * (p[2].y - p[0].y) - (p[2].x - p[0].x) * (y - p[0].y)) / area;
      const double d = ((p[1].x - p[0].x) * (y - p[0].y) - (x - p[0].x) * (p[1].y - p[0].y)) / area;
      if (b < 0 || d < 0 || b + d > 1) continue;
      float& top = field.top_m[field.at(static_cast<std::size_t>(c), static_cast<std::size_t>(r))];
      top = std::max(top, static_cast<float>(p[0].z + b * (p[1].z - p[0].z) + d * (p[2].z - p[0].z)));
    }
}

constexpr std::array<std::array<int, 2>, 8> round_about{
    {{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}}};

/// cos² of the horizon's angle in one direction, from the ground of a cell. Looks at steps that grow with distance.
double opennessTowards(const HeightField& field, std::ptrdiff_t c, std::ptrdiff_t r, std::array<int, 2> way,
                       double reach_m) {
  const double stride_m = field.cell_m * (way[0] != 0 && way[1] != 0 ? std::sqrt(2.0) : 1);
  const float foot = field.ground_m[field.at(static_cast<std::size_t>(c), static_cast<std::size_t>(r))];
  double steepest = 0;
  for (std::ptrdiff_t step = 1; static_cast<double>(step) * stride_m <= reach_m; step += 1 + step / 4) {
    const std::ptrdiff_t x = c + way[0] * step, y = r + way[1] * step;
    if (x < 0 || y < 0 || x >= static_cast<std::ptrdiff_t>(field.columns) ||
        y >= static_cast<std::ptrdiff_t>(field.rows))
      break;
    const double rise = field.top_m[field.at(static_cast<std::size_t>(x), static_cast<std::size_t>(y))] - foot;
    if (rise > 0) steepest = std::max(steepest, rise / (static_cast<double>(step) * stride_m));
  }
  return 1 / (1 + steepest * steepest);
}

HeightField partWithin(const HeightField& field, Vec3d eye, double reach_m) {
  const auto index = [&](double metres, std::size_t count) {
    return static_cast<std::size_t>(std::clamp(std::floor(metres / field.cell_m), 0.0, static_cast<double>(count - 1)));
  };
  const std::size_t c0 = index(eye.x - reach_m - field.south_west.x, field.columns),
                    c1 = index(eye.x + reach_m - field.south_west.x, field.columns),
                    r0 = index(eye.y - reach_m - field.south_west.y, field.rows),
                    r1 = index(eye.y + reach_m - field.south_west.y, field.rows);
  HeightField part;
  part.cell_m = field.cell_m;
  part.south_west = field.south_west + Vec3d{static_cast<double>(c0), static_cast<double>(r0), 0} * field.cell_m;
  part.columns = c1 - c0 + 1, part.rows = r1 - r0 + 1;
  for (std::size_t r = r0; r <= r1; ++r)
    for (std::size_t c = c0; c <= c1; ++c) {
      part.ground_m.push_back(field.ground_m[field.at(c, r)]);
      part.top_m.push_back(field.top_m[field.at(c, r)]);
    }
  return part;
}

/// Whether nothing between the eye and the cell's top rises above the line between them.
bool sees(const HeightField& field, Vec3d eye, std::size_t column, std::size_t row) {
  const double x0 = (eye.x - field.south_west.x) / field.cell_m, y0 = (eye.y - field.south_west.y) / field.cell_m;
  const double dx = static_cast<double>(column) + 0.5 - x0, dy = static_cast<double>(row) + 0.5 - y0;
  const double away = std::max(std::abs(dx), std::abs(dy));
  const auto steps = static_cast<std::ptrdiff_t>(std::ceil(away));
  const double rise = field.top_m[field.at(column, row)] - eye.z;
  const auto own_column = static_cast<std::size_t>(x0), own_row = static_cast<std::size_t>(y0);
  for (std::ptrdiff_t step = 1; step < steps; ++step) {
    const double t = static_cast<double>(step) / away;
    const auto c = static_cast<std::size_t>(x0 + dx * t), r = static_cast<std::size_t>(y0 + dy * t);
    if ((c == column && r == row) || (c == own_column && r == own_row)) continue;
    if (field.top_m[field.at(c, r)] > eye.z + rise * t) return false;
  }
  return true;
}

}  // namespace

std::optional<std::size_t> HeightField::cellAt(double x, double y) const {
  const double c = std::floor((x - south_west.x) / cell_m), r = std::floor((y - south_west.y) / cell_m);
  if (!(c >= 0 && r >= 0 && c < static_cast<double>(columns) && r < static_cast<double>(rows))) return std::nullopt;
  return at(static_cast<std::size_t>(c), static_cast<std::size_t>(r));
}

HeightField heightFieldOf(const Terrain& ground, double cell_m, std::size_t cells_limit) {
  HeightField field;
  if (ground.columns < 2 || ground.rows < 2 || !(ground.spacing_m > 0) || !(cell_m > 0)) return field;
  const double width_m = static_cast<double>(ground.columns - 1) * ground.spacing_m;
  const double depth_m = static_cast<double>(ground.rows - 1) * ground.spacing_m;
  cell_m = std::max(cell_m, std::sqrt(width_m * depth_m / static_cast<double>(std::max<std::size_t>(cells_limit, 1))));
  field.south_west = ground.south_west;
  field.cell_m = cell_m;
  field.columns = static_cast<std::size_t>(std::max(1.0, std::floor(width_m / cell_m)));
  field.rows = static_cast<std::size_t>(std::max(1.0, std::floor(depth_m / cell_m)));
  field.ground_m.resize(field.columns * field.rows);
  inParallel(static_cast<std::ptrdiff_t>(field.rows), [&](std::ptrdiff_t row) {
    const auto r = static_cast<std::size_t>(row);
    for (std::size_t c = 0; c < field.columns; ++c) {
      const Vec3d centre = field.centreOf(c, r);
      const auto height = ground.heightAt(centre.x, centre.y);
      field.ground_m[field.at(c, r)] = height ? static_cast<float>(*height) : std::numeric_limits<float>::quiet_NaN();
    }
  });
  field.top_m = field.ground_m;
  return field;
}

void raiseTo(std::span<const float> xyz, std::span<const std::uint32_t> triangles, HeightField& field) {
  if (field.empty()) return;
  for (std::size_t t = 0; t + 2 < triangles.size(); t += 3) {
    std::array<Corner, 3> corners;
    bool known = true;
    for (std::size_t k = 0; k < 3; ++k) {
      const std::size_t v = 3 * std::size_t{triangles[t + k]};
      known = known && v + 2 < xyz.size();
      if (!known) break;
      corners[k] = {(xyz[v] - field.south_west.x) / field.cell_m, (xyz[v + 1] - field.south_west.y) / field.cell_m,
                    xyz[v + 2]};
    }
    if (known) raiseTriangle(corners, field);
  }
}

std::vector<float> shadowHeights(const HeightField& field, Vec3d to_sun) {
  if (field.empty()) return {};
  const double level = std::hypot(to_sun.x, to_sun.y);
  if (!isFinite(to_sun) || to_sun.z <= 0)
    return std::vector<float>(field.top_m.size(), std::numeric_limits<float>::infinity());
  std::vector<float> shadow(field.top_m.size(), nothing);
  if (level < 1e-9) return shadow;
  const LightLines lines = linesOf(field, to_sun);
  const double longer = std::max(std::abs(to_sun.x), std::abs(to_sun.y));
  const auto fall = static_cast<float>(field.cell_m * to_sun.z / longer);
  // A line that leaves the grid on one side does not come back: lines start beside the grid, too.
  const auto drift = static_cast<std::ptrdiff_t>(std::lround(lines.slope * static_cast<double>(lines.steps - 1)));
  const std::ptrdiff_t first = std::min<std::ptrdiff_t>(0, -drift),
                       last = lines.across + std::max<std::ptrdiff_t>(0, -drift);
  inParallel(last - first, [&](std::ptrdiff_t line) { shadeLine(field, lines, first + line, fall, shadow); });
  return shadow;
}

std::vector<std::uint8_t> skyOpenness(const HeightField& field, double reach_m) {
  std::vector<std::uint8_t> open(field.top_m.size(), 255);
  inParallel(static_cast<std::ptrdiff_t>(field.rows), [&](std::ptrdiff_t row) {
    for (std::size_t c = 0; c < field.columns; ++c) {
      double sum = 0;
      for (const auto& way : round_about)
        sum += opennessTowards(field, static_cast<std::ptrdiff_t>(c), row, way, reach_m);
      open[field.at(c, static_cast<std::size_t>(row))] = static_cast<std::uint8_t>(std::lround(255 * sum / 8));
    }
  });
  return open;
}

std::optional<Viewshed> viewshedFrom(const HeightField& field, Vec3d eye, double reach_m) {
  const auto own = isFinite(eye) ? field.cellAt(eye.x, eye.y) : std::nullopt;
  if (!own || !(reach_m > 0) || !(eye.z >= field.top_m[*own])) return std::nullopt;
  Viewshed view{eye, reach_m, partWithin(field, eye, reach_m), {}, 0};
  const HeightField& part = view.field;
  view.seen.assign(part.top_m.size(), 0);
  std::vector<std::size_t> within(part.rows), seen(part.rows);
  inParallel(static_cast<std::ptrdiff_t>(part.rows), [&](std::ptrdiff_t row) {
    const auto r = static_cast<std::size_t>(row);
    for (std::size_t c = 0; c < part.columns; ++c) {
      if (distance2d(part.centreOf(c, r), eye) > reach_m || std::isnan(part.top_m[part.at(c, r)])) continue;
      ++within[r];
      if (!sees(part, eye, c, r)) continue;
      view.seen[part.at(c, r)] = 1, ++seen[r];
    }
  });
  std::size_t all = 0, met = 0;
  for (std::size_t r = 0; r < part.rows; ++r) all += within[r], met += seen[r];
  view.seen_share = all > 0 ? static_cast<double>(met) / static_cast<double>(all) : 0;
  return view;
}

}  // namespace hashimichi::model
