#include "geo/import/results/item_shapes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/core/file.h"
#include "geo/import/source_crs.h"

namespace hashimichi::import {
namespace {

using cityjson::JsonType;
using cityjson::JsonValue;

/// Of one ring [a district's outline in a flood map: 100,000].
constexpr std::size_t ring_point_limit = 1'000'000;

void tidy(model::Ring& ring) {
  ring.erase(std::unique(ring.begin(), ring.end()), ring.end());
  while (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
  const bool finite = std::ranges::all_of(ring, [](Vec3d p) { return isFinite(p); });
  if (ring.size() < 3 || !finite) ring.clear();
}

template <typename Visit>
void forEachPoint(model::Geometry& geometry, Visit visit) {
  for (model::Surface& surface : geometry.surfaces) {
    std::ranges::for_each(surface.polygon.outer, visit);
    for (model::Ring& hole : surface.polygon.holes) std::ranges::for_each(hole, visit);
  }
  std::ranges::for_each(geometry.points, visit);
}

/// Outer rings counter-clockwise seen from above, holes the other way.
void orient(model::Geometry& geometry) {
  for (model::Surface& surface : geometry.surfaces) {
    if (model::signedArea2d(surface.polygon.outer) < 0) std::ranges::reverse(surface.polygon.outer);
    for (model::Ring& hole : surface.polygon.holes)
      if (model::signedArea2d(hole) > 0) std::ranges::reverse(hole);
  }
}

}  // namespace

model::Ring ringFromPairs(JsonValue pairs) {
  model::Ring ring;
  if (!pairs.is(JsonType::array) || pairs.size() > ring_point_limit) return ring;
  for (const JsonValue pair : pairs) {
    if (!pair.is(JsonType::array) || pair.size() < 2) return {};
    auto number = pair.begin();
    const double x = (*number).number();
    ++number;
    ring.push_back({x, (*number).number(), 0});
  }
  tidy(ring);
  return ring;
}

model::Ring ringFromTriples(JsonValue numbers) {
  model::Ring ring;
  if (!numbers.is(JsonType::array) || numbers.size() % 3 != 0 || numbers.size() / 3 > ring_point_limit) return ring;
  std::size_t i = 0;
  Vec3d point;
  for (const JsonValue number : numbers) {
    if (i % 3 == 0) point.x = number.number();
    if (i % 3 == 1) point.y = number.number();
    if (i++ % 3 == 2) ring.push_back(point);
  }
  tidy(ring);
  return ring;
}

void raise(model::Geometry& footprints, const Storey& storey) {
  const std::size_t count = footprints.surfaces.size();
  footprints.lod = 1;
  footprints.has_height = !storey.above_ground;
  for (std::size_t i = 0; i < count; ++i) {
    model::Surface ground = footprints.surfaces[i];
    ground.kind = model::SurfaceKind::ground;
    footprints.surfaces[i].kind = model::SurfaceKind::roof;
    const auto setHeight = [](model::Polygon& polygon, double z) {
      for (Vec3d& p : polygon.outer) p.z = z;
      for (model::Ring& hole : polygon.holes)
        for (Vec3d& p : hole) p.z = z;
    };
    setHeight(footprints.surfaces[i].polygon, storey.top_m);
    setHeight(ground.polygon, storey.base_m);
    footprints.surfaces.push_back(std::move(ground));
  }
}

Status placeItems(std::vector<model::ResultLayer::Item>& items, const std::string& crs,
                  const std::filesystem::path& path, Context& context) {
  Bounds box;
  for (model::ResultLayer::Item& item : items) forEachPoint(item.geometry, [&](Vec3d p) { box.add(p); });
  if (box.empty()) return done();
  SourcePlace place{crs, false};
  if (crs.empty()) place = assumePlace(path, {}, box, context);
  if (!crs.empty())
    if (const Status fits = checkPlace(path, {}, box, context, place); !fits) return fits;
  const Result<Placer> placer = Placer::create(place, context.frame);
  if (!placer) return placer.error();
  tellCrs(place.definition, placer->heights(), false, toUtf8(path), {}, context);
  std::vector<Vec3d> points;
  for (model::ResultLayer::Item& item : items) {
    points.clear();
    forEachPoint(item.geometry, [&](Vec3d p) { points.push_back(p); });
    if (points.empty()) continue;
    if (placer->apply(points) > 0) {
      item.geometry = {};
      context.problems.skip(toUtf8(path), item.id, "result.no_place",
                            "Its coordinates are no place on the earth: it has a value, but no shape.");
      continue;
    }
    std::size_t next = 0;
    forEachPoint(item.geometry, [&](Vec3d& p) { p = points[next++]; });
    orient(item.geometry);
  }
  return done();
}

bool UniqueIds::take(std::string& id) {
  const std::size_t times = ++seen_[id];
  if (times == 1) return true;
  id += fmt::format("#{}", times);
  ++seen_[id];
  return false;
}

}  // namespace hashimichi::import
