#include "geo/import/vector_features.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "geo/core/text.h"
#include "geo/import/values.h"

namespace hashimichi::import {
namespace {

/// One feature and everything around it.
struct Feature {
  const LayerPlan& plan;
  const CellReader cells;
  std::string id;
  model::Attributes attributes;
  VectorShape shape;
  Context& context;
};

/// The recognised id, else file#fid. Plain running numbers of a column "id" are no names: two files would share them.
std::string idOf(const LayerPlan& plan, const CellReader& cells, std::int64_t fid) {
  const std::string own = cells.text("id");
  const bool running_number = own.find_first_not_of("0123456789") == std::string::npos;
  if (own.empty()) return fmt::format("{}#{}", plan.id_prefix, fid);
  return running_number && normalizeHead(plan.match.find("id")->head).key == "id" ? plan.id_prefix + "#" + own : own;
}

model::Attributes attributesOf(const LayerPlan& plan, const std::vector<std::string>& cells) {
  model::Attributes attributes;
  attributes.reserve(cells.size());
  for (std::size_t i = 0; i < cells.size() && i < plan.names.size(); ++i)
    if (!cells[i].empty()) attributes.push_back({plan.names[i], cells[i], {}, {}, 0, model::guessType(cells[i])});
  return attributes;
}

model::Geometry geometryOf(VectorShape& shape, model::SurfaceKind kind) {
  model::Geometry geometry;
  geometry.has_height = shape.has_height;
  for (model::Polygon& polygon : shape.polygons) geometry.surfaces.push_back({std::move(polygon), kind});
  geometry.lines = std::move(shape.lines);
  return geometry;
}

/// What the words of a "function" column say about a road surface.
model::SurfaceKind roadSurfaceFrom(const std::string& function) {
  if (function.empty()) return model::SurfaceKind::carriageway;
  const std::string text = toLower(function);
  const auto says = [&](std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.find(word) != std::string::npos; });
  };
  if (says({"歩道", "footway", "sidewalk", "pedestrian", "voetpad", "voetgang", "fietspad"}))
    return model::SurfaceKind::footway;
  if (says({"交差", "intersection"})) return model::SurfaceKind::intersection;
  if (says({"駐車", "parking", "parkeer"})) return model::SurfaceKind::road_other;
  return model::SurfaceKind::carriageway;
}

/// What all parts of one road have in common.
model::RoadSegment roadFacts(Feature& feature) {
  const CellReader& cells = feature.cells;
  model::RoadSegment road;
  road.id = feature.id;
  road.source = feature.plan.source;
  road.attributes = std::move(feature.attributes);
  road.name = cells.text("name");
  road.clearing_class = model::clearingClassFrom(cells.raw("clearing_class"));
  road.administrator = model::administratorFrom(cells.text("administrator"));
  road.district = cells.text("district");
  road.width_m = cells.amount("width").value_or(0);
  constexpr double most_lanes = 32;  // more is no number of lanes
  road.lanes = static_cast<int>(std::min(cells.amount("lanes").value_or(0), most_lanes));
  road.sprinkler_pipe = model::sprinklerPipeFrom(cells.raw("sprinkler_pipe"));
  road.snow_gutter = cells.yesNo("snow_gutter").value_or(false);
  road.road_heating = cells.yesNo("road_heating").value_or(false);
  road.on_bridge = cells.yesNo("on_bridge").value_or(false);
  road.aadt = cells.amount("aadt");
  road.emergency_route = cells.emergencyRoute("emergency_route");
  if (!road.emergency_route && feature.plan.name.find("輸送") != std::string::npos)
    road.emergency_route = emergencyRouteFrom(feature.plan.name);  // 一次緊急輸送路.shp
  road.bus_trips_per_day = cells.amount("bus_trips");
  road.school_route = cells.yesNo("school_route");
  return road;
}

bool emitRoad(Feature& feature) {
  if (feature.shape.lines.empty() && feature.shape.polygons.empty()) return false;
  model::RoadSegment facts = roadFacts(feature);
  const model::SurfaceKind kind = roadSurfaceFrom(feature.cells.text("function"));
  std::vector<model::Polyline> lines = joinLines(std::move(feature.shape.lines));
  feature.shape.lines.clear();
  if (lines.empty()) {
    model::RoadSegment road = std::move(facts);
    road.geometry = geometryOf(feature.shape, kind);
    feature.context.sink.add(std::move(road));
    return true;
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool last = i + 1 == lines.size();
    std::string id = lines.size() > 1 ? fmt::format("{}-{}", facts.id, i + 1) : facts.id;
    model::RoadSegment road = last ? std::move(facts) : facts;
    road.id = std::move(id);
    if (i == 0) road.geometry = geometryOf(feature.shape, kind);
    road.geometry.has_height = feature.shape.has_height;
    road.length_m = model::length2d(lines[i]);
    road.geometry.lines.assign(1, lines[i]);
    road.centreline = std::move(lines[i]);
    feature.context.sink.add(std::move(road));
  }
  return true;
}

bool emitBridge(Feature& feature) {
  const CellReader& cells = feature.cells;
  model::Bridge bridge;
  bridge.id = feature.id;
  bridge.source = feature.plan.source;
  bridge.attributes = std::move(feature.attributes);
  bridge.name = cells.text("name");
  bridge.kana = cells.text("kana");
  bridge.route_name = cells.text("route_name");
  bridge.administrator = cells.text("administrator");
  bridge.structure_type = cells.text("structure_type");
  bridge.material = cells.text("material");
  bridge.crosses = cells.text("crosses");
  bridge.length_m = cells.amount("length");
  bridge.width_m = cells.amount("width");
  bridge.year_built = cells.year("year_built");
  bridge.over_railway = cells.yesNo("over_railway");
  bridge.over_road = cells.yesNo("over_road");
  bridge.emergency_route = cells.emergencyRoute("emergency_route");
  bridge.detour_km = cells.amount("detour");
  bridge.aadt = cells.amount("aadt");
  bridge.bus_route = cells.yesNo("bus_route");
  bridge.facility_access = cells.yesNo("facility_access");
  const std::vector<Vec3d> points = std::move(feature.shape.points);
  bridge.geometry = geometryOf(feature.shape, model::SurfaceKind::deck);
  if (!bridge.geometry.lines.empty()) bridge.axis = bridge.geometry.lines.front();
  if (!bridge.geometry.empty())
    bridge.position = model::boundsOf(bridge.geometry).centre();
  else if (!points.empty())
    bridge.position = points.front();
  else
    return false;
  feature.context.sink.add(std::move(bridge));
  return true;
}

bool emitBuilding(Feature& feature) {
  if (feature.shape.polygons.empty()) return false;
  model::Building building;
  building.id = feature.id;
  building.source = feature.plan.source;
  building.attributes = std::move(feature.attributes);
  building.name = feature.cells.text("name");
  building.measured_height_m = feature.cells.amount("height");
  building.year_built = feature.cells.year("year_built");
  feature.shape.lines.clear();
  building.geometry = geometryOf(feature.shape, model::SurfaceKind::ground);
  feature.context.sink.add(std::move(building));
  return true;
}

/// Under this word reports count a plain GIS object.
const char* typeOf(const VectorShape& shape) {
  if (!shape.polygons.empty()) return "Area";
  return shape.lines.empty() ? "Place" : "Line";
}

bool emitObject(Feature& feature) {
  model::CityObject object;
  const LayerKind kind = feature.plan.kind;
  object.kind = kind == LayerKind::water        ? model::ObjectKind::water
                : kind == LayerKind::vegetation ? model::ObjectKind::vegetation
                                                : model::ObjectKind::other;
  object.type = typeOf(feature.shape);
  if (object.kind == model::ObjectKind::water) {
    feature.shape.points.clear();
    object.type = "Area";
  }
  if (feature.shape.empty()) return false;
  object.id = feature.id;
  object.source = feature.plan.source;
  object.attributes = std::move(feature.attributes);
  object.name = feature.cells.text("name");
  std::vector<Vec3d> points = std::move(feature.shape.points);
  object.geometry = geometryOf(feature.shape, model::SurfaceKind::unknown);
  object.geometry.points = std::move(points);
  feature.context.sink.add(std::move(object));
  return true;
}

bool emitDumpSite(Feature& feature) {
  model::SnowDumpSite site;
  site.id = feature.id;
  site.source = feature.plan.source;
  site.attributes = std::move(feature.attributes);
  site.name = feature.cells.text("name");
  site.capacity_m3 = feature.cells.amount("capacity");
  site.fill_ratio = feature.cells.amount("fill_ratio");
  if (site.fill_ratio && normalizeHead(feature.plan.match.find("fill_ratio")->head).unit == "%")
    *site.fill_ratio /= 100;
  if (!feature.shape.points.empty())
    site.position = feature.shape.points.front();
  else if (!feature.shape.polygons.empty())
    site.position = model::boundsOf(geometryOf(feature.shape, model::SurfaceKind::unknown)).centre();
  else
    return false;
  feature.context.sink.add(std::move(site));
  return true;
}

}  // namespace

void nameColumns(LayerPlan& plan) {
  plan.names.assign(plan.heads.begin(), plan.heads.end());
}

bool emitFeature(const LayerPlan& plan, std::int64_t fid, const std::vector<std::string>& cells, VectorShape shape,
                 Context& context) {
  const CellReader reader(plan.match, cells, plan.file, fid, context.problems);
  Feature feature{plan, reader, idOf(plan, reader, fid), attributesOf(plan, cells), std::move(shape), context};
  bool fits = false;
  switch (plan.kind) {
    case LayerKind::road:
      fits = emitRoad(feature);
      break;
    case LayerKind::bridge:
      fits = emitBridge(feature);
      break;
    case LayerKind::building:
      fits = emitBuilding(feature);
      break;
    case LayerKind::dump_site:
      fits = emitDumpSite(feature);
      break;
    case LayerKind::water:
    case LayerKind::vegetation:
    case LayerKind::other:
      fits = emitObject(feature);
      break;
    case LayerKind::ignored:
      break;
  }
  if (!fits)
    context.problems.skip(plan.file, reader.place(), "geometry.unfit", "The shape does not fit what the layer holds.");
  return fits;
}

}  // namespace hashimichi::import
