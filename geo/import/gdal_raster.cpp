#include "geo/import/gdal_raster.h"

#include <cpl_conv.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/core/file.h"
#include "geo/core/text.h"

namespace hashimichi::import {
namespace {

/// No driver that follows references to other files or to the network.
constexpr const char* allowed_drivers[] = {"GTiff", "AAIGrid", "HFA", "JP2OpenJPEG", "JPEG", "PNG", nullptr};

bool hasWorldFile(const std::filesystem::path& path) {
  std::error_code ignored;
  for (const char* extension : {".pgw", ".jgw", ".wld", ".pngw", ".jpgw", ".PGW", ".JGW"}) {
    std::filesystem::path side = path;
    if (std::filesystem::exists(side.replace_extension(extension), ignored)) return true;
  }
  return std::filesystem::exists(path.string() + ".aux.xml", ignored);
}

std::string formatName(GDALDataset& dataset) {
  const std::string name = dataset.GetDriver()->GetDescription();
  if (name == "GTiff") return "GeoTIFF";
  if (name == "AAIGrid") return "ESRI ASCII grid";
  return name == "JP2OpenJPEG" ? "JPEG 2000" : name;
}

}  // namespace

bool isRasterHead(const std::filesystem::path& path, std::string_view head) {
  using namespace std::string_view_literals;
  for (const std::string_view magic :
       {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv, "EHFA_HEADER_TAG"sv, "\0\0\0\x0CjP  "sv})
    if (head.starts_with(magic)) return true;
  if (head.starts_with("\x89PNG"sv) || head.starts_with("\xFF\xD8\xFF"sv)) return hasWorldFile(path);
  return toLower(trim(head.substr(0, 64))).starts_with("ncols");
}

RasterKind rasterKind(const std::filesystem::path& path) {
  const GdalMessages messages;
  const Result<GDALDatasetUniquePtr> opened = openRaster(path, messages);
  if (!opened) return RasterKind::none;
  GDALDataset& dataset = **opened;
  const int bands = dataset.GetRasterCount();
  if (bands == 0) return RasterKind::unknown;
  GDALRasterBand& first = *dataset.GetRasterBand(1);
  const GDALDataType type = first.GetRasterDataType();
  const bool byte = type == GDT_Byte;
  if (GDALDataTypeIsComplex(type)) return RasterKind::unknown;
  if (bands >= 3 && (byte || type == GDT_UInt16)) return RasterKind::picture;
  if (bands <= 2 && (byte || first.GetColorTable())) return RasterKind::picture;
  return bands == 1 ? RasterKind::heights : RasterKind::unknown;
}

bool isGeoidGrid(const std::filesystem::path& path) {
  const GdalMessages messages;
  const Result<GDALDatasetUniquePtr> opened = openRaster(path, messages);
  if (!opened || (*opened)->GetRasterCount() < 1) return false;
  const char* type = (*opened)->GetMetadataItem("TYPE");
  const std::string described = toLower((*opened)->GetRasterBand(1)->GetDescription());
  return (type && std::string_view(type).find("VERTICAL_OFFSET") != std::string_view::npos) ||
         described.find("geoid") != std::string::npos;
}

Result<GDALDatasetUniquePtr> openRaster(const std::filesystem::path& path, const GdalMessages& messages) {
  startGdal();
  static constexpr const char* remote_drivers[] = {"GTiff", nullptr};
  const bool remote = isRemote(path);
  // A server is not asked for side files that it most likely has not; beside a local file they count.
  const CPLConfigOptionSetter listing("GDAL_DISABLE_READDIR_ON_OPEN", remote ? "EMPTY_DIR" : "FALSE", true);
  GDALDatasetUniquePtr dataset(GDALDataset::Open(gdalName(path).c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY,
                                                 remote ? remote_drivers : allowed_drivers, nullptr, nullptr));
  if (dataset) return dataset;
  const std::string reason = messages.last();
  return Error{ErrorCode::unreadable, toUtf8(path),
               reason.empty() ? "The raster cannot be opened." : "The raster cannot be opened: " + reason + ".",
               "Copy or export it again from its source."};
}

Result<RasterGrid> gridOf(GDALDataset& dataset, const std::filesystem::path& path) {
  RasterGrid grid;
  const bool placed =
      dataset.GetGeoTransform(grid.geo) == CE_None &&
      std::all_of(std::begin(grid.geo), std::end(grid.geo), [](double v) { return std::isfinite(v); }) &&
      grid.geo[1] * grid.geo[5] - grid.geo[2] * grid.geo[4] != 0;
  if (!placed)
    return Error{ErrorCode::bad_crs, toUtf8(path), "The raster does not say where it lies.",
                 "Export it as GeoTIFF, or put its world file beside it."};
  const double columns = dataset.GetRasterXSize(), rows = dataset.GetRasterYSize();
  for (const Vec3d& corner : {grid.at(0, 0), grid.at(columns, 0), grid.at(0, rows), grid.at(columns, rows)})
    grid.bounds.add(corner);
  return grid;
}

Result<Peek> peekRaster(const std::filesystem::path& path, const Options& options) {
  const GdalMessages messages;
  const Result<GDALDatasetUniquePtr> dataset = openRaster(path, messages);
  if (!dataset) return dataset.error();
  const Result<RasterGrid> grid = gridOf(**dataset, path);
  if (!grid) return grid.error();
  Peek peek;
  peek.format = formatName(**dataset);
  peek.bounds = grid->bounds;
  peek.crs = definitionOf((*dataset)->GetSpatialRef());
  if (peek.crs.empty()) peek.crs = options.source_crs;
  if (peek.crs.empty() && looksLikeDegreesInJapan(peek.bounds)) peek.crs = "EPSG:6668";
  return peek;
}

Result<SourcePlace> placeOf(GDALDataset& dataset, const RasterGrid& grid, const std::filesystem::path& path,
                            const Context& context) {
  SourcePlace place{definitionOf(dataset.GetSpatialRef())};
  if (place.definition.empty()) place = assumePlace(path, {}, grid.bounds, context);
  const Result<crs::CrsInfo> info = crs::describeCrs(place.definition);
  if (!info) return Error{info.error().code, toUtf8(path), info.error().what, info.error().advice};
  const Status placed = checkPlace(path, {}, grid.bounds, context, place);
  if (!placed) return placed.error();
  if (place.north_first)
    return Error{ErrorCode::bad_crs, toUtf8(path), "The raster's position is written north first.",
                 "Correct its position, or name its CRS with --source-crs."};
  return place;
}

}  // namespace hashimichi::import
