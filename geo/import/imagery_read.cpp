#include "geo/import/imagery_read.h"

#include <cpl_conv.h>
#include <fmt/format.h>
#include <gdal_utils.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "geo/crs/transform.h"
#include "geo/import/gdal_support.h"
#include "geo/import/tile_folder.h"

namespace hashimichi::import {
namespace {

constexpr int side_limit_px = 16384;

Error unreadable(const model::ImageryRef& reference, const GdalMessages& messages, const char* what) {
  const std::string reason = messages.last();
  return {ErrorCode::unreadable, reference.path,
          reason.empty() ? fmt::format("{}.", what) : fmt::format("{} ({}).", what, reason),
          "Check that the file still exists and opens in a GIS."};
}

OGRSpatialReference srsOf(int epsg) {
  OGRSpatialReference srs;
  srs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (srs.importFromEPSG(epsg) != OGRERR_NONE) srs.Clear();
  return srs;
}

/// West, north and the pixel size of a picture that stands upright in the frame's own CRS.
struct Placing {
  double west, north, pixel_width_m, pixel_height_m;
};

std::optional<Placing> uprightPlacing(GDALDataset& picture, const model::ImageryRef& reference,
                                      const crs::LocalFrame& frame) {
  double t[6];
  const bool placed = picture.GetGeoTransform(t) == CE_None;
  const OGRSpatialReference* own = picture.GetSpatialRef();
  if (!placed || !own) {
    const Vec3d north_west = frame.toProjected({reference.extent.low.x, reference.extent.high.y, 0});
    return Placing{north_west.x, north_west.y, reference.extent.size().x / picture.GetRasterXSize(),
                   reference.extent.size().y / picture.GetRasterYSize()};
  }
  const OGRSpatialReference wanted = srsOf(frame.epsg());
  const char* const loose[] = {"IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", "CRITERION=EQUIVALENT", nullptr};
  if (t[2] != 0 || t[4] != 0 || t[1] <= 0 || t[5] >= 0 || !own->IsSame(&wanted, loose)) return std::nullopt;
  return Placing{t[0], t[3], t[1], -t[5]};
}

/// The part of the output that the picture covers, and the part of the picture that it shows.
struct Window {
  double source_x, source_y, source_width, source_height;
  int x, y, width, height;
};

std::optional<Window> windowOf(GDALDataset& picture, const Placing& placing, const Bounds& box, int width, int height) {
  const double px_m = box.size().x / width, py_m = box.size().y / height;
  const double east = placing.west + placing.pixel_width_m * picture.GetRasterXSize();
  const double south = placing.north - placing.pixel_height_m * picture.GetRasterYSize();
  const int x0 = std::max(0, static_cast<int>(std::ceil((placing.west - box.low.x) / px_m - 1e-6)));
  const int x1 = std::min(width, static_cast<int>(std::floor((east - box.low.x) / px_m + 1e-6)));
  const int y0 = std::max(0, static_cast<int>(std::ceil((box.high.y - placing.north) / py_m - 1e-6)));
  const int y1 = std::min(height, static_cast<int>(std::floor((box.high.y - south) / py_m + 1e-6)));
  if (x0 >= x1 || y0 >= y1) return std::nullopt;
  const double source_x = std::max(0.0, (box.low.x + x0 * px_m - placing.west) / placing.pixel_width_m);
  const double source_y = std::max(0.0, (placing.north - (box.high.y - y0 * py_m)) / placing.pixel_height_m);
  return Window{source_x,
                source_y,
                std::min((x1 - x0) * px_m / placing.pixel_width_m, picture.GetRasterXSize() - source_x),
                std::min((y1 - y0) * py_m / placing.pixel_height_m, picture.GetRasterYSize() - source_y),
                x0,
                y0,
                x1 - x0,
                y1 - y0};
}

/// Where a pixel of the source is as large as one of the output or larger there is nothing to average, and copying is
/// several times faster.
GDALRasterIOExtraArg resampledOver(double x, double y, double width, double height, const Window& window) {
  GDALRasterIOExtraArg extra;
  INIT_RASTERIO_EXTRA_ARG(extra);
  const bool averaging = width > 1.05 * window.width || height > 1.05 * window.height;
  extra.eResampleAlg = averaging ? GRIORA_Bilinear : GRIORA_NearestNeighbour;
  extra.bFloatingPointWindowValidity = TRUE;
  extra.dfXOff = x, extra.dfYOff = y, extra.dfXSize = width, extra.dfYSize = height;
  return extra;
}

/// Grey or colour; alpha from the picture's own alpha or nodata.
bool readWindow(GDALDataset& picture, const Window& window, int row_px, std::vector<std::uint8_t>& rgba) {
  const int bands = picture.GetRasterCount();
  const std::array<int, 3> colours = bands >= 3 ? std::array{1, 2, 3} : std::array{1, 1, 1};
  const int sx = static_cast<int>(window.source_x), sy = static_cast<int>(window.source_y);
  const int sw = std::clamp(static_cast<int>(std::ceil(window.source_x + window.source_width)) - sx, 1,
                            picture.GetRasterXSize() - sx);
  const int sh = std::clamp(static_cast<int>(std::ceil(window.source_y + window.source_height)) - sy, 1,
                            picture.GetRasterYSize() - sy);
  GDALRasterIOExtraArg extra =
      resampledOver(window.source_x, window.source_y, window.source_width, window.source_height, window);
  std::uint8_t* first = &rgba[4 * (static_cast<std::size_t>(window.y) * static_cast<std::size_t>(row_px) +
                                   static_cast<std::size_t>(window.x))];
  const GSpacing row_bytes = 4 * static_cast<GSpacing>(row_px);
  std::array<int, 3> wanted = colours;
  if (picture.RasterIO(GF_Read, sx, sy, sw, sh, first, window.width, window.height, GDT_Byte, 3, wanted.data(), 4,
                       row_bytes, 1, &extra) != CE_None)
    return false;
  GDALRasterBand* band = picture.GetRasterBand(1);
  if (band->GetMaskFlags() == GMF_ALL_VALID) {
    for (int y = 0; y < window.height; ++y)
      for (int x = 0; x < window.width; ++x) first[y * row_bytes + 4 * x + 3] = 255;
    return true;
  }
  return band->GetMaskBand()->RasterIO(GF_Read, sx, sy, sw, sh, first + 3, window.width, window.height, GDT_Byte, 4,
                                       row_bytes, &extra) == CE_None;
}

using Dataset = std::unique_ptr<GDALDataset, decltype([](GDALDataset* d) { GDALClose(d); })>;

GDALTranslateOptions* translateOptions(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  return GDALTranslateOptionsNew(arguments.data(), nullptr);
}

/// A picture of 8-bit colours: palettes are looked up, 16-bit values stretched between their least and largest.
/// nullptr when it is one already.
Dataset inPlainColours(GDALDataset& picture) {
  std::vector<std::string> words{"-of", "VRT"};
  GDALRasterBand& first = *picture.GetRasterBand(1);
  if (first.GetColorTable())
    words.insert(words.end(), {"-expand", "rgba"});
  else if (first.GetRasterDataType() != GDT_Byte)
    words.insert(words.end(), {"-ot", "Byte", "-scale"});
  else
    return nullptr;
  GDALTranslateOptions* options = translateOptions(std::move(words));
  GDALDatasetH made = GDALTranslate("", &picture, options, nullptr);
  GDALTranslateOptionsFree(options);
  return Dataset(GDALDataset::FromHandle(made));
}

/// The picture as it would be in the frame's CRS over the box; nullptr when GDAL finds no way.
Dataset warped(GDALDataset& picture, int epsg, const Bounds& box, int width, int height) {
  std::vector<std::string> words{"-of",
                                 "MEM",
                                 "-dstalpha",
                                 "-r",
                                 "bilinear",
                                 "-t_srs",
                                 fmt::format("EPSG:{}", epsg),
                                 "-te",
                                 fmt::format("{}", box.low.x),
                                 fmt::format("{}", box.low.y),
                                 fmt::format("{}", box.high.x),
                                 fmt::format("{}", box.high.y),
                                 "-ts",
                                 fmt::format("{}", width),
                                 fmt::format("{}", height)};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  GDALWarpAppOptions* options = GDALWarpAppOptionsNew(arguments.data(), nullptr);
  GDALDatasetH source = &picture;
  GDALDatasetH made = GDALWarp("", nullptr, 1, &source, options, nullptr);
  GDALWarpAppOptionsFree(options);
  return Dataset(GDALDataset::FromHandle(made));
}

/// Of a folder of map tiles those over the box; nullptr when none lies there.
GDALDatasetUniquePtr tilesOver(const std::string& path, const crs::LocalFrame& frame, const Bounds& extent, int width) {
  const Result<TileFolder> folder = openTileFolder(path);
  const Result<crs::FromLocal> way = crs::FromLocal::create(frame, "EPSG:3857");
  if (!folder || !way) return nullptr;
  std::vector<Vec3d> rim;
  for (const double u : {0.0, 0.5, 1.0})
    for (const double v : {0.0, 0.5, 1.0})
      rim.push_back({extent.low.x + u * extent.size().x, extent.low.y + v * extent.size().y, 0});
  way->apply(rim);
  Bounds mercator;
  for (const Vec3d& place : rim)
    if (isFinite(place)) mercator.add(place);
  if (mercator.empty()) return nullptr;
  return pictureBlock(*folder, mercator, mercator.size().x / width);
}

}  // namespace

Result<std::vector<std::uint8_t>> readImagery(const model::ImageryRef& reference, const crs::LocalFrame& frame,
                                              const Bounds& extent, int width, int height) {
  if (width < 1 || height < 1 || width > side_limit_px || height > side_limit_px || extent.empty())
    return Error{ErrorCode::limit, reference.path, "a picture of that size is not read.", ""};
  startGdal();
  const GdalMessages messages;
  std::error_code ignored;
  const bool tiles = std::filesystem::is_directory(reference.path, ignored);
  const Dataset opened(tiles ? tilesOver(reference.path, frame, extent, width).release()
                             : GDALDataset::Open(gdalName(reference.path).c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY));
  if (tiles && !opened)
    return std::vector<std::uint8_t>(4 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
  if (!opened || opened->GetRasterCount() < 1)
    return unreadable(reference, messages, "the orthophoto cannot be opened");
  const Dataset plain = inPlainColours(*opened);
  GDALDataset& picture = plain ? *plain : *opened;
  Bounds box;
  box.add(frame.toProjected({extent.low.x, extent.low.y, 0}));
  box.add(frame.toProjected({extent.high.x, extent.high.y, 0}));

  std::vector<std::uint8_t> rgba(4 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
  if (const auto placing = uprightPlacing(picture, reference, frame)) {
    const auto window = windowOf(picture, *placing, box, width, height);
    if (window && !readWindow(picture, *window, width, rgba))
      return unreadable(reference, messages, "the orthophoto cannot be read");
    return rgba;
  }
  const Dataset turned = warped(picture, frame.epsg(), box, width, height);
  const int bands = turned ? turned->GetRasterCount() : 0;
  if (bands < 2) return unreadable(reference, messages, "the orthophoto cannot be brought into the project's CRS");
  const std::array<int, 4> channels = bands >= 4 ? std::array{1, 2, 3, bands} : std::array{1, 1, 1, bands};
  for (std::size_t c = 0; c < 4; ++c)
    if (turned->GetRasterBand(channels[c])
            ->RasterIO(GF_Read, 0, 0, width, height, &rgba[c], width, height, GDT_Byte, 4,
                       4 * static_cast<GSpacing>(width), nullptr) != CE_None)
      return unreadable(reference, messages, "the orthophoto cannot be read");
  return rgba;
}

}  // namespace hashimichi::import
