#include "render/prepared_town.h"

#include <future>

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
  // The imagery takes as long as all the rest: it is read beside it. (A future of std::async waits when it goes.)
  const model::Terrain& ground = town->ground;
  auto texture = std::async(std::launch::async, [&] { return terrainTexture(*model, ground, texture_limit_px); });
  if (!step(0.1, "buildings")) return nullptr;
  town->buildings = buildingMesh(*model, town->ground);
  town->water = areaMesh(*model, town->ground);
  if (!step(0.3, "roads and bridges")) return nullptr;
  prepareBridges(*model, *town);
  prepareRoads(*model, *town);
  if (!step(0.5, "points and names")) return nullptr;
  preparePoints(*model, *town);
  town->labels = labelsOf(*model, town->ground);
  if (!step(0.6, "picking")) return nullptr;
  town->pick_index = PickIndex::build(*town);
  if (!step(0.7, "imagery")) return nullptr;
  town->terrain_texture = texture.get();
  progress.report(1, "town prepared");
  return town;
}

}  // namespace hashimichi::render
