#pragma once
#include <array>

#include "geo/model/city_model.h"
#include "render/prepared_town.h"

namespace hashimichi::render {

/// The parts of prepareTown, each a pure function of the model. Local frame, metres.

/// Light from the north-west at 45° with a bright sky, baked into the colours once: the sun does not move, and a
/// software renderer has no time for it in every frame. 1 = as bright as the colour itself.
double lightOn(Vec3d unit_normal);

using Colour = std::array<double, 3>;
void pushColour(std::vector<std::uint8_t>& rgb, const Colour& colour, double light);

/// The ground as it is drawn: the height model, thinned to what is kept of it, else a level plane.
model::Terrain groundOf(const model::CityModel& model, const Bounds& town);
/// Triangles with texture coordinates; cells without height are left open.
Mesh terrainMesh(const model::Terrain& ground);
/// The same, and in tiles at several levels of detail.
void prepareGround(const model::Terrain& ground, Mesh& mesh, std::shared_ptr<const GroundTiles>& tiles);
/// A wall down from the ground's edge, so that the town stands as a block and not as a floating sheet.
Mesh terrainSkirt(const model::Terrain& ground);
/// Imagery at 70 % saturation, or a calm height tint where there is none, times the hillshade.
Image terrainTexture(const model::CityModel& model, const model::Terrain& ground, int limit_px);

DressedMesh buildingMesh(const model::CityModel& model, const model::Terrain& ground, const LodChoice& lod);
/// 4 m where the width is not known.
double drawnWidth(const model::RoadSegment& road);
/// After prepareBridges: roads lie on decks.
void prepareRoads(const model::CityModel& model, const LodChoice& lod, PreparedTown& town);
void prepareBridges(const model::CityModel& model, const LodChoice& lod, PreparedTown& town);
/// Everything else that the town holds; flat shapes are laid on the ground where they lie near it.
void prepareObjects(const model::CityModel& model, const LodChoice& lod, PreparedTown& town);
void preparePoints(const model::CityModel& model, PreparedTown& town);
std::vector<Label> labelsOf(const model::CityModel& model, const model::Terrain& ground);

/// Height of the drawn ground; `otherwise` outside it.
double groundHeight(const model::Terrain& ground, double x, double y, double otherwise);

}  // namespace hashimichi::render
