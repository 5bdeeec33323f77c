#include <algorithm>

#include "render/drape.h"
#include "render/face.h"
#include "render/in_shares.h"
#include "render/ribbon.h"

namespace hashimichi::render {
namespace {

/// Desaturated, so that ranks read; roofs a little lighter and warmer than walls.
constexpr Colour roof_colour{222, 219, 213}, wall_colour{198, 200, 204}, footprint_colour{186, 186, 186};
constexpr Colour bridge_colour{172, 174, 178};
/// A face whose normal rises more than this is seen from above: a roof, a deck.
constexpr double faces_up = 0.5;
constexpr double footprint_lift_m = 0.3;
/// Above the noise of a survey of the same deck.
constexpr double deck_lift_m = 0.15;
constexpr double default_bridge_width_m = 4;

/// A footprint (LOD0) stands flat on the ground; ground faces of solids are never seen.
void appendBuilding(const model::CityModel& model, const model::Geometry& shape, std::uint32_t index,
                    const model::Terrain& ground, DressedMesh& mesh) {
  const bool flat = shape.lod == 0;
  Faces faces(model, shape, index, mesh);
  for (std::size_t i = 0; i < shape.surfaces.size(); ++i) {
    const model::Surface& surface = shape.surfaces[i];
    if (surface.polygon.outer.size() < 3) continue;
    if (flat) {
      appendDraped(surface.polygon, index, ground, pieceLength(ground), footprint_lift_m, mesh);
      paintNewVertices(mesh, footprint_colour, 1);
      continue;
    }
    const Vec3d normal = unitNormal(surface.polygon);
    if (surface.kind == model::SurfaceKind::ground || normal.z < -0.9) continue;
    const bool roof = surface.kind == model::SurfaceKind::roof || normal.z > faces_up;
    faces.append(i, roof ? roof_colour : wall_colour, lightOn(normal));
  }
}

bool carriesRank(const model::Surface& surface, Vec3d normal) {
  return normal.z > faces_up && surface.kind != model::SurfaceKind::railing &&
         surface.kind != model::SurfaceKind::substructure;
}

void appendBridge(const model::CityModel& model, const model::Bridge& bridge, const LodChoice& lod, std::uint32_t index,
                  PreparedTown& town) {
  const model::Geometry& shape = shapeAt(lod.of(Layer::bridges), bridge.geometry, bridge.other_lods);
  bool has_deck = false;
  Faces faces(model, shape, index, town.bridges);
  for (std::size_t i = 0; i < shape.surfaces.size(); ++i) {
    const model::Surface& surface = shape.surfaces[i];
    if (surface.polygon.outer.size() < 3) continue;
    const Vec3d normal = unitNormal(surface.polygon);
    faces.append(i, bridge_colour, lightOn(normal));
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

DressedMesh buildingMesh(const model::CityModel& model, const model::Terrain& ground, const LodChoice& lod) {
  const std::optional<int> wanted = lod.of(Layer::buildings);
  auto parts = inShares(model.buildings.size(), [&](std::size_t from, std::size_t to) {
    DressedMesh mesh;
    for (std::size_t i = from; i < to; ++i) {
      const model::Building& building = model.buildings[i];
      appendBuilding(model, shapeAt(wanted, building.geometry, building.other_lods), static_cast<std::uint32_t>(i),
                     ground, mesh);
    }
    return mesh;
  });
  DressedMesh mesh;
  for (DressedMesh& part : parts) append(mesh, std::move(part));
  return mesh;
}

void prepareBridges(const model::CityModel& model, const LodChoice& lod, PreparedTown& town) {
  for (std::size_t i = 0; i < model.bridges.size(); ++i) {
    const auto index = static_cast<std::uint32_t>(i);
    appendBridge(model, model.bridges[i], lod, index, town);
    if (const auto place = markPlace(model.bridges[i], town.ground)) town.bridge_marks.push_back({*place, index});
  }
}

}  // namespace hashimichi::render
