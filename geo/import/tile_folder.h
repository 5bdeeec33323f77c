#pragma once
// Included only by the .cpp files of this room that talk to GDAL.
#include <gdal_priv.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/core/result.h"
#include "geo/import/terrain/tiles.h"

namespace hashimichi::import {

/// Map tiles on disk as GSI (地理院タイル) and others cut them: folders z/x/ with y.png, .jpg, .webp or .txt, in Web
/// Mercator (EPSG:3857), y from the north, 256 × 256 pixels.
struct TileLevel {
  int zoom = 0;
  long long west = 0, east = 0, north = 0, south = 0;  ///< tile numbers, inclusive
  std::size_t tiles = 0;
};
enum class TileContent { pictures, heights_png, heights_text };
struct TileFolder {
  std::filesystem::path path;
  std::vector<TileLevel> levels;  ///< coarse first
  std::string ending;             ///< ".png"
  TileContent content = TileContent::pictures;
};

inline constexpr int tile_side_px = 256;

/// Edge length of a tile's pixel at a zoom level, in EPSG:3857's own metres.
double mercatorPixel(int zoom);
/// EPSG:3857 box around a level's tiles.
Bounds mercatorBounds(const TileLevel& level);

/// What lies in it. Heights are told from pictures by a tile's content: their red byte hardly varies (RGB → height).
/// bad_input when it holds no readable tile, limit beyond a million tiles.
Result<TileFolder> openTileFolder(const std::filesystem::path& path);

/// Height of a pixel in GSI's elevation tiles, metres; nothing for "no data" (128, 0, 0).
/// Source: https://maps.gsi.go.jp/development/demtile.html: x = 2^16 R + 2^8 G + B; below 2^23 x × 0.01 m, above
/// (x − 2^24) × 0.01 m.
std::optional<double> heightOfPixel(int red, int green, int blue);

/// The heights of a block of tiles as a raster of EPSG:3857 in memory (NaN: no data), and how many tiles could not be
/// read. nullptr when the block holds no tile.
struct TileBlock {
  GDALDatasetUniquePtr dataset;
  std::size_t bad_tiles = 0, absurd = 0;
};
TileBlock heightBlock(const TileFolder& folder, int zoom, long long west, long long north, int columns, int rows);

/// The pictures over a box of EPSG:3857 as RGBA in memory, from the level whose pixels are as large as `pixel` or the
/// next finer one that there is; at most 8,192 pixels a side. nullptr when no tile lies there.
GDALDatasetUniquePtr pictureBlock(const TileFolder& folder, const Bounds& mercator, double pixel);

}  // namespace hashimichi::import
