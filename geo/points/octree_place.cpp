#include "geo/points/octree_place.h"

#include <fmt/format.h>

#include <cmath>

namespace hashimichi::points {
namespace {

/// Room that a box gets where its edges may bend between the places that are looked at, a part of its size.
constexpr double bend = 0.01;

bool touch(const Bounds& a, const Bounds& b) {
  return !a.empty() && !b.empty() && a.low.x <= b.high.x && b.low.x <= a.high.x && a.low.y <= b.high.y &&
         b.low.y <= a.high.y;
}

}  // namespace

Result<OctreePlace> placeOctree(const OctreeInfo& info, const model::PointCloud& cloud, const crs::LocalFrame& frame) {
  OctreePlace place{frame, info.crs, false, {}};
  if (place.crs.empty()) place.crs = fmt::format("EPSG:{}", frame.epsg());
  const Result<crs::CrsInfo> known = crs::describeCrs(place.crs);
  if (!known) return known.error();
  // Surveys that give positions in feet give heights in feet, too, and seldom say so.
  place.heights.unnamed_unit_m = known->horizontal_unit_m;
  place.heights.geoid = info.geoid;
  if (cloud.bounds.empty()) return place;
  const auto lies = [&](bool swapped) {
    OctreePlace tried = place;
    tried.swap_axes = swapped;
    const Result<OctreePlacer> placer = OctreePlacer::create(tried);
    return placer && touch((*placer)(info.bounds), cloud.bounds);
  };
  place.swap_axes = !lies(false) && lies(true);
  return place;
}

Result<OctreePlacer> OctreePlacer::create(const OctreePlace& place) {
  const Result<crs::CrsInfo> known = crs::describeCrs(place.crs);
  if (!known) return known.error();
  Result<crs::ToLocal> to_local =
      crs::ToLocal::create(place.crs, crs::AxisOrder::east_first, place.frame, place.heights);
  if (!to_local) return to_local.error();
  const int epsg = place.frame.epsg();
  const bool plain = epsg > 0 && (known->epsg == epsg || known->horizontal_epsg == epsg);
  return OctreePlacer(std::move(to_local).value(), place.swap_axes, plain);
}

void OctreePlacer::apply(std::span<Vec3d> source) const {
  if (swap_axes_)
    for (Vec3d& p : source) std::swap(p.x, p.y);
  to_local_.apply(source);
}

std::optional<Vec3d> OctreePlacer::operator()(Vec3d source) const {
  if (swap_axes_) std::swap(source.x, source.y);
  const std::optional<Vec3d> place = to_local_(source);
  if (!place || !isFinite(*place)) return std::nullopt;
  return place;
}

Bounds OctreePlacer::operator()(const Bounds& source) const {
  Bounds local;
  if (source.empty()) return local;
  const Vec3d size = source.size();
  const int steps = plain_ ? 1 : 2;
  for (int i = 0; i <= steps; ++i)
    for (int j = 0; j <= steps; ++j)
      for (const double z : {source.low.z, source.high.z})
        if (const auto place = (*this)(Vec3d{source.low.x + size.x * i / steps, source.low.y + size.y * j / steps, z}))
          local.add(*place);
  if (plain_ || local.empty()) return local;
  const Vec3d room = local.size() * bend;
  local.low = local.low - room;
  local.high = local.high + room;
  return local;
}

}  // namespace hashimichi::points
