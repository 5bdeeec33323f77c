#include "geo/import/cityjson/object_types.h"

namespace hashimichi::import::cityjson {
namespace {

using model::ObjectKind;
using model::SurfaceKind;

struct TypeRow {
  std::string_view name;
  ObjectType type;
};
constexpr TypeRow types[] = {
    {"Building", {Role::building, ObjectKind::other, false}},
    {"BuildingPart", {Role::building, ObjectKind::other, false}},
    {"BuildingInstallation", {Role::building, ObjectKind::other, true}},
    {"BuildingConstructiveElement", {Role::building, ObjectKind::other, true}},
    {"BuildingRoom", {Role::inside, ObjectKind::other, false}},
    {"BuildingStorey", {Role::inside, ObjectKind::other, false}},
    {"BuildingUnit", {Role::inside, ObjectKind::other, false}},
    {"BuildingFurniture", {Role::inside, ObjectKind::other, false}},
    {"Road", {Role::road, ObjectKind::other, false}},
    {"Bridge", {Role::bridge, ObjectKind::other, false}},
    {"BridgePart", {Role::bridge, ObjectKind::other, false}},
    {"BridgeInstallation", {Role::bridge, ObjectKind::other, true}},
    {"BridgeConstructiveElement", {Role::bridge, ObjectKind::other, true}},
    {"BridgeConstructionElement", {Role::bridge, ObjectKind::other, true}},
    {"BridgeRoom", {Role::inside, ObjectKind::other, false}},
    {"BridgeFurniture", {Role::inside, ObjectKind::other, false}},
    {"Tunnel", {Role::object, ObjectKind::tunnel, false}},
    {"TunnelPart", {Role::object, ObjectKind::tunnel, false}},
    {"TunnelInstallation", {Role::object, ObjectKind::tunnel, true}},
    {"TunnelConstructiveElement", {Role::object, ObjectKind::tunnel, true}},
    {"TunnelHollowSpace", {Role::inside, ObjectKind::other, false}},
    {"TunnelFurniture", {Role::inside, ObjectKind::other, false}},
    {"Railway", {Role::object, ObjectKind::railway, false}},
    {"TransportSquare", {Role::object, ObjectKind::square, false}},
    {"Waterway", {Role::object, ObjectKind::waterway, false}},
    {"WaterBody", {Role::object, ObjectKind::water, false}},
    {"LandUse", {Role::object, ObjectKind::land_use, false}},
    {"PlantCover", {Role::object, ObjectKind::vegetation, false}},
    {"SolitaryVegetationObject", {Role::object, ObjectKind::vegetation, false}},
    {"CityFurniture", {Role::object, ObjectKind::furniture, false}},
    {"OtherConstruction", {Role::object, ObjectKind::construction, false}},
    {"GenericCityObject", {Role::object, ObjectKind::generic, false}},
    {"CityObjectGroup", {Role::object, ObjectKind::other, false}},
    {"TINRelief", {Role::relief, ObjectKind::other, false}},
};

struct SurfaceRow {
  std::string_view name;
  SurfaceKind elsewhere, bridge;
};
// Of a bridge, a floor is what one walks or drives on, and the ceiling is the underside of its girders.
constexpr SurfaceRow surfaces[] = {
    {"GroundSurface", SurfaceKind::ground, SurfaceKind::ground},
    {"WallSurface", SurfaceKind::wall, SurfaceKind::wall},
    {"RoofSurface", SurfaceKind::roof, SurfaceKind::roof},
    {"OuterFloorSurface", SurfaceKind::floor, SurfaceKind::deck},
    {"FloorSurface", SurfaceKind::floor, SurfaceKind::deck},
    {"OuterCeilingSurface", SurfaceKind::ceiling, SurfaceKind::girder},
    {"CeilingSurface", SurfaceKind::ceiling, SurfaceKind::girder},
    {"ClosureSurface", SurfaceKind::closure, SurfaceKind::closure},
    {"InteriorWallSurface", SurfaceKind::wall, SurfaceKind::wall},
    {"TrafficArea", SurfaceKind::carriageway, SurfaceKind::deck},
    {"AuxiliaryTrafficArea", SurfaceKind::road_other, SurfaceKind::road_other},
    {"TransportationMarking", SurfaceKind::road_other, SurfaceKind::road_other},
    {"TransportationHole", SurfaceKind::road_other, SurfaceKind::road_other},
};

}  // namespace

ObjectType objectTypeOf(std::string_view type) {
  for (const TypeRow& row : types)
    if (row.name == type) return row.type;
  if (type.starts_with('+')) return {Role::object, ObjectKind::other, false};
  return {};
}

SurfaceKind surfaceKindOf(std::string_view semantic_type, Role role) {
  for (const SurfaceRow& row : surfaces)
    if (row.name == semantic_type) return role == Role::bridge ? row.bridge : row.elsewhere;
  return SurfaceKind::unknown;
}

}  // namespace hashimichi::import::cityjson
