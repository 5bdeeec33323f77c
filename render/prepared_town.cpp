#include "render/prepared_town.h"

#include "render/pick.h"
#include "render/prepare.h"

namespace hashimichi::render {

PreparedTownPtr prepareTown(const model::CityModelPtr& model, Progress& progress, int texture_limit_px) {
  auto town = std::make_shared<PreparedTown>();
  town->model = model;
  town->bounds = model->bounds();
  town->ground = groundOf(*model, town->bounds);
  const auto step = [&](double fraction, std::string_view what) {
    progress.report(fraction, what);
    return !progress.cancelled();
  };
  if (!step(0, "terrain")) return nullptr;
  town->terrain = terrainMesh(town->ground);
  town->terrain_skirt = terrainSkirt(town->ground);
  town->terrain_texture = terrainTexture(*model, town->ground, texture_limit_px);
  if (!step(0.4, "buildings")) return nullptr;
  town->buildings = buildingMesh(*model, town->ground);
  town->water = areaMesh(*model, town->ground);
  if (!step(0.6, "roads and bridges")) return nullptr;
  prepareRoads(*model, *town);
  prepareBridges(*model, *town);
  if (!step(0.8, "points and names")) return nullptr;
  preparePoints(*model, *town);
  town->labels = labelsOf(*model, town->ground);
  if (!step(0.9, "picking")) return nullptr;
  town->pick_index = PickIndex::build(*town);
  progress.report(1, "town prepared");
  return town;
}

}  // namespace hashimichi::render
