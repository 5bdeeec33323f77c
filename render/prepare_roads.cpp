#include "render/drape.h"
#include "render/prepare.h"
#include "render/ribbon.h"

namespace hashimichi::render {
namespace {

constexpr double default_road_width_m = 4;
constexpr double surface_lift_m = 0.12;

void appendSurfaces(const model::RoadSegment& road, const model::Geometry& shape, std::uint32_t index,
                    PreparedTown& town) {
  const double step_m = pieceLength(town.ground);
  for (const model::Surface& surface : shape.surfaces) {
    if (surface.polygon.outer.size() < 3) continue;
    appendDraped(surface.polygon, index, town.ground, step_m, surface_lift_m, town.roads);
    const model::Polyline outline = drapedOutline(surface.polygon.outer, town.ground, step_m, surface_lift_m);
    appendLine(outline, index, town.road_edges);
    if (road.centreline.size() < 2) appendLine(outline, index, town.road_axes);
  }
}

void appendBand(const model::Polyline& line, double width_m, bool with_surface, std::uint32_t index,
                const TriangleTree* decks, PreparedTown& town) {
  const Ribbon ribbon = ribbonAlong(line, width_m, pieceLength(town.ground), town.ground, decks);
  appendLine(ribbon.axis, index, town.road_axes);
  if (with_surface) return;
  appendRibbon(ribbon, index, town.roads);
  appendLine(ribbon.left, index, town.road_edges);
  appendLine(ribbon.right, index, town.road_edges);
}

}  // namespace

double drawnWidth(const model::RoadSegment& road) {
  return road.width_m > 0 ? road.width_m : default_road_width_m;
}

void prepareRoads(const model::CityModel& model, const LodChoice& lod, PreparedTown& town) {
  const TriangleTree decks(town.bridge_decks);
  for (std::size_t i = 0; i < model.roads.size(); ++i) {
    const model::RoadSegment& road = model.roads[i];
    const auto index = static_cast<std::uint32_t>(i);
    const model::Geometry& shape = shapeAt(lod.of(Layer::roads), road.geometry, road.other_lods);
    const TriangleTree* below = road.on_bridge ? &decks : nullptr;
    // An area knows the height of its outline only; on a cambered deck the centre line knows better.
    const bool band_only = road.on_bridge && road.centreline.size() >= 2;
    const bool with_surface = !shape.surfaces.empty() && !band_only;
    if (with_surface) appendSurfaces(road, shape, index, town);
    if (road.centreline.size() >= 2)
      appendBand(road.centreline, drawnWidth(road), with_surface, index, below, town);
    else if (!with_surface)
      for (const model::Polyline& line : shape.lines) appendBand(line, drawnWidth(road), false, index, below, town);
  }
}

}  // namespace hashimichi::render
