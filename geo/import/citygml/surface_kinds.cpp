#include "geo/import/citygml/surface_kinds.h"

#include <utility>

namespace hashimichi::import::citygml {
namespace {

using model::SurfaceKind;

struct ByName {
  std::string_view local;
  SurfaceKind building, bridge;
};
// An outer floor of a building is a terrace; of a bridge it is what one walks or drives on, and the outer ceiling is
// the underside of its girders.
constexpr ByName boundary_names[] = {
    {"GroundSurface", SurfaceKind::ground, SurfaceKind::ground},
    {"WallSurface", SurfaceKind::wall, SurfaceKind::wall},
    {"RoofSurface", SurfaceKind::roof, SurfaceKind::roof},
    {"OuterFloorSurface", SurfaceKind::floor, SurfaceKind::deck},
    {"FloorSurface", SurfaceKind::floor, SurfaceKind::deck},
    {"OuterCeilingSurface", SurfaceKind::ceiling, SurfaceKind::girder},
    {"CeilingSurface", SurfaceKind::ceiling, SurfaceKind::girder},
    {"ClosureSurface", SurfaceKind::closure, SurfaceKind::closure},
    {"InteriorWallSurface", SurfaceKind::wall, SurfaceKind::wall},
    {"DoorSurface", SurfaceKind::door, SurfaceKind::door},
    {"WindowSurface", SurfaceKind::window, SurfaceKind::window},
    {"WaterSurface", SurfaceKind::water, SurfaceKind::water},
    {"WaterGroundSurface", SurfaceKind::ground, SurfaceKind::ground},
    {"WaterClosureSurface", SurfaceKind::closure, SurfaceKind::closure},
};

/// The function code as a number; 0 where there is none.
int functionCode(const FeatureTree& tree, NodeId element) {
  for (const NodeId child : tree.children(element)) {
    if (tree.name(child).local != "function") continue;
    int code = 0;
    for (const char c : tree.text(child)) {
      if (c < '0' || c > '9' || code > 99999) return 0;
      code = code * 10 + (c - '0');
    }
    return code;
  }
  return 0;
}

// The codes of TrafficArea_function and AuxiliaryTrafficArea_function, PLATEAU 標準製品仕様書 5.1.

SurfaceKind trafficArea(int function) {
  if (function == 1010) return SurfaceKind::lane;
  if (function == 1020) return SurfaceKind::intersection;
  if (function == 1050 || (function >= 8000 && function < 9000)) return SurfaceKind::track_bed;
  if (function == 2030) return SurfaceKind::cycleway;
  if (function == 6000 || function == 7000) return SurfaceKind::parking;
  if (function == 0 || (function >= 1000 && function < 2000)) return SurfaceKind::carriageway;
  if (function >= 2000 && function < 3000) return SurfaceKind::footway;
  return SurfaceKind::road_other;
}

SurfaceKind auxiliaryArea(int function) {
  if (function == 1080 || (function >= 3000 && function < 4000)) return SurfaceKind::island;
  if (function == 1060 || function == 1090 || function == 1100 || function == 1110) return SurfaceKind::shoulder;
  if (function >= 5000 && function < 6000) return SurfaceKind::planting;
  if (function == 6000 || function == 7000) return SurfaceKind::parking;
  return SurfaceKind::road_other;
}

SurfaceKind constructionElement(int function) {
  if (function == 1 || function == 2 || function == 6) return SurfaceKind::substructure;  // pier, abutment, pylon
  if (function == 3 || function == 4) return SurfaceKind::girder;                         // truss, arch
  return SurfaceKind::unknown;
}

bool insideBridge(const FeatureTree& tree, NodeId node) {
  for (; node != no_node; node = tree.parent(node))
    if (tree.name(node).family == Family::brid) return true;
  return false;
}

}  // namespace

std::optional<SurfaceKind> surfaceKindOf(const FeatureTree& tree, NodeId element) {
  const Name& name = tree.name(element);
  if (!name.traits.surface) return std::nullopt;
  if (name.local == "TrafficArea") return trafficArea(functionCode(tree, element));
  if (name.local == "AuxiliaryTrafficArea") return auxiliaryArea(functionCode(tree, element));
  if (name.local == "Door") return SurfaceKind::door;
  if (name.local == "Window") return SurfaceKind::window;
  if (name.local == "HollowSpace") return SurfaceKind::interior;
  if (name.local == "BridgeConstructionElement" || name.local == "BridgeConstructiveElement")
    return constructionElement(functionCode(tree, element));
  if (name.local == "BridgeInstallation") {
    const int function = functionCode(tree, element);
    return function == 5 || function == 6 ? SurfaceKind::railing : SurfaceKind::unknown;  // railing, barrier
  }
  for (const ByName& row : boundary_names)
    if (name.local == row.local) return insideBridge(tree, element) ? row.bridge : row.building;
  return std::nullopt;
}

SurfaceKind surfaceKindAround(const FeatureTree& tree, NodeId node) {
  for (; node != no_node; node = tree.parent(node))
    if (const auto kind = surfaceKindOf(tree, node)) return *kind;
  return SurfaceKind::unknown;
}

}  // namespace hashimichi::import::citygml
