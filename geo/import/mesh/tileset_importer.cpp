#include <fmt/format.h>

#include "geo/core/file.h"
#include "geo/crs/earth_centred.h"
#include "geo/import/importer.h"
#include "geo/import/mesh/glb.h"
#include "geo/import/mesh/place_mesh.h"
#include "geo/import/mesh/tileset.h"

namespace hashimichi::import {
namespace {

namespace fs = std::filesystem;

/// Tiles are earth-centred (EPSG:4978); this is the same datum in degrees, with heights above the ellipsoid.
constexpr const char* in_degrees = "EPSG:4979";
constexpr std::uintmax_t byte_budget = 512u << 20;
constexpr std::uintmax_t tile_limit_bytes = 512u << 20;

/// What one content file holds: a glTF scene and what is added to its points.
struct TileScene {
  mesh::Scene scene;
  Vec3d centre;
};

Result<TileScene> readTile(const mesh::TileContent& content, Problems& problems) {
  const std::string file = toUtf8(content.path);
  const Result<std::string> bytes = readFile(content.path, tile_limit_bytes);
  if (!bytes) return bytes.error();
  std::string_view glb = *bytes;
  TileScene tile;
  if (glb.starts_with("b3dm")) {
    const Result<mesh::B3dm> opened = mesh::openB3dm(glb, file);
    if (!opened) return opened.error();
    glb = opened->glb;
    tile.centre = opened->centre;
  }
  if (glb.starts_with("{")) {
    const Result<mesh::GltfFacts> facts = mesh::checkGltf(glb, file);
    if (!facts) return facts.error();
    tile.centre = tile.centre + facts->centre;
    Result<mesh::Scene> scene = mesh::readSceneFile(content.path, problems);
    if (!scene) return scene.error();
    tile.scene = std::move(*scene);
    return tile;
  }
  if (!glb.starts_with("glTF"))
    return Error{
        ErrorCode::unsupported, file, "The tile is neither b3dm nor glTF; points and instances are not read.", {}};
  const Result<mesh::GltfFacts> facts = mesh::checkGlb(glb, file);
  if (!facts) return facts.error();
  tile.centre = tile.centre + facts->centre;
  Result<mesh::Scene> scene = mesh::readGlb(glb, content.path.parent_path(), file, problems);
  if (!scene) return scene.error();
  tile.scene = std::move(*scene);
  return tile;
}

class TilesetImporter final : public Importer {
 public:
  std::string_view format() const override { return "3D Tiles"; }

  bool accepts(const fs::path& path, std::string_view head) const override {
    if (path.extension() != ".json" && path.extension() != ".JSON") return false;
    return head.find("\"asset\"") != head.npos &&
           (head.find("\"geometricError\"") != head.npos || path.filename() == "tileset.json") &&
           head.find("\"meshes\"") == head.npos && head.find("\"CityJSON\"") == head.npos;
  }

  Result<Peek> peek(const fs::path& path, const Options&, Problems&) const override {
    Problems told_when_read;
    const Result<mesh::ChosenTiles> tiles = mesh::chooseTiles(path, 0, told_when_read);
    if (!tiles) return tiles.error();
    Peek peek{"3D Tiles", in_degrees, crs::AxisOrder::east_first, {}};
    // The first tile that can be read stands for the place of all.
    for (const mesh::TileContent& content : tiles->contents) {
      const Result<TileScene> tile = readTile(content, told_when_read);
      if (!tile || tile->scene.parts.empty()) continue;
      if (addPlace(content, *tile, tiles->z_up, peek.bounds)) break;
    }
    return peek;
  }

  Status read(const fs::path& path, Context& context) const override;

 private:
  static Vec3d inEarth(const mesh::TileContent& content, Vec3d centre, bool z_up, Vec3d p) {
    return content.transform.apply(centre + (z_up ? p : Vec3d{p.x, -p.z, p.y}));
  }
  static bool addPlace(const mesh::TileContent& content, const TileScene& tile, bool z_up, Bounds& degrees);
};

bool TilesetImporter::addPlace(const mesh::TileContent& content, const TileScene& tile, bool z_up, Bounds& degrees) {
  constexpr double earth_radius_least_m = 6.3e6, earth_radius_most_m = 6.5e6;
  std::vector<Vec3d> places;
  for (const Vec3d& point : tile.scene.parts.front().points) {
    const Vec3d place = inEarth(content, tile.centre, z_up, point);
    if (norm(place) > earth_radius_least_m && norm(place) < earth_radius_most_m) places.push_back(place);
  }
  crs::toDegrees(places);
  for (const Vec3d& place : places) degrees.add(place);
  return !degrees.empty();
}

Status TilesetImporter::read(const fs::path& path, Context& context) const {
  const std::string file = toUtf8(path);
  Result<mesh::ChosenTiles> tiles = mesh::chooseTiles(path, byte_budget, context.problems);
  if (!tiles) return tiles.error();
  Result<crs::ToLocal> to_local = crs::ToLocal::create(in_degrees, crs::AxisOrder::east_first, context.frame);
  if (!to_local) return to_local.error();
  mesh::MeshMaker maker(context.sink);
  std::size_t read = 0;
  for (const mesh::TileContent& content : tiles->contents) {
    if (context.progress.cancelled()) return Error{ErrorCode::cancelled, file, "Reading the tiles was cancelled.", {}};
    Result<TileScene> tile = readTile(content, context.problems);
    if (!tile) {
      const Error& error = tile.error();
      context.problems.skip(error.where, {}, "tiles.unreadable", error.what, error.advice);
      continue;
    }
    maker.add(std::move(tile->scene), [&](std::vector<Vec3d>& points) {
      for (Vec3d& p : points) p = inEarth(content, tile->centre, tiles->z_up, p);
      crs::toDegrees(points);
      to_local->apply(points);
    });
    context.progress.report(static_cast<double>(++read) / static_cast<double>(tiles->contents.size()), "tiles");
  }
  model::CityObject object;
  const std::size_t lost = maker.lost();
  object.mesh = maker.finish();
  if (read == 0)
    return Error{ErrorCode::bad_input, file, "None of the tileset's tiles can be read.", "Copy or export it again."};
  if (const Status near = mesh::checkArea(*object.mesh, file, context); !near) return near;
  if (lost > 0)
    context.problems.skip(file, {}, "mesh.no_place", fmt::format("{} triangles have no place in the project.", lost));
  object.id = object.name = toUtf8(fs::absolute(path).parent_path().filename());
  object.source = file;
  object.type = "Tileset";
  object.kind = model::ObjectKind::generic;
  model::append(object.attributes, "version", tiles->version);
  model::append(object.attributes, "tiles", std::to_string(read));
  model::append(object.attributes, "triangles", std::to_string(object.mesh->triangleCount()));
  context.sink.add(std::move(object));
  return done();
}

}  // namespace

const Importer& tilesetImporter() {
  static const TilesetImporter importer;
  return importer;
}

}  // namespace hashimichi::import
