#include "geo/measure/volume.h"

#include "geo/measure/surface_cells.h"

namespace hashimichi::measure {
namespace {

constexpr double two_sided_95 = 1.96;

bool inside(const model::Ring& ring, double x, double y) {
  bool in = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const Vec3d &a = ring[i], &b = ring[j];
    if ((a.y > y) != (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x) in = !in;
  }
  return in;
}

SurfaceCells cellsOf(const PointsView& points, const VolumeWish& wish, Vec3d origin, const Bounds& reach) {
  SurfaceCells cells(wish.cell_m, origin);
  for (const Vec3d& p : points.places)
    if (isFinite(p) && p.x >= reach.low.x && p.x <= reach.high.x && p.y >= reach.low.y && p.y <= reach.high.y)
      cells.add(p);
  return cells;
}

Bounds boundsOf(const PointsView& points) {
  Bounds bounds;
  for (const Vec3d& p : points.places)
    if (isFinite(p)) bounds.add(p);
  return bounds;
}

Status checked(const VolumeWish& wish) {
  const Error bad{ErrorCode::bad_input, "volume", "", "Give metres."};
  if (!(wish.cell_m > 0) || !(wish.registration_m >= 0) || wish.smallest_count < 1)
    return Error{bad.code, bad.where, "The size of the cells is not a positive length.", bad.advice};
  for (const Vec3d& p : wish.within)
    if (!std::isfinite(p.x) || !std::isfinite(p.y))
      return Error{bad.code, bad.where, "A corner of the ring is not a number.", "Draw it again."};
  if (!wish.within.empty() && (wish.within.size() < 3 || model::signedArea2d(wish.within) == 0))
    return Error{bad.code, bad.where, "The ring encloses nothing.", "Give three corners or more."};
  return done();
}

}  // namespace

Result<VolumeChange> volumeBetween(const PointsView& before, const PointsView& after, const VolumeWish& wish) {
  if (const Status sizes = checked(wish); !sizes) return sizes.error();
  Bounds reach;
  for (const Vec3d& p : wish.within) reach.add(p);
  const Bounds first_bounds = boundsOf(before), second_bounds = boundsOf(after);
  if (first_bounds.empty() || second_bounds.empty())
    return Error{ErrorCode::bad_input, "volume", "One of the surveys has no points.", "Choose another one."};
  if (wish.within.empty()) reach = first_bounds;
  const double margin = 2 * wish.cell_m;
  reach.add(reach.low - Vec3d{margin, margin, 0}), reach.add(reach.high + Vec3d{margin, margin, 0});
  const Vec3d origin{std::floor(reach.low.x), std::floor(reach.low.y), first_bounds.centre().z};
  const SurfaceCells first = cellsOf(before, wish, origin, reach), second = cellsOf(after, wish, origin, reach);
  VolumeChange result;
  const double cell_area = wish.cell_m * wish.cell_m;
  double variance = 0;
  std::size_t cells = 0;
  for (const CellChange& c : changesOf(first, second, wish.smallest_count)) {
    const Vec3d centre = first.centreOf(c.key);
    if (!wish.within.empty() && !inside(wish.within, centre.x, centre.y)) continue;
    ++cells;
    const double volume = c.change_m * cell_area;
    const double lod = two_sided_95 * std::sqrt(c.variance + wish.registration_m * wish.registration_m);
    const bool significant = std::abs(c.change_m) > lod;
    (volume > 0 ? result.gain_m3 : result.loss_m3) += std::abs(volume);
    if (significant) (volume > 0 ? result.significant_gain_m3 : result.significant_loss_m3) += std::abs(volume);
    variance += c.variance;
    result.basis.points += c.points, result.basis.points_after += c.points_after;
  }
  if (cells == 0)
    return Error{ErrorCode::bad_input, "volume", "No place was seen by both surveys: they do not overlap here.",
                 "Check that both are in the same coordinate system, or take larger cells."};
  result.net_m3 = result.gain_m3 - result.loss_m3;
  result.area_m2 = static_cast<double>(cells) * cell_area;
  result.wanted_area_m2 = wish.within.empty() ? result.area_m2 : std::abs(model::signedArea2d(wish.within));
  result.mean_m = result.net_m3 / result.area_m2;
  // The scatter of the cells is independent, the error of registration is common to all of them.
  const double common = wish.registration_m * result.area_m2;
  result.sigma_m3 = std::sqrt(variance * cell_area * cell_area + common * common);
  result.basis.method = "difference of elevation models (Wheaton et al. 2010)";
  result.basis.unrefined = before.unrefined || after.unrefined;
  return result;
}

}  // namespace hashimichi::measure
