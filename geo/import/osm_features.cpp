#include "geo/import/osm_features.h"

#include <fmt/format.h>
#include <ogr_geometry.h>

#include <algorithm>
#include <cmath>

#include "geo/import/vector_shape.h"

namespace hashimichi::import {
namespace {

constexpr double units_per_degree = 1e7;
constexpr std::size_t most_classes = 64;  // what people invent as a class of highway is not listed without end

std::uint64_t packed(double lon_deg, double lat_deg) {
  const auto x = static_cast<std::uint32_t>(static_cast<std::int32_t>(std::lround(lon_deg * units_per_degree)));
  const auto y = static_cast<std::uint32_t>(static_cast<std::int32_t>(std::lround(lat_deg * units_per_degree)));
  return static_cast<std::uint64_t>(x) << 32 | y;
}

model::Attributes attributesOf(const OsmTags& tags) {
  model::Attributes attributes;
  for (const auto& [key, value] : tags) model::append(attributes, key, value);
  return attributes;
}

std::string nameOf(const OsmTags& tags) {
  for (const char* key : {"name", "name:ja", "ref"})
    if (std::string name = osmTag(tags, key); !name.empty()) return name;
  return {};
}

/// A way cut at the nodes that it shares with other roads.
std::vector<OGRLineString> piecesOf(const OGRLineString& way, const SharedNodes& shared) {
  std::vector<OGRLineString> pieces(1);
  for (int i = 0; i < way.getNumPoints(); ++i) {
    pieces.back().addPoint(way.getX(i), way.getY(i));
    const bool inside = i > 0 && i + 1 < way.getNumPoints();
    if (!inside || !shared.contains(way.getX(i), way.getY(i))) continue;
    pieces.emplace_back();
    pieces.back().addPoint(way.getX(i), way.getY(i));
  }
  return pieces;
}

model::Geometry flat(VectorShape shape, model::SurfaceKind kind) {
  model::Geometry geometry;
  geometry.has_height = false;
  for (model::Polygon& polygon : shape.polygons) geometry.surfaces.push_back({std::move(polygon), kind});
  geometry.lines = std::move(shape.lines);
  return geometry;
}

model::RoadSegment roadFacts(const OsmObject& object, const std::string& source) {
  model::RoadSegment road;
  road.id = object.id;
  road.source = source;
  road.name = nameOf(object.tags);
  road.attributes = attributesOf(object.tags);
  road.lanes = osmCount(osmTag(object.tags, "lanes")).value_or(0);
  road.width_m = osmMetres(osmTag(object.tags, "width")).value_or(0);
  road.on_bridge = osmYes(object.tags, "bridge");
  return road;
}

}  // namespace

void SharedNodes::add(const OGRLineString& road) {
  for (int i = 0; i < road.getNumPoints(); ++i) nodes_.push_back(packed(road.getX(i), road.getY(i)));
}

void SharedNodes::finish() {
  std::sort(nodes_.begin(), nodes_.end());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < nodes_.size();) {
    std::size_t next = i + 1;
    while (next < nodes_.size() && nodes_[next] == nodes_[i]) ++next;
    if (next - i > 1) nodes_[kept++] = nodes_[i];
    i = next;
  }
  nodes_.resize(kept);
  nodes_.shrink_to_fit();
}

bool SharedNodes::contains(double lon_deg, double lat_deg) const {
  return std::binary_search(nodes_.begin(), nodes_.end(), packed(lon_deg, lat_deg));
}

void OsmEmitter::take(const OsmObject& object) {
  switch (osmThing(object.tags, object.area)) {
    case OsmThing::road:
      return road(object);
    case OsmThing::bridge:
      return bridge(object);
    case OsmThing::building:
      return building(object);
    case OsmThing::water:
      return this->object(object, model::ObjectKind::water, "WaterBody");
    case OsmThing::vegetation:
      return this->object(object, model::ObjectKind::vegetation, "PlantCover");
    case OsmThing::railway:
      return this->object(object, model::ObjectKind::railway, "Railway");
    case OsmThing::left_out_highway: {
      const std::string highway = osmTag(object.tags, "highway");
      ++left_out_[left_out_.size() < most_classes || left_out_.contains(highway) ? highway : "…"];
      return;
    }
    case OsmThing::nothing:
      ++nothing_;
  }
}

void OsmEmitter::road(const OsmObject& object) {
  const model::RoadSegment facts = roadFacts(object, source_);
  if (object.area) {
    model::RoadSegment square = facts;
    square.geometry = flat(shapeOf(object.geometry, placer_), model::SurfaceKind::carriageway);
    if (square.geometry.surfaces.empty()) return;
    context_.sink.add(std::move(square));
    ++read_;
    return;
  }
  const std::vector<OGRLineString> pieces = piecesOf(*object.geometry.toLineString(), shared_);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    VectorShape shape = shapeOf(pieces[i], placer_);
    if (shape.lines.empty()) {
      context_.problems.skip(file_, object.id, "geometry.degenerate", "The way has too few points for a line.");
      continue;
    }
    model::RoadSegment road = facts;
    if (pieces.size() > 1) road.id = fmt::format("{}-{}", facts.id, i + 1);
    road.geometry = flat(std::move(shape), model::SurfaceKind::carriageway);
    road.centreline = road.geometry.lines.front();
    road.length_m = model::length2d(road.centreline);
    context_.sink.add(std::move(road));
    ++read_;
  }
}

void OsmEmitter::building(const OsmObject& object) {
  model::Building building;
  building.geometry = flat(shapeOf(object.geometry, placer_), model::SurfaceKind::ground);
  if (building.geometry.surfaces.empty()) return;
  building.id = object.id;
  building.source = source_;
  building.name = nameOf(object.tags);
  building.attributes = attributesOf(object.tags);
  building.measured_height_m = osmMetres(osmTag(object.tags, "height"));
  context_.sink.add(std::move(building));
  ++read_;
}

void OsmEmitter::bridge(const OsmObject& object) {
  model::Bridge bridge;
  bridge.geometry = flat(shapeOf(object.geometry, placer_), model::SurfaceKind::deck);
  if (bridge.geometry.empty()) return;
  bridge.id = object.id;
  bridge.source = source_;
  bridge.name = nameOf(object.tags);
  bridge.structure_type = osmTag(object.tags, "bridge:structure");
  bridge.attributes = attributesOf(object.tags);
  bridge.position = model::boundsOf(bridge.geometry).centre();
  context_.sink.add(std::move(bridge));
  ++read_;
}

void OsmEmitter::object(const OsmObject& object, model::ObjectKind kind, const char* type) {
  model::CityObject thing;
  thing.geometry = flat(shapeOf(object.geometry, placer_), model::SurfaceKind::unknown);
  if (thing.geometry.empty()) return;
  thing.id = object.id;
  thing.source = source_;
  thing.name = nameOf(object.tags);
  thing.kind = kind;
  thing.type = type;
  thing.attributes = attributesOf(object.tags);
  context_.sink.add(std::move(thing));
  ++read_;
}

void OsmEmitter::finish() {
  std::string classes;
  std::size_t count = 0;
  for (const auto& [highway, ways] : left_out_) {
    classes += fmt::format("{}{} {}", classes.empty() ? "" : ", ", ways, highway);
    count += ways;
  }
  if (count > 0)
    context_.problems.assume(
        file_, {}, "osm.left_out",
        fmt::format("{} ways are highways that no vehicle clears and were left out ({}).", count, classes));
  if (nothing_ > 0)
    context_.problems.assume(
        file_, {}, "osm.not_read",
        fmt::format("{} ways and areas are neither road, bridge, building, water, vegetation nor railway.", nothing_));
}

}  // namespace hashimichi::import
