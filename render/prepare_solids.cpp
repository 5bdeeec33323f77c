#include <algorithm>

#include "geo/model/triangulate.h"
#include "render/drape.h"
#include "render/prepare.h"
#include "render/ribbon.h"

namespace hashimichi::render {
namespace {

/// Desaturated, so that ranks read; roofs a little lighter and warmer than walls.
constexpr Colour roof_colour{222, 219, 213}, wall_colour{198, 200, 204}, footprint_colour{186, 186, 186};
constexpr Colour bridge_colour{172, 174, 178};
constexpr Colour water_colour{134, 160, 184}, vegetation_colour{150, 164, 146};
/// A face whose normal rises more than this is seen from above: a roof, a deck.
constexpr double faces_up = 0.5;
constexpr double footprint_lift_m = 0.3, water_lift_m = 0.12;
/// Above the noise of a survey of the same deck.
constexpr double deck_lift_m = 0.15;
constexpr double default_bridge_width_m = 4;

Vec3d unitNormal(const model::Polygon& polygon) {
  const Vec3d n = model::newellNormal(polygon.outer);
  const double length = norm(n);
  return length > 0 ? n * (1 / length) : Vec3d{0, 0, 1};
}

/// Own vertices for every face: colours are per vertex, and an edge between two faces stays sharp.
void appendFace(const model::Polygon& polygon, std::uint32_t feature, Mesh& mesh, double lift_m = 0) {
  std::vector<model::Triangle> triangles;
  model::triangulate(polygon, triangles);
  if (triangles.empty()) return;
  const auto base = static_cast<std::uint32_t>(mesh.vertexCount());
  const auto push = [&](const model::Ring& ring) {
    for (const Vec3d& p : ring)
      mesh.xyz.insert(mesh.xyz.end(),
                      {static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(p.z + lift_m)});
  };
  push(polygon.outer);
  for (const model::Ring& hole : polygon.holes) push(hole);
  for (const model::Triangle& triangle : triangles) {
    for (const std::uint32_t corner : triangle) mesh.triangles.push_back(base + corner);
    mesh.feature.push_back(feature);
  }
}

void paintNewVertices(Mesh& mesh, const Colour& colour, double light) {
  while (mesh.rgb.size() < mesh.xyz.size()) pushColour(mesh.rgb, colour, light);
}

/// A footprint (LOD0) stands flat on the ground; ground faces of solids are never seen.
void appendBuilding(const model::Building& building, std::uint32_t index, const model::Terrain& ground, Mesh& mesh) {
  const bool flat = building.geometry.lod == 0;
  for (const model::Surface& surface : building.geometry.surfaces) {
    if (surface.polygon.outer.size() < 3) continue;
    if (flat) {
      appendDraped(surface.polygon, index, ground, pieceLength(ground), footprint_lift_m, mesh);
      paintNewVertices(mesh, footprint_colour, 1);
      continue;
    }
    const Vec3d normal = unitNormal(surface.polygon);
    if (surface.kind == model::SurfaceKind::ground || normal.z < -0.9) continue;
    appendFace(surface.polygon, index, mesh);
    const bool roof = surface.kind == model::SurfaceKind::roof || normal.z > faces_up;
    paintNewVertices(mesh, roof ? roof_colour : wall_colour, lightOn(normal));
  }
}

bool carriesRank(const model::Surface& surface, Vec3d normal) {
  return normal.z > faces_up && surface.kind != model::SurfaceKind::railing &&
         surface.kind != model::SurfaceKind::substructure;
}

void appendBridge(const model::Bridge& bridge, std::uint32_t index, PreparedTown& town) {
  bool has_deck = false;
  for (const model::Surface& surface : bridge.geometry.surfaces) {
    if (surface.polygon.outer.size() < 3) continue;
    const Vec3d normal = unitNormal(surface.polygon);
    appendFace(surface.polygon, index, town.bridges);
    paintNewVertices(town.bridges, bridge_colour, lightOn(normal));
    if (!carriesRank(surface, normal)) continue;
    appendFace(surface.polygon, index, town.bridge_decks, deck_lift_m);
    has_deck = true;
  }
  if (has_deck || bridge.axis.size() < 2) return;
  const double width_m = bridge.width_m.value_or(default_bridge_width_m);
  appendRibbon(ribbonAlong(bridge.axis, width_m, pieceLength(town.ground), town.ground), index, town.bridge_decks);
}

std::optional<Vec3d> markPlace(const model::Bridge& bridge, const model::Terrain& ground) {
  const Bounds shape = model::boundsOf(bridge.geometry);
  if (!shape.empty()) return Vec3d{shape.centre().x, shape.centre().y, shape.high.z + 1};
  Vec3d place;
  if (bridge.axis.size() >= 2)
    place = model::pointAlong(bridge.axis, model::length2d(bridge.axis) / 2).point;
  else if (bridge.position)
    place = *bridge.position;
  else
    return std::nullopt;
  if (!isFinite(place)) return std::nullopt;
  place.z = std::max(place.z, groundHeight(ground, place.x, place.y, place.z)) + 1;
  return place;
}

}  // namespace

double lightOn(Vec3d unit_normal) {
  constexpr Vec3d to_sun{-0.5, 0.5, 0.70710678}, to_fill{0.75, -0.35, 0.56};
  const double sun = std::max(0.0, dot(unit_normal, to_sun)), fill = std::max(0.0, dot(unit_normal, to_fill));
  const double sky = 0.5 + 0.5 * unit_normal.z;
  return 0.52 + 0.36 * sun + 0.14 * fill + 0.10 * sky;
}

void pushColour(std::vector<std::uint8_t>& rgb, const Colour& colour, double light) {
  for (const double channel : colour) rgb.push_back(static_cast<std::uint8_t>(std::clamp(channel * light, 0.0, 255.0)));
}

Mesh buildingMesh(const model::CityModel& model, const model::Terrain& ground) {
  Mesh mesh;
  for (std::size_t i = 0; i < model.buildings.size(); ++i)
    appendBuilding(model.buildings[i], static_cast<std::uint32_t>(i), ground, mesh);
  return mesh;
}

void prepareBridges(const model::CityModel& model, PreparedTown& town) {
  for (std::size_t i = 0; i < model.bridges.size(); ++i) {
    const auto index = static_cast<std::uint32_t>(i);
    appendBridge(model.bridges[i], index, town);
    if (const auto place = markPlace(model.bridges[i], town.ground)) town.bridge_marks.push_back({*place, index});
  }
}

Mesh areaMesh(const model::CityModel& model, const model::Terrain& ground) {
  Mesh mesh;
  for (std::size_t i = 0; i < model.objects.size(); ++i) {
    const model::CityObject& area = model.objects[i];
    // Over an orthophoto green areas would only hide what can be seen already.
    if (area.kind != model::ObjectKind::water && area.kind != model::ObjectKind::vegetation) continue;
    if (area.kind == model::ObjectKind::vegetation && !model.imagery.empty()) continue;
    for (const model::Surface& surface : area.geometry.surfaces)
      if (surface.polygon.outer.size() >= 3)
        appendDraped(surface.polygon, static_cast<std::uint32_t>(i), ground, pieceLength(ground), water_lift_m, mesh);
    paintNewVertices(mesh, area.kind == model::ObjectKind::water ? water_colour : vegetation_colour, 1);
  }
  return mesh;
}

}  // namespace hashimichi::render
