#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <cmath>
#include <future>
#include <memory>

#include "datasets/town/ortho_painter.h"
#include "datasets/town/town_parts.h"
#include "geo/core/file.h"

namespace hashimichi::datasets {
namespace {

constexpr double dem_spacing_m = 5, ortho_pixel_m = 0.5;
constexpr double finest_ortho_scale = 4;  // above, pixels grow with the town: an ortho of a county has coarser ones
constexpr int strip_rows = 256;
constexpr float no_height = -9999;

struct CloseDataset {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;

Error cannotWrite(const std::filesystem::path& path) {
  return {ErrorCode::write_failed, toUtf8(path), std::string("could not be written: ") + CPLGetLastErrorMsg(),
          "Check free space and write permission of the folder."};
}

Dataset createTiff(const std::filesystem::path& path, const Town& town, double pixel_m, int columns, int rows,
                   int bands, GDALDataType type, const char* const* options) {
  GDALAllRegister();
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  Dataset dataset(driver ? driver->Create(toUtf8(path).c_str(), columns, rows, bands, type, const_cast<char**>(options))
                         : nullptr);
  if (!dataset) return dataset;
  const Vec3d corner = town.frame.toProjected({town.window.west, town.window.north, 0});
  double transform[] = {corner.x, pixel_m, 0, corner.y, 0, -pixel_m};
  OGRSpatialReference zone;
  zone.importFromEPSG(plane_zone_epsg);
  zone.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  dataset->SetGeoTransform(transform);
  dataset->SetSpatialRef(&zone);
  dataset->SetMetadataItem("TIFFTAG_IMAGEDESCRIPTION", "synthetic data, no real place");
  return dataset;
}

Strip paintStrip(const Town& town, double pixel_m, int columns, int row, int rows) {
  Strip strip{town.window.west, town.window.north - row * pixel_m, pixel_m, columns, rows, {}};
  strip.pixels.resize(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  paintGround(strip, town);
  paintThings(strip, town);
  return strip;
}

/// Strips are painted by two tasks ahead of the writer; no more than three are alive.
Status paintAll(GDALDataset& dataset, const std::filesystem::path& path, const Town& town, double pixel_m,
                Progress& progress) {
  const int columns = dataset.GetRasterXSize(), rows = dataset.GetRasterYSize();
  std::vector<std::future<Strip>> ahead;
  int next = 0;
  const auto start = [&] {
    const int height = std::min(strip_rows, rows - next);
    ahead.push_back(std::async(std::launch::async, [&town, pixel_m, columns, at = next, height] {
      return paintStrip(town, pixel_m, columns, at, height);
    }));
    next += height;
  };
  for (int row = 0; row < rows;) {
    while (ahead.size() < 2 && next < rows) start();
    Strip strip = ahead.front().get();
    ahead.erase(ahead.begin());
    if (progress.cancelled()) return Error{ErrorCode::cancelled, toUtf8(path), "cancelled.", ""};
    progress.report(static_cast<double>(row) / rows, "orthophoto");
    if (dataset.RasterIO(GF_Write, 0, row, columns, strip.rows, strip.pixels.data(), columns, strip.rows, GDT_Byte, 3,
                         nullptr, 3, 3 * columns, 1, nullptr) != CE_None)
      return cannotWrite(path);
    row += strip.rows;
  }
  return done();
}

}  // namespace

Status writeDem(const std::filesystem::path& path, const Town& town, Progress& progress) {
  const auto columns = static_cast<int>(std::ceil((town.window.east - town.window.west) / dem_spacing_m));
  const auto rows = static_cast<int>(std::ceil((town.window.north - town.window.south) / dem_spacing_m));
  const char* options[] = {"COMPRESS=DEFLATE", "PREDICTOR=3", "TILED=YES", nullptr};
  const Dataset dataset = createTiff(path, town, dem_spacing_m, columns, rows, 1, GDT_Float32, options);
  if (!dataset) return cannotWrite(path);
  GDALRasterBand* band = dataset->GetRasterBand(1);
  band->SetNoDataValue(no_height);
  std::vector<float> heights(static_cast<std::size_t>(columns));
  for (int row = 0; row < rows; ++row) {
    if (row % 64 == 0) progress.report(static_cast<double>(row) / rows, "terrain");
    if (progress.cancelled()) return Error{ErrorCode::cancelled, toUtf8(path), "cancelled.", ""};
    const double y = town.window.north - (row + 0.5) * dem_spacing_m;
    for (int column = 0; column < columns; ++column) {
      const double x = town.window.west + (column + 0.5) * dem_spacing_m;
      heights[static_cast<std::size_t>(column)] = static_cast<float>(std::round(100 * town.land->modelled(x, y)) / 100);
    }
    if (band->RasterIO(GF_Write, 0, row, columns, 1, heights.data(), columns, 1, GDT_Float32, 0, 0, nullptr) != CE_None)
      return cannotWrite(path);
  }
  return done();
}

Status writeOrtho(const std::filesystem::path& path, const Town& town, Progress& progress) {
  const double pixel_m = ortho_pixel_m * std::sqrt(std::max(1.0, town.options.scale / finest_ortho_scale));
  const auto columns = static_cast<int>(std::ceil((town.window.east - town.window.west) / pixel_m));
  const auto rows = static_cast<int>(std::ceil((town.window.north - town.window.south) / pixel_m));
  const std::filesystem::path plain = besideOf(path);
  struct Remove {
    const std::filesystem::path& path;
    ~Remove() {
      std::error_code ignored;
      std::filesystem::remove(path, ignored);
    }
  } remove{plain};
  const char* options[] = {"INTERLEAVE=PIXEL", "PHOTOMETRIC=RGB", "BIGTIFF=IF_SAFER", nullptr};
  Dataset dataset = createTiff(plain, town, pixel_m, columns, rows, 3, GDT_Byte, options);
  if (!dataset) return cannotWrite(plain);
  if (Status status = paintAll(*dataset, plain, town, pixel_m, progress); !status) return status;
  dataset->FlushCache();
  GDALDriver* cog = GetGDALDriverManager()->GetDriverByName("COG");
  const char* cog_options[] = {"COMPRESS=JPEG", "QUALITY=86", "OVERVIEW_RESAMPLING=AVERAGE", "NUM_THREADS=2", nullptr};
  const Dataset written(cog ? cog->CreateCopy(toUtf8(path).c_str(), dataset.get(), FALSE,
                                              const_cast<char**>(cog_options), nullptr, nullptr)
                            : nullptr);
  if (!written) return cannotWrite(path);
  return done();
}

}  // namespace hashimichi::datasets
