#include "geo/model/road_derive.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "geo/model/footprint.h"

namespace hashimichi::model {
namespace {

using CountBySource = std::map<std::string, std::size_t>;

bool isSurfaceOnly(const RoadSegment& road) {
  return road.centreline.size() < 2 && !road.geometry.surfaces.empty() && road.clearing_class == ClearingClass::unknown;
}

/// Carriageway and crossings where the source tells them apart, else everything.
std::vector<const Polygon*> drivenSurfaces(const Geometry& geometry) {
  std::vector<const Polygon*> driven, all;
  for (const Surface& surface : geometry.surfaces) {
    all.push_back(&surface.polygon);
    if (carriesTraffic(surface.kind)) driven.push_back(&surface.polygon);
  }
  return driven.empty() ? all : driven;
}

double areaOf(const Geometry& geometry) {
  double area = 0;
  for (const Polygon* polygon : drivenSurfaces(geometry)) area += area2d(*polygon);
  return area;
}

/// One surface: its equivalent rectangle. Several lie end to end or side by side, so the length is the longest one or
/// the extent of all of them, whichever is longer, and the width follows from the area.
EquivalentRectangle measuresOf(const Geometry& geometry) {
  const std::vector<const Polygon*> driven = drivenSurfaces(geometry);
  if (driven.empty()) return {};
  if (driven.size() == 1) return equivalentRectangle(*driven.front());
  std::vector<Vec3d> corners;
  double length = 0;
  for (const Polygon* polygon : driven) {
    corners.insert(corners.end(), polygon->outer.begin(), polygon->outer.end());
    length = std::max(length, equivalentRectangle(*polygon).length_m);
  }
  length = std::max(length, extentOf(corners).length_m);
  return {length, length > 0 ? areaOf(geometry) / length : 0};
}

void fillFacts(RoadSegment& road, const RoadSegment& surface) {
  if (road.name.empty()) road.name = surface.name;
  if (road.width_m <= 0) road.width_m = surface.width_m;
  if (road.lanes <= 0) road.lanes = surface.lanes;
  if (road.administrator == RoadAdministrator::unknown) road.administrator = surface.administrator;
  if (!road.aadt) road.aadt = surface.aadt;
  if (!road.emergency_route) road.emergency_route = surface.emergency_route;
  if (!road.bus_trips_per_day) road.bus_trips_per_day = surface.bus_trips_per_day;
  if (!road.school_route) road.school_route = surface.school_route;
  for (const Attribute& attribute : surface.attributes)
    if (!find(road.attributes, attribute.name.view())) road.attributes.push_back(attribute);
}

bool groundBelowAll(const Polyline& line, const Ground& ground) {
  return std::all_of(line.begin(), line.end(), [&](const Vec3d& p) { return ground.covers(p.x, p.y); });
}

void drapeRoad(RoadSegment& road, const Ground& ground, const BridgeDecks& decks) {
  Polyline axis = road.centreline;
  if (axis.size() < 2 && !road.geometry.surfaces.empty()) {
    const Extent extent = extentOf(road.geometry);
    if (extent.elongated()) axis = extent.axis();
  }
  const double length = length2d(axis);
  std::vector<Span> spans = decks.over(axis, ground.spacing_m());
  road.on_bridge = road.on_bridge || (length > 0 && decks.carries(pointAlong(axis, length / 2)));
  const bool all_have_height =
      std::all_of(road.other_lods.begin(), road.other_lods.end(), [](const Geometry& form) { return form.has_height; });
  if (road.geometry.has_height && all_have_height) return;
  if (road.on_bridge && spans.empty() && length > 0) spans.push_back({0, length, 0, 0});
  const HeightProfile profile(ground, road_lift_m, axis, std::move(spans), &decks);
  for (Geometry& form : road.other_lods)
    if (!form.has_height) drape(form, profile);
  if (road.geometry.has_height) return;
  drape(road.geometry, profile);
  if (!road.centreline.empty()) road.centreline = drape(road.centreline, profile);
}

}  // namespace

std::vector<SurfaceMatch> matchSurfaces(const std::vector<RoadSegment>& roads) {
  SpatialIndex index(50);
  std::map<std::size_t, double> length_of;
  for (std::size_t i = 0; i < roads.size(); ++i)
    if (isSurfaceOnly(roads[i])) {
      index.insert(boundsOf(roads[i].geometry), i);
      length_of[i] = measuresOf(roads[i].geometry).length_m;
    }
  std::vector<SurfaceMatch> matches;
  if (length_of.empty()) return matches;
  for (std::size_t i = 0; i < roads.size(); ++i) {
    const double length = length2d(roads[i].centreline);
    if (roads[i].centreline.size() < 2 || length <= 0) continue;
    const Vec3d middle = pointAlong(roads[i].centreline, length / 2).point;
    double best = 2;  // neither twice as long nor half as long
    std::optional<std::size_t> found;
    for (const std::size_t candidate : index.near(middle, 0)) {
      if (!contains2d(roads[candidate].geometry, middle.x, middle.y)) continue;
      const double ratio = std::max(length_of[candidate] / length, length / std::max(length_of[candidate], 1e-9));
      if (ratio <= best) best = ratio, found = candidate;
    }
    if (found) matches.push_back({i, *found});
  }
  return matches;
}

void shareDeckFlags(std::vector<RoadSegment>& roads, const std::vector<SurfaceMatch>& matches) {
  for (const auto& [segment, surface] : matches) {
    const bool on_bridge = roads[segment].on_bridge || roads[surface].on_bridge;
    roads[segment].on_bridge = roads[surface].on_bridge = on_bridge;
  }
}

void adoptSurfaces(std::vector<RoadSegment>& roads, const std::vector<SurfaceMatch>& matches, Problems& problems) {
  if (matches.empty()) return;
  std::set<std::size_t> adopted;
  std::size_t surfaces = 0;
  for (const RoadSegment& road : roads) surfaces += isSurfaceOnly(road) ? 1 : 0;
  for (const auto& [segment, surface] : matches) {
    RoadSegment& road = roads[segment];
    const RoadSegment& from = roads[surface];
    road.geometry.surfaces = from.geometry.surfaces;
    road.geometry.lod = std::max(road.geometry.lod, from.geometry.lod);
    road.geometry.has_height = road.geometry.has_height || from.geometry.has_height;
    fillFacts(road, from);
    adopted.insert(surface);
  }
  problems.assume(
      roads[matches.front().surface].source, {}, "road.surfaces_joined",
      fmt::format("{} road surfaces became the shape of {} centre-line segments that run in them; {} surfaces "
                  "without such a segment stay roads of their own.",
                  adopted.size(), matches.size(), surfaces - adopted.size()));
  std::vector<RoadSegment> kept;
  kept.reserve(roads.size() - adopted.size());
  for (std::size_t i = 0; i < roads.size(); ++i)
    if (!adopted.count(i)) kept.push_back(std::move(roads[i]));
  roads = std::move(kept);
}

void drapeRoads(std::vector<RoadSegment>& roads, const Ground& ground, const BridgeDecks& decks) {
  for (RoadSegment& road : roads) drapeRoad(road, ground, decks);
}

std::optional<double> steepestGrade(const Polyline& line) {
  constexpr double window_m = 50, shortest_m = 10, step_m = 5;
  const double length = length2d(line);
  if (length < shortest_m) return std::nullopt;
  const double window = std::min(window_m, length);
  double steepest = 0;
  const auto steps = static_cast<std::size_t>(std::min((length - window) / step_m, 100000.0));
  for (std::size_t i = 0; i <= steps; ++i) {
    const double from = std::min(static_cast<double>(i) * step_m, length - window);
    const double rise = pointAlong(line, from + window).point.z - pointAlong(line, from).point.z;
    steepest = std::max(steepest, std::fabs(rise) / window * 100);
  }
  return steepest;
}

void measureRoads(std::vector<RoadSegment>& roads, const Ground& ground, Problems& problems) {
  CountBySource from_surface;
  for (RoadSegment& road : roads) {
    if (road.centreline.size() >= 2) {
      road.length_m = length2d(road.centreline);
      if (road.width_m <= 0 && !road.geometry.surfaces.empty() && road.length_m > 0)
        road.width_m = areaOf(road.geometry) / road.length_m;
      if (!road.grade_percent && (road.geometry.has_height || groundBelowAll(road.centreline, ground)))
        road.grade_percent = steepestGrade(road.centreline);
      continue;
    }
    const EquivalentRectangle measures = measuresOf(road.geometry);
    if (measures.length_m <= 0) continue;
    const bool assumed = road.length_m <= 0 || road.width_m <= 0;
    if (road.length_m <= 0) road.length_m = measures.length_m;
    if (road.width_m <= 0) road.width_m = measures.width_m;
    if (assumed) ++from_surface[road.source];
  }
  for (const auto& [source, count] : from_surface)
    problems.assume(source, {}, "road.measures_from_surface",
                    fmt::format("{} roads have no centre line: their length and width are those of the rectangle with "
                                "the same area and perimeter.",
                                count));
}

void proposeClearingClasses(std::vector<RoadSegment>& roads, Problems& problems) {
  CountBySource proposed;
  for (RoadSegment& road : roads) {
    if (road.clearing_class != ClearingClass::unknown || !road.aadt) continue;
    road.clearing_class = *road.aadt >= 1000  ? ClearingClass::class1
                          : *road.aadt >= 500 ? ClearingClass::class2
                                              : ClearingClass::class3;
    ++proposed[road.source];
  }
  for (const auto& [source, count] : proposed)
    problems.assume(source, {}, "road.class_proposed",
                    fmt::format("{} roads have no clearing class: one was proposed from their traffic (from 1000 "
                                "vehicles a day class 1, from 500 class 2, below class 3).",
                                count),
                    "Import the city's own clearing map to replace the proposal.");
}

}  // namespace hashimichi::model
