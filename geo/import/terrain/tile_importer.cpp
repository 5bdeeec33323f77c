#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/core/file.h"
#include "geo/import/terrain/height_raster.h"
#include "geo/import/tile_folder.h"

namespace hashimichi::import {
namespace {

constexpr const char* tile_crs = "EPSG:3857";
constexpr int block_tiles = 8;                  // 2048 × 2048 heights at a time: 16 MB
constexpr double most_samples_per_side = 4000;  // of the town's terrain

/// A pixel on the ground in the middle of the box: Web Mercator's metres are longer away from the equator.
double groundPixel_m(const Bounds& mercator, int zoom) {
  constexpr double earth_radius_m = 6378137;
  const double y = (mercator.low.y + mercator.high.y) / 2 / earth_radius_m;
  return mercatorPixel(zoom) / std::cosh(y);
}

class TileFolderImporter final : public Importer {
 public:
  std::string_view format() const override { return "map tiles"; }

  bool accepts(const std::filesystem::path& path, std::string_view) const override { return isTileFolder(path); }

  Result<Peek> peek(const std::filesystem::path& path, const Options&, Problems&) const override {
    const Result<TileFolder> folder = openTileFolder(path);
    if (!folder) return folder.error();
    Peek peek;
    peek.format = folder->content == TileContent::pictures ? "map tiles (pictures)" : "map tiles (heights)";
    peek.crs = tile_crs;
    peek.bounds = mercatorBounds(folder->levels.back());
    return peek;
  }

  Status read(const std::filesystem::path& path, Context& context) const override {
    const Result<TileFolder> folder = openTileFolder(path);
    if (!folder) return folder.error();
    SourcePlace place{tile_crs};
    const Bounds bounds = mercatorBounds(folder->levels.back());
    if (const Status fits = checkPlace(path, {}, bounds, context, place); !fits) return fits;
    return folder->content == TileContent::pictures ? refer(*folder, bounds, context) : readHeights(*folder, context);
  }

 private:
  static Status refer(const TileFolder& folder, const Bounds& bounds, Context& context) {
    const Result<Placer> placer = Placer::create({tile_crs}, context.frame);
    if (!placer) return placer.error();
    std::error_code error;
    const std::filesystem::path absolute = std::filesystem::absolute(folder.path, error);
    model::ImageryRef imagery;
    imagery.path = toUtf8(error ? folder.path : absolute);
    imagery.source = toUtf8(folder.path.filename());
    imagery.extent = localBounds(bounds, *placer);
    context.sink.add(std::move(imagery));
    return done();
  }

  /// Every level becomes terrain; where several lie over each other the finer is laid on top when all is joined.
  static Status readHeights(const TileFolder& folder, Context& context) {
    Found found;
    for (const TileLevel& level : folder.levels) {
      const Status status = readLevel(folder, level, found, context);
      if (!status) return status;
    }
    const std::string file = toUtf8(folder.path);
    if (found.bad_tiles > 0)
      context.problems.skip(
          file, {}, "tile.unreadable",
          fmt::format("{} tiles cannot be read or are not 256 × 256; there the ground is open.", found.bad_tiles),
          "Copy or download them again.");
    if (found.absurd > 0)
      context.problems.skip(file, {}, "height.absurd",
                            fmt::format("{} heights are none of any ground; they are no data.", found.absurd));
    if (found.terrains == 0)
      return Error{ErrorCode::bad_input, file, "No tile carries a height.", "Check what the folder holds."};
    return done();
  }

  struct Found {
    std::size_t terrains = 0, bad_tiles = 0, absurd = 0;
  };

  static Status readLevel(const TileFolder& folder, const TileLevel& level, Found& found, Context& context) {
    const Bounds bounds = mercatorBounds(level);
    const double pixel_m = groundPixel_m(bounds, level.zoom);
    const double side_px =
        static_cast<double>(std::max(level.east - level.west, level.south - level.north) + 1) * tile_side_px;
    const double spacing_m = pixel_m * std::max(1.0, side_px / most_samples_per_side);
    const long long blocks =
        ((level.south - level.north) / block_tiles + 1) * ((level.east - level.west) / block_tiles + 1);
    long long block_number = 0;
    for (long long north = level.north; north <= level.south; north += block_tiles)
      for (long long west = level.west; west <= level.east; west += block_tiles) {
        context.progress.report(static_cast<double>(block_number++) / static_cast<double>(blocks), "terrain");
        if (context.progress.cancelled())
          return Error{ErrorCode::cancelled, toUtf8(folder.path), "The import was stopped.", ""};
        const int columns = static_cast<int>(std::min<long long>(block_tiles, level.east - west + 1));
        const int rows = static_cast<int>(std::min<long long>(block_tiles, level.south - north + 1));
        TileBlock block = heightBlock(folder, level.zoom, west, north, columns, rows);
        found.bad_tiles += block.bad_tiles;
        found.absurd += block.absurd;
        if (!block.dataset) continue;
        const GdalMessages messages;
        HeightRaster raster{block.dataset.get(), {}, tile_crs, toUtf8(folder.path), toUtf8(folder.path.filename())};
        block.dataset->GetGeoTransform(raster.grid.geo);
        raster.grid.bounds = mercatorBounds({level.zoom, west, west + columns - 1, north, north + rows - 1, 0});
        raster.spacing_m = spacing_m;
        Result<model::Terrain> terrain = terrainFrom(raster, messages, context);
        if (!terrain && terrain.error().code == ErrorCode::bad_input) continue;  // a block of sea
        if (!terrain) return terrain.error();
        context.sink.add(std::move(*terrain));
        ++found.terrains;
      }
    return done();
  }
};

}  // namespace

const Importer& tileFolderImporter() {
  static const TileFolderImporter importer;
  return importer;
}

}  // namespace hashimichi::import
