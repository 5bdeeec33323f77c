#include <algorithm>

#include "geo/project/appearance_blob.h"
#include "geo/project/json_text.h"
#include "geo/project/schema.h"

namespace hashimichi::project {
namespace {

using model::ClearingClass;
using model::RoadAdministrator;
using model::SprinklerPipe;

constexpr ClearingClass clearing_classes[] = {
    ClearingClass::unknown, ClearingClass::priority,    ClearingClass::class1, ClearingClass::class2,
    ClearingClass::class3,  ClearingClass::residential, ClearingClass::none};
constexpr RoadAdministrator administrators[] = {RoadAdministrator::unknown,
                                                RoadAdministrator::nation,
                                                RoadAdministrator::prefecture,
                                                RoadAdministrator::city,
                                                RoadAdministrator::expressway_company,
                                                RoadAdministrator::other};
constexpr SprinklerPipe sprinkler_pipes[] = {SprinklerPipe::unknown, SprinklerPipe::none, SprinklerPipe::working,
                                             SprinklerPipe::failed};
constexpr model::TrafficDirection traffic_directions[] = {
    model::TrafficDirection::both, model::TrafficDirection::forward, model::TrafficDirection::backward};
using assets::StructureKind;
constexpr StructureKind structure_kinds[] = {
    StructureKind::bridge,  StructureKind::footbridge,  StructureKind::tunnel,         StructureKind::shed,
    StructureKind::culvert, StructureKind::sign_gantry, StructureKind::retaining_wall, StructureKind::slope};

/// Geometry column first: the kinds are applied to the surfaces that it gave.
void surfacesColumns(Columns& c, std::vector<model::Surface>& surfaces) {
  c.polygons(surfaces);
  std::string kinds = c.reading() ? std::string() : textFromKinds(surfaces);
  c.text("surface_kinds", kinds);
  if (c.reading()) applyKinds(kinds, surfaces);
}

void refColumns(Columns& c, FeatureRef& ref) {
  c.text("owner_table", ref.owner_table);
  c.whole("owner", ref.owner);
  c.text("owner_id", ref.owner_id);
  c.whole("shape", ref.shape);
}

void lodColumns(Columns& c, model::Geometry& geometry) {
  c.whole("lod", geometry.lod);
  c.flag("has_height", geometry.has_height);
}

/// What both layouts say of a city object after its names.
void kindAndForm(Columns& c, CityObject& row) {
  c.word<model::ObjectKind>("kind", row.kind, model::object_kinds);
  lodColumns(c, row.geometry);
  surfacesColumns(c, row.geometry.surfaces);
  attributesColumn(c, row.attributes);
  c.text("source", row.source);
}

}  // namespace

void attributesColumn(Columns& c, model::Attributes& attributes) {
  std::string json = c.reading() ? std::string() : jsonFromAttributes(attributes);
  c.text("attributes", json);
  if (c.reading()) attributes = attributesFromJson(json);
}

void buildingColumns(Columns& c, Building& row) {
  c.text("building_id", row.id);
  c.text("name", row.name);
  c.real("measured_height_m", row.measured_height_m);
  c.wholeOrEmpty("year_built", row.year_built);
  lodColumns(c, row.geometry);
  surfacesColumns(c, row.geometry.surfaces);
  attributesColumn(c, row.attributes);
  c.text("source", row.source);
}

void objectColumns(Columns& c, CityObject& row) {
  c.text("object_id", row.id);
  c.text("name", row.name);
  c.text("type", row.type);
  kindAndForm(c, row);
}

void areaColumnsV1(Columns& c, CityObject& row) {
  c.text("area_id", row.id);
  c.text("name", row.name);
  kindAndForm(c, row);
}

void dumpSiteColumns(Columns& c, SnowDumpSite& row) {
  c.text("site_id", row.id);
  c.text("name", row.name);
  c.real("capacity_m3", row.capacity_m3);
  c.real("fill_ratio", row.fill_ratio);
  std::optional<Vec3d> position = row.position;
  c.point(position);
  if (c.reading()) row.position = position.value_or(Vec3d{});
  attributesColumn(c, row.attributes);
  c.text("source", row.source);
}

bool linesRepeatCentreline(const RoadSegment& road) {
  return road.geometry.lines.size() == 1 && road.geometry.lines.front() == road.centreline;
}

void roadColumns(Columns& c, RoadSegment& road, bool& lines_are_centreline) {
  c.text("road_id", road.id);
  c.text("name", road.name);
  c.number("length_m", road.length_m);
  c.number("width_m", road.width_m);
  c.whole("lanes", road.lanes);
  c.word<ClearingClass>("clearing_class", road.clearing_class, clearing_classes);
  c.word<RoadAdministrator>("administrator", road.administrator, administrators);
  c.text("district", road.district);
  c.word<SprinklerPipe>("sprinkler_pipe", road.sprinkler_pipe, sprinkler_pipes);
  c.flag("snow_gutter", road.snow_gutter);
  c.flag("road_heating", road.road_heating);
  c.flag("on_bridge", road.on_bridge);
  c.real("aadt_vehicles_per_day", road.aadt);
  c.wholeOrEmpty("emergency_route", road.emergency_route);
  c.real("bus_trips_per_day", road.bus_trips_per_day);
  c.boolean("school_route", road.school_route);
  c.real("facility_access", road.facility_access);
  c.real("grade_percent", road.grade_percent);
  c.word<model::TrafficDirection>("direction", road.direction, traffic_directions);
  c.flag("in_tunnel", road.in_tunnel);
  c.text("parent", road.parent);
  c.real("chainage_m", road.chainage_m);
  c.real("footway_width_m", road.footway_width_m);
  c.real("storage_left_m", road.storage_left_m);
  c.real("storage_right_m", road.storage_right_m);
  c.text("snow_gutter_hours", road.snow_gutter_hours);
  c.boolean("heating_failed", road.heating_failed);
  lodColumns(c, road.geometry);
  c.flag("lines_are_centreline", lines_are_centreline);
  c.line(road.centreline);
  attributesColumn(c, road.attributes);
  c.text("source", road.source);
}

void bridgeColumns(Columns& c, Bridge& row) {
  c.word<assets::StructureKind>("kind", row.kind, structure_kinds);
  c.text("bridge_id", row.id);
  c.text("name", row.name);
  c.text("kana", row.kana);
  c.text("route_name", row.route_name);
  c.text("administrator", row.administrator);
  c.text("structure_type", row.structure_type);
  c.text("material", row.material);
  c.text("crosses", row.crosses);
  c.real("length_m", row.length_m);
  c.real("width_m", row.width_m);
  c.wholeOrEmpty("year_built", row.year_built);
  c.boolean("over_railway", row.over_railway);
  c.boolean("over_road", row.over_road);
  c.wholeOrEmpty("emergency_route", row.emergency_route);
  c.real("detour_km", row.detour_km);
  c.real("aadt_vehicles_per_day", row.aadt);
  c.boolean("bus_route", row.bus_route);
  c.boolean("facility_access", row.facility_access);
  c.wholeOrEmpty("spans", row.spans);
  c.boolean("heritage", row.heritage);
  c.text("restriction", row.restriction);
  c.flag("has_register_entry", row.has_register_entry);
  lodColumns(c, row.geometry);
  c.point(row.position);
  attributesColumn(c, row.attributes);
  c.text("source", row.source);
}

void shapeColumns(Columns& c, ShapeRow& row) {
  c.whole("owner", row.owner);
  c.text("owner_id", row.owner_id);
  surfacesColumns(c, row.surfaces);
}

void linesColumns(Columns& c, LinesRow& row) {
  refColumns(c, row.ref);
  c.text("role", row.role);
  c.lines(row.lines);
}

void otherLodColumns(Columns& c, FeatureRef& ref, model::Geometry& geometry) {
  refColumns(c, ref);
  lodColumns(c, geometry);
  surfacesColumns(c, geometry.surfaces);
}

void pointsColumns(Columns& c, FeatureRef& ref, model::Geometry& geometry) {
  refColumns(c, ref);
  c.points(geometry.points);
}

bool appearanceColumns(Columns& c, FeatureRef& ref, model::Geometry& geometry) {
  refColumns(c, ref);
  std::string blob = c.reading() ? std::string() : blobFromAppearance(geometry.appearance);
  c.blob("faces", blob);
  if (!c.reading()) return true;
  auto appearance = appearanceFromBlob(blob);
  if (appearance) geometry.appearance = std::move(*appearance);
  return appearance.has_value();
}

void meshColumns(Columns& c, MeshRow& row) {
  c.whole("owner", row.owner);
  c.text("object_id", row.object_id);
  c.text("cache", row.cache);
}

void materialColumns(Columns& c, model::Material& row) {
  c.text("name", row.name);
  const auto channel = [&c](const char* name, std::uint8_t& value) {
    int whole = value;
    c.whole(name, whole);
    value = static_cast<std::uint8_t>(std::clamp(whole, 0, 255));
  };
  channel("red", row.rgb[0]), channel("green", row.rgb[1]), channel("blue", row.rgb[2]);
  double transparency = row.transparency;
  c.number("transparency", transparency);
  row.transparency = static_cast<float>(transparency);
  c.text("texture_path", row.texture_path);
  int wrap = static_cast<int>(row.wrap);
  c.whole("texture_wrap", wrap);
  row.wrap = static_cast<model::TextureWrap>(std::clamp(wrap, 0, static_cast<int>(model::TextureWrap::border)));
  c.text("source", row.source);
}

}  // namespace hashimichi::project
