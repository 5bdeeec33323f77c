#include "geo/import/results/simulation_grid.h"

#include <algorithm>
#include <cmath>

namespace hashimichi::import {
namespace {

constexpr std::size_t least_cells = 4;
constexpr double filled_share = 1.0 / 3;
/// So far a step may differ from the others: coordinates are written with few digits.
constexpr double step_slack = 0.02;

struct Axis {
  double step = 0;
  double cells = 0;
};

/// The even spacing of the numbers; gaps of whole steps are empty rows.
std::optional<Axis> evenSpacing(std::vector<double> values) {
  std::ranges::sort(values);
  const double span = values.back() - values.front();
  if (!(span > 0)) return std::nullopt;
  std::vector<double> steps;
  for (std::size_t i = 0; i + 1 < values.size(); ++i)
    if (const double step = values[i + 1] - values[i]; step > span * 1e-7) steps.push_back(step);
  if (steps.empty()) return std::nullopt;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  const double step = *middle;
  const bool even = std::ranges::all_of(steps, [&](double one) {
    const double times = one / step;
    return times > 0.5 && std::abs(times - std::round(times)) < step_slack * std::max(1.0, times);
  });
  if (!even) return std::nullopt;
  return Axis{step, std::round(span / step) + 1};
}

}  // namespace

std::optional<GridSteps> gridStepsOf(const std::vector<Vec3d>& places) {
  if (places.size() < least_cells) return std::nullopt;
  std::vector<double> x, y;
  for (const Vec3d& place : places) x.push_back(place.x), y.push_back(place.y);
  const auto along_x = evenSpacing(std::move(x)), along_y = evenSpacing(std::move(y));
  if (!along_x || !along_y) return std::nullopt;
  const double cells = along_x->cells * along_y->cells;
  if (static_cast<double>(places.size()) < cells * filled_share) return std::nullopt;
  return GridSteps{along_x->step, along_y->step};
}

model::Geometry cellAt(Vec3d centre, const GridSteps& steps) {
  model::Geometry cell;
  cell.lod = 0;
  cell.has_height = false;
  const double x = steps.x / 2, y = steps.y / 2;
  model::Surface surface;
  surface.polygon.outer = {{centre.x - x, centre.y - y, 0},
                           {centre.x + x, centre.y - y, 0},
                           {centre.x + x, centre.y + y, 0},
                           {centre.x - x, centre.y + y, 0}};
  cell.surfaces.push_back(std::move(surface));
  return cell;
}

}  // namespace hashimichi::import
