#include "geo/import/tile_folder.h"

#include <fmt/format.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/gdal_support.h"

namespace hashimichi::import {
namespace {

namespace fs = std::filesystem;

constexpr double half_world = 20037508.342789244;  // EPSG:3857's x and y end here
constexpr int most_zoom = 24;
constexpr std::size_t most_tiles = 1'000'000, tile_limit_bytes = 8u << 20;
constexpr std::size_t tile_pixels = static_cast<std::size_t>(tile_side_px) * tile_side_px;
constexpr const char* endings[] = {".png", ".jpg", ".jpeg", ".webp", ".txt"};

std::optional<long long> numberOf(const std::string& name) {
  long long number = -1;
  const auto [end, failed] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (failed != std::errc() || end != name.data() + name.size() || number < 0) return std::nullopt;
  return number;
}

bool isTileName(const fs::path& file) {
  const std::string ending = toLower(toUtf8(file.extension()));
  return std::find(std::begin(endings), std::end(endings), ending) != std::end(endings) &&
         numberOf(toUtf8(file.stem())).has_value();
}

/// The folders in `path` whose names are numbers below `end`.
std::vector<std::pair<long long, fs::path>> numberedFolders(const fs::path& path, long long end) {
  std::vector<std::pair<long long, fs::path>> folders;
  std::error_code error, ignored;
  for (fs::directory_iterator entry(path, error), last; !error && entry != last; entry.increment(error)) {
    const auto number = numberOf(toUtf8(entry->path().filename()));
    if (number && *number < end && entry->is_directory(ignored)) folders.emplace_back(*number, entry->path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

fs::path tilePath(const TileFolder& folder, int zoom, long long x, long long y) {
  return folder.path / std::to_string(zoom) / std::to_string(x) / (std::to_string(y) + folder.ending);
}

/// RGBA of a tile; empty when it cannot be read or is no tile.
std::vector<std::uint8_t> pixelsOf(const fs::path& path) {
  static constexpr const char* drivers[] = {"PNG", "JPEG", "WEBP", nullptr};
  const GDALDatasetUniquePtr tile(
      GDALDataset::Open(toUtf8(path).c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, drivers, nullptr, nullptr));
  if (!tile || tile->GetRasterXSize() != tile_side_px || tile->GetRasterYSize() != tile_side_px) return {};
  std::vector<std::uint8_t> rgba(4 * tile_pixels, 255);
  const int bands = tile->GetRasterCount();
  const GDALColorTable* palette = bands == 1 ? tile->GetRasterBand(1)->GetColorTable() : nullptr;
  for (int channel = 0; channel < 4; ++channel) {
    const bool alpha = channel == 3;
    if (alpha && bands != 2 && bands != 4) continue;
    const int band = alpha ? bands : bands >= 3 ? channel + 1 : 1;
    if (tile->GetRasterBand(band)->RasterIO(GF_Read, 0, 0, tile_side_px, tile_side_px,
                                            &rgba[static_cast<std::size_t>(channel)], tile_side_px, tile_side_px,
                                            GDT_Byte, 4, 4 * tile_side_px, nullptr) != CE_None)
      return {};
  }
  for (std::size_t at = 0; palette && at < rgba.size(); at += 4) {
    const GDALColorEntry* colour = palette->GetColorEntry(rgba[at]);
    if (!colour) continue;
    rgba[at] = static_cast<std::uint8_t>(colour->c1), rgba[at + 1] = static_cast<std::uint8_t>(colour->c2);
    rgba[at + 2] = static_cast<std::uint8_t>(colour->c3), rgba[at + 3] = static_cast<std::uint8_t>(colour->c4);
  }
  return rgba;
}

/// Heights of a text tile: 256 lines of 256 numbers, "e" for no data; empty when it is none.
std::vector<float> textHeights(const fs::path& path) {
  const Result<std::string> text = readFile(path, tile_limit_bytes);
  if (!text) return {};
  std::vector<float> heights;
  heights.reserve(tile_pixels);
  for (const std::string_view line : split(*text, '\n')) {
    if (trim(line).empty()) continue;
    for (const std::string_view cell : split(trim(line), ',')) {
      float height = std::numeric_limits<float>::quiet_NaN();
      const std::string_view number = trim(cell);
      if (number != "e" && std::from_chars(number.data(), number.data() + number.size(), height).ec != std::errc())
        return {};
      heights.push_back(height);
      if (heights.size() > tile_pixels) return {};
    }
  }
  return heights.size() == tile_pixels ? heights : std::vector<float>{};
}

std::vector<float> heightsOf(const TileFolder& folder, const fs::path& path) {
  if (folder.content == TileContent::heights_text) return textHeights(path);
  const std::vector<std::uint8_t> rgba = pixelsOf(path);
  std::vector<float> heights;
  for (std::size_t at = 0; at < rgba.size(); at += 4) {
    const std::optional<double> height =
        rgba[at + 3] == 0 ? std::nullopt : heightOfPixel(rgba[at], rgba[at + 1], rgba[at + 2]);
    heights.push_back(height ? static_cast<float>(*height) : std::numeric_limits<float>::quiet_NaN());
  }
  return heights;
}

/// Whether every pixel is a height of Japan's ground or "no data", and there are several heights: a picture of anything
/// else has colours far outside (an even black tile would not).
bool looksLikeHeights(const std::vector<std::uint8_t>& rgba) {
  constexpr double lowest_m = -500, highest_m = 4000;
  double low = highest_m, high = lowest_m;
  for (std::size_t at = 0; at < rgba.size(); at += 4) {
    if (rgba[at + 3] == 0) continue;
    const std::optional<double> height = heightOfPixel(rgba[at], rgba[at + 1], rgba[at + 2]);
    if (!height) continue;
    if (*height < lowest_m || *height > highest_m) return false;
    low = std::min(low, *height), high = std::max(high, *height);
  }
  return low < high;
}

void setPlace(GDALDataset& dataset, double west, double north, double pixel) {
  double geo[6] = {west, pixel, 0, north, 0, -pixel};
  dataset.SetGeoTransform(geo);
  OGRSpatialReference mercator;
  mercator.importFromEPSG(3857);
  dataset.SetSpatialRef(&mercator);
}

/// The level's tiles in the folder; the ending is the commonest, the first tiles tell the content.
std::optional<TileLevel> levelOf(const fs::path& folder, int zoom, std::map<std::string, std::size_t>& found,
                                 std::size_t& total) {
  const long long side = 1LL << zoom;
  TileLevel level{zoom, side, -1, side, -1, 0};
  for (const auto& [x, column] : numberedFolders(folder, side)) {
    std::error_code error;
    for (fs::directory_iterator entry(column, error), last; !error && entry != last; entry.increment(error)) {
      if (!isTileName(entry->path())) continue;
      const long long y = *numberOf(toUtf8(entry->path().stem()));
      if (y >= side || ++total > most_tiles) continue;
      ++level.tiles;
      ++found[toUtf8(entry->path().extension())];
      level.west = std::min(level.west, x), level.east = std::max(level.east, x);
      level.north = std::min(level.north, y), level.south = std::max(level.south, y);
    }
  }
  if (level.tiles == 0) return std::nullopt;
  return level;
}

TileContent contentOf(const TileFolder& folder) {
  if (folder.ending == ".txt") return TileContent::heights_text;
  if (folder.ending != ".png") return TileContent::pictures;
  constexpr int enough = 8;
  int tried = 0;
  const TileLevel& level = folder.levels.back();
  for (const auto& [x, column] : numberedFolders(folder.path / std::to_string(level.zoom), 1LL << level.zoom)) {
    std::error_code error;
    for (fs::directory_iterator entry(column, error), last; !error && entry != last; entry.increment(error)) {
      if (!isTileName(entry->path())) continue;
      const std::vector<std::uint8_t> rgba = pixelsOf(entry->path());
      if (looksLikeHeights(rgba)) return TileContent::heights_png;
      if (!rgba.empty() && ++tried == enough) return TileContent::pictures;
    }
  }
  // Nothing can be read: what the folder is called (dem_png, dem5a_png) tells what is missing.
  const bool called_heights = toUtf8(folder.path.filename()).starts_with("dem");
  return tried == 0 && called_heights ? TileContent::heights_png : TileContent::pictures;
}

}  // namespace

double mercatorPixel(int zoom) {
  return 2 * half_world / tile_side_px / static_cast<double>(1LL << zoom);
}

Bounds mercatorBounds(const TileLevel& level) {
  const double tile = mercatorPixel(level.zoom) * tile_side_px;
  Bounds bounds;
  bounds.add(Vec3d{-half_world + static_cast<double>(level.west) * tile,
                   half_world - static_cast<double>(level.south + 1) * tile, 0});
  bounds.add(Vec3d{-half_world + static_cast<double>(level.east + 1) * tile,
                   half_world - static_cast<double>(level.north) * tile, 0});
  return bounds;
}

bool isTileFolder(const fs::path& path) {
  for (const auto& [zoom, level] : numberedFolders(path, most_zoom + 1))
    for (const auto& [x, column] : numberedFolders(level, 1LL << zoom)) {
      std::error_code error;
      for (fs::directory_iterator entry(column, error), last; !error && entry != last; entry.increment(error))
        return isTileName(entry->path());
    }
  return false;
}

Result<TileFolder> openTileFolder(const fs::path& path) {
  startGdal();
  const GdalMessages quiet;
  TileFolder folder{path, {}, {}, TileContent::pictures};
  std::map<std::string, std::size_t> found;
  std::size_t total = 0;
  for (const auto& [zoom, below] : numberedFolders(path, most_zoom + 1))
    if (const auto level = levelOf(below, static_cast<int>(zoom), found, total)) folder.levels.push_back(*level);
  if (total > most_tiles)
    return Error{ErrorCode::limit, toUtf8(path), fmt::format("The folder holds more than {} map tiles.", most_tiles),
                 "Keep the town's tiles only."};
  if (folder.levels.empty())
    return Error{ErrorCode::bad_input, toUtf8(path), "The folder holds no map tiles.", "Name a folder with z/x/y.png."};
  folder.ending = std::max_element(found.begin(), found.end(), [](const auto& a, const auto& b) {
                    return a.second < b.second;
                  })->first;
  folder.content = contentOf(folder);
  return folder;
}

std::optional<double> heightOfPixel(int red, int green, int blue) {
  const int x = (red << 16) + (green << 8) + blue;
  constexpr int middle = 1 << 23, whole = 1 << 24;
  if (x == middle) return std::nullopt;
  return 0.01 * (x < middle ? x : x - whole);
}

TileBlock heightBlock(const TileFolder& folder, int zoom, long long west, long long north, int columns, int rows) {
  TileBlock block;
  const GdalMessages quiet;
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) {
      const fs::path path = tilePath(folder, zoom, west + column, north + row);
      std::error_code ignored;
      if (!fs::exists(path, ignored)) continue;
      std::vector<float> heights = heightsOf(folder, path);
      if (heights.empty()) {
        ++block.bad_tiles;
        continue;
      }
      if (!block.dataset) {
        block.dataset.reset(GetGDALDriverManager()->GetDriverByName("MEM")->Create(
            "", columns * tile_side_px, rows * tile_side_px, 1, GDT_Float32, nullptr));
        if (!block.dataset) return block;
        GDALRasterBand& band = *block.dataset->GetRasterBand(1);
        band.SetNoDataValue(std::numeric_limits<double>::quiet_NaN());
        band.Fill(std::numeric_limits<double>::quiet_NaN());
        const double pixel = mercatorPixel(zoom);
        setPlace(*block.dataset, -half_world + static_cast<double>(west) * pixel * tile_side_px,
                 half_world - static_cast<double>(north) * pixel * tile_side_px, pixel);
      }
      constexpr float lowest_m = -12000, highest_m = 9000;
      for (float& height : heights)
        if (std::isfinite(height) && (height < lowest_m || height > highest_m))
          height = std::numeric_limits<float>::quiet_NaN(), ++block.absurd;
      if (block.dataset->GetRasterBand(1)->RasterIO(GF_Write, column * tile_side_px, row * tile_side_px, tile_side_px,
                                                    tile_side_px, heights.data(), tile_side_px, tile_side_px,
                                                    GDT_Float32, 0, 0, nullptr) != CE_None)
        ++block.bad_tiles;
    }
  return block;
}

GDALDatasetUniquePtr pictureBlock(const TileFolder& folder, const Bounds& box, double pixel) {
  constexpr long long most_tiles_a_side = 32;
  const TileLevel* level = &folder.levels.back();
  for (const TileLevel& coarser : folder.levels)
    if (mercatorPixel(coarser.zoom) <= pixel * 1.5) {
      level = &coarser;
      break;
    }
  long long west = 0, east = -1, north = 0, south = -1;
  // Coarser where the box would take more tiles than memory should hold; 32 × 32 are 256 MB.
  for (;; --level) {
    const double tile = mercatorPixel(level->zoom) * tile_side_px;
    const auto number = [&](double offset, long long low, long long high) {
      return static_cast<long long>(
          std::clamp(std::floor(offset / tile), static_cast<double>(low) - 1, static_cast<double>(high) + 1));
    };
    west = std::max(level->west, number(box.low.x + half_world, level->west, level->east));
    east = std::min(level->east, number(box.high.x + half_world, level->west, level->east));
    north = std::max(level->north, number(half_world - box.high.y, level->north, level->south));
    south = std::min(level->south, number(half_world - box.low.y, level->north, level->south));
    const bool fits = east - west < most_tiles_a_side && south - north < most_tiles_a_side;
    if (fits) break;
    if (level == folder.levels.data()) {
      east = std::min(east, west + most_tiles_a_side - 1), south = std::min(south, north + most_tiles_a_side - 1);
      break;
    }
  }
  if (east < west || south < north) return nullptr;
  const int columns = static_cast<int>(east - west) + 1, rows = static_cast<int>(south - north) + 1;
  GDALDatasetUniquePtr block;
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) {
      std::vector<std::uint8_t> rgba = pixelsOf(tilePath(folder, level->zoom, west + column, north + row));
      if (rgba.empty()) continue;
      if (!block) {
        block.reset(GetGDALDriverManager()->GetDriverByName("MEM")->Create("", columns * tile_side_px,
                                                                           rows * tile_side_px, 4, GDT_Byte, nullptr));
        if (!block) return block;
        block->GetRasterBand(4)->SetColorInterpretation(GCI_AlphaBand);
        const double size = mercatorPixel(level->zoom);
        setPlace(*block, -half_world + static_cast<double>(west) * size * tile_side_px,
                 half_world - static_cast<double>(north) * size * tile_side_px, size);
      }
      if (block->RasterIO(GF_Write, column * tile_side_px, row * tile_side_px, tile_side_px, tile_side_px, rgba.data(),
                          tile_side_px, tile_side_px, GDT_Byte, 4, nullptr, 4, 4 * tile_side_px, 1, nullptr) != CE_None)
        return nullptr;
    }
  return block;
}

}  // namespace hashimichi::import
