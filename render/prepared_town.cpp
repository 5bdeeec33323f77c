#include "render/prepared_town.h"

#include <future>

#include "render/draw_table.h"
#include "render/pick.h"
#include "render/prepare.h"

namespace hashimichi::render {
namespace {

/// What does not depend on the level of detail.
void takeGround(const PreparedTown& former, PreparedTown& town) {
  town.ground = former.ground;
  town.terrain = former.terrain;
  town.terrain_skirt = former.terrain_skirt;
  town.ground_tiles = former.ground_tiles;
  town.terrain_texture = former.terrain_texture;
  town.point_samples = former.point_samples;
  town.labels = former.labels;
}

std::vector<std::uint8_t> closedBuildings(const model::CityModel& model, const LodChoice& lod) {
  std::vector<std::uint8_t> closed(model.buildings.size());
  const std::optional<int> wanted = lod.of(Layer::buildings);
  for (std::size_t i = 0; i < closed.size(); ++i)
    closed[i] = closedShell(shapeAt(wanted, model.buildings[i].geometry, model.buildings[i].other_lods));
  return closed;
}

/// What a picture needs of the solids; pictures on faces are not among them.
void prepareTables(PreparedTown& town, const LodChoice& lod) {
  const auto tableOf = [](DressedMesh& mesh, std::span<const std::uint8_t> closed) {
    if (!mesh.triangles.empty()) mesh.table = std::make_shared<const DrawTable>(solidTable(mesh, closed));
  };
  tableOf(town.buildings, closedBuildings(*town.model, lod));
  tableOf(town.bridges, {});
  for (ObjectShapes& shapes : town.objects) tableOf(shapes.solids, {});
}

}  // namespace

PreparedTownPtr prepareTown(const model::CityModelPtr& model, Progress& progress, const PrepareOptions& options) {
  auto town = std::make_shared<PreparedTown>();
  town->model = model;
  town->lod = options.lod;
  town->bounds = model->bounds();
  const auto step = [&](double fraction, std::string_view what) {
    progress.report(fraction, what);
    return !progress.cancelled();
  };
  if (!step(0, "terrain")) return nullptr;
  const bool again = options.former && options.former->model == model;
  std::future<std::shared_ptr<const Image>> texture;
  if (again) {
    takeGround(*options.former, *town);
  } else {
    town->ground = groundOf(*model, town->bounds);
    // The imagery takes as long as all the rest: it is read beside it. (A future of std::async waits when it goes.)
    texture = std::async(std::launch::async, [&, limit = options.texture_limit_px] {
      return std::make_shared<const Image>(terrainTexture(*model, town->ground, limit));
    });
    prepareGround(town->ground, town->terrain, town->ground_tiles);
    town->terrain_skirt = terrainSkirt(town->ground);
  }
  if (!step(0.1, "buildings")) return nullptr;
  town->buildings = buildingMesh(*model, town->ground, options.lod);
  prepareObjects(*model, options.lod, *town);
  if (!step(0.3, "roads and bridges")) return nullptr;
  prepareBridges(*model, options.lod, *town);
  prepareRoads(*model, options.lod, *town);
  if (!step(0.5, "points and names")) return nullptr;
  if (!again) {
    preparePoints(*model, *town);
    town->labels = labelsOf(*model, town->ground);
  }
  if (!step(0.6, "picking")) return nullptr;
  std::future<void> tables = std::async(std::launch::async, [&] { prepareTables(*town, options.lod); });
  town->pick_index = PickIndex::build(*town);
  tables.get();
  if (!step(0.7, "imagery")) return nullptr;
  if (texture.valid()) town->terrain_texture = texture.get();
  progress.report(1, "town prepared");
  return town;
}

}  // namespace hashimichi::render
