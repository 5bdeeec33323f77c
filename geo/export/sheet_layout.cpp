#include "geo/export/sheet_layout.h"

#include <cmath>

namespace hashimichi::exporting {
namespace {

constexpr double scales[] = {2500, 5000, 10000, 25000, 50000, 100000, 200000};
constexpr double rim_mm = 6;
constexpr double least_step_mm = 40;

/// The smallest of 1, 2, 5 × 10ⁿ that is at least `value`.
double roundUp(double value) {
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= value * (1 - 1e-9)) return factor * power;
  return 10 * power;
}

Bounds placeOf(const Snapshot& snapshot, const assess::Ranked& row) {
  const model::CityModel& city = *snapshot.project.model;
  Bounds bounds;
  if (snapshot.ranking.subject == assess::Subject::snow) {
    bounds.add(model::boundsOf(city.roads[row.index].geometry));
    for (const Vec3d& p : city.roads[row.index].centreline) bounds.add(p);
  } else if (const model::Bridge& bridge = city.bridges[row.index]; bridge.position) {
    bounds.add(*bridge.position);
  } else {
    bounds.add(model::boundsOf(bridge.geometry));
  }
  return bounds;
}

}  // namespace

Bounds MapView::shown() const {
  Bounds bounds;
  bounds.add(toLocal({box.x, box.y}));
  bounds.add(toLocal({box.right(), box.bottom()}));
  return bounds;
}

double chooseScale(const Bounds& extent, const Box& box) {
  const Vec3d size = extent.empty() ? Vec3d{} : extent.size();
  for (const double n : scales)
    if (size.x * 1000 / n <= box.width - 2 * rim_mm && size.y * 1000 / n <= box.height - 2 * rim_mm) return n;
  return scales[std::size(scales) - 1];
}

Bounds extentOf(const Snapshot& snapshot) {
  Bounds extent;
  for (const assess::Ranked& row : snapshot.ranking.rows) extent.add(placeOf(snapshot, row));
  return extent;
}

MapView mapViewOf(const Snapshot& snapshot) {
  Bounds extent = extentOf(snapshot);
  if (extent.empty()) extent = snapshot.project.model->bounds();
  MapView view{map_frame, {}, chooseScale(extent, map_frame)};
  if (!extent.empty()) view.centre = {extent.centre().x, extent.centre().y, 0};
  return view;
}

double gridStep_m(double scale_denominator) {
  return roundUp(least_step_mm * scale_denominator / 1000);
}

ScaleBar scaleBarOf(double scale_denominator) {
  ScaleBar bar;
  bar.length_m = roundUp(least_step_mm * scale_denominator / 1000);
  bar.length_mm = bar.length_m * 1000 / scale_denominator;
  // 200 m in fours (50 m each), 100 m and 500 m in fives.
  const double leading = std::round(bar.length_m / std::pow(10, std::floor(std::log10(bar.length_m) + 1e-9)));
  bar.parts = leading == 2 ? 4 : 5;
  return bar;
}

}  // namespace hashimichi::exporting
