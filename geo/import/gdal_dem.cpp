#include <fmt/format.h>
#include <gdal_alg.h>
#include <gdal_utils.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/gdal_raster.h"

namespace hashimichi::import {
namespace {

constexpr int most_samples_per_side = 4000;  // 64 MB of float32; a town at 1 m
constexpr double most_source_samples = 4e9;  // 63,000 × 63,000; more is no town's terrain but a bad header
constexpr double common_sentinel = -9999;    // "no data" in Japanese and American DEMs even where nobody says so

/// Squares in the frame's projected CRS that the DEM is read into.
struct TargetGrid {
  double low_x = 0, low_y = 0, spacing_m = 0;
  int columns = 0, rows = 0;
};

struct TransformerDeleter {
  void operator()(void* transformer) const { GDALDestroyGenImgProjTransformer(transformer); }
};

std::string projectCode(const Context& context) {
  return fmt::format("EPSG:{}", context.frame.epsg());
}

bool sameCrs(const std::string& definition, const Context& context) {
  const Result<crs::CrsInfo> info = crs::describeCrs(definition);
  return info && info->horizontal_epsg == context.frame.epsg();
}

/// Where GDAL would put the raster in the project's CRS, with square cells of its native size.
Result<TargetGrid> nativeTarget(GDALDataset& dataset, const RasterGrid& grid, const std::string& source_crs,
                                const std::filesystem::path& path, const Context& context) {
  TargetGrid target;
  if (sameCrs(source_crs, context) && grid.northUp()) {
    target.spacing_m = std::min(std::fabs(grid.geo[1]), std::fabs(grid.geo[5]));
    target.low_x = grid.bounds.low.x;
    target.low_y = grid.bounds.low.y;
    target.columns = static_cast<int>(std::min(grid.bounds.size().x / target.spacing_m + 0.5, 2e9));
    target.rows = static_cast<int>(std::min(grid.bounds.size().y / target.spacing_m + 0.5, 2e9));
    return target;
  }
  char** options = CSLSetNameValue(nullptr, "SRC_SRS", source_crs.c_str());
  options = CSLSetNameValue(options, "DST_SRS", projectCode(context).c_str());
  const std::unique_ptr<void, TransformerDeleter> transformer(
      GDALCreateGenImgProjTransformer2(&dataset, nullptr, options));
  CSLDestroy(options);
  double geo[6] = {}, extent[4] = {};
  int columns = 0, rows = 0;
  if (!transformer || GDALSuggestedWarpOutput2(&dataset, GDALGenImgProjTransform, transformer.get(), geo, &columns,
                                               &rows, extent, 0) != CE_None)
    return Error{ErrorCode::bad_crs, toUtf8(path), "The raster cannot be brought into " + projectCode(context) + ".",
                 "Check its CRS."};
  return TargetGrid{extent[0], extent[1], geo[1], columns, rows};
}

void coarsen(TargetGrid& target, const std::string& file, Problems& problems) {
  const int longest = std::max(target.columns, target.rows);
  if (longest <= most_samples_per_side) return;
  const double native_m = target.spacing_m;
  target.spacing_m *= static_cast<double>(longest) / most_samples_per_side;
  const auto fewer = [&](int count) {
    return std::max(1, static_cast<int>(count * (native_m / target.spacing_m) + 0.5));
  };
  target.columns = fewer(target.columns);
  target.rows = fewer(target.rows);
  problems.assume(file, {}, "dem.coarsened",
                  fmt::format("The terrain is read at {:.3g} m instead of {:.3g} m, because a side is limited to {} "
                              "samples.",
                              target.spacing_m, native_m, most_samples_per_side),
                  "Cut the part that the project needs if more detail matters.");
}

int CPL_STDCALL passProgress(double fraction, const char*, void* context) {
  Progress& progress = static_cast<Context*>(context)->progress;
  progress.report(fraction, "terrain");
  return progress.cancelled() ? FALSE : TRUE;
}

/// Whether the sentinel stands among the values although the raster declares no "no data".
bool hasUndeclaredSentinel(GDALRasterBand& band) {
  int declared = FALSE;
  band.GetNoDataValue(&declared);
  if (declared) return false;
  double low_high[2] = {};
  return band.ComputeRasterMinMax(TRUE, low_high) == CE_None && low_high[0] == common_sentinel;
}

/// The raster in the target grid, "no data" as NaN.
GDALDatasetUniquePtr warp(GDALDataset& dataset, const TargetGrid& target, const std::string& source_crs, bool sentinel,
                          Context& context) {
  std::vector<std::string> words{
      "-of",    "MEM",      "-r",     "bilinear",           "-ot", "Float32", "-dstnodata", "nan", "-novshiftgrid",
      "-s_srs", source_crs, "-t_srs", projectCode(context), "-te"};
  for (const double edge : {target.low_x, target.low_y, target.low_x + target.columns * target.spacing_m,
                            target.low_y + target.rows * target.spacing_m})
    words.push_back(fmt::format("{:.17g}", edge));
  words.insert(words.end(), {"-ts", std::to_string(target.columns), std::to_string(target.rows)});
  if (sentinel) words.insert(words.end(), {"-srcnodata", fmt::format("{}", common_sentinel)});
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  GDALWarpAppOptions* options = GDALWarpAppOptionsNew(arguments.data(), nullptr);
  if (!options) return nullptr;
  GDALWarpAppOptionsSetProgress(options, &passProgress, &context);
  GDALDatasetH source = &dataset;
  int usage_error = FALSE;
  GDALDatasetUniquePtr warped(GDALDataset::FromHandle(GDALWarp("", nullptr, 1, &source, options, &usage_error)));
  GDALWarpAppOptionsFree(options);
  return warped;
}

/// Metres per unit of the raster's heights; 1 where it says nothing.
double heightUnit_m(GDALRasterBand& band) {
  const std::string unit = toLower(band.GetUnitType());
  if (unit == "ft" || unit == "foot" || unit == "feet") return 0.3048;
  if (unit.find("survey f") != std::string::npos) return 1200.0 / 3937.0;
  return unit == "cm" ? 0.01 : 1;
}

/// Rows from the south up, heights in metres; nothing when no sample carries a height.
std::optional<model::Terrain> terrainOf(GDALDataset& warped, GDALRasterBand& source_band, const TargetGrid& target,
                                        const Context& context) {
  model::Terrain terrain;
  terrain.spacing_m = target.spacing_m;
  terrain.columns = static_cast<std::size_t>(target.columns);
  terrain.rows = static_cast<std::size_t>(target.rows);
  const double half = target.spacing_m / 2;
  terrain.south_west = context.frame.toLocal({target.low_x + half, target.low_y + half, 0});
  terrain.south_west.z = 0;
  terrain.height_m.resize(terrain.columns * terrain.rows);
  GDALRasterBand& band = *warped.GetRasterBand(1);
  const double unit_m = heightUnit_m(source_band), scale = source_band.GetScale() * unit_m,
               offset = source_band.GetOffset() * unit_m;
  std::size_t known = 0;
  for (std::size_t row = 0; row < terrain.rows; ++row) {
    float* heights = terrain.height_m.data() + row * terrain.columns;
    const int y = target.rows - 1 - static_cast<int>(row);
    if (band.RasterIO(GF_Read, 0, y, target.columns, 1, heights, target.columns, 1, GDT_Float32, 0, 0, nullptr) !=
        CE_None)
      return std::nullopt;
    for (std::size_t column = 0; column < terrain.columns; ++column) {
      float& height = heights[column];
      if (!std::isfinite(height)) {
        height = std::numeric_limits<float>::quiet_NaN();
        continue;
      }
      ++known;
      if (scale != 1 || offset != 0) height = static_cast<float>(height * scale + offset);
    }
  }
  if (known == 0) return std::nullopt;
  return terrain;
}

class DemImporter final : public Importer {
 public:
  std::string_view format() const override { return "terrain raster"; }

  /// Damaged rasters are taken too: reading them names the damage.
  bool accepts(const std::filesystem::path& path, std::string_view head) const override {
    return isRasterHead(path, head) && rasterKind(path) != RasterKind::picture;
  }

  Result<Peek> peek(const std::filesystem::path& path, const Options& options, Problems&) const override {
    if (const Status fits = checkKind(path); !fits) return fits.error();
    return peekRaster(path, options);
  }

  Status read(const std::filesystem::path& path, Context& context) const override {
    const std::string file = toUtf8(path);
    const GdalMessages messages;
    const Result<GDALDatasetUniquePtr> opened = openRaster(path, messages);
    if (!opened) return opened.error();
    if (const Status fits = checkKind(path); !fits) return fits;
    GDALDataset& dataset = **opened;
    if (static_cast<double>(dataset.GetRasterXSize()) * dataset.GetRasterYSize() > most_source_samples)
      return Error{ErrorCode::limit, file,
                   fmt::format("The raster announces {} × {} samples; at most {:.0e} are read.",
                               dataset.GetRasterXSize(), dataset.GetRasterYSize(), most_source_samples),
                   "Cut the part that the project needs."};
    const Result<RasterGrid> grid = gridOf(dataset, path);
    if (!grid) return grid.error();
    const Result<SourcePlace> place = placeOf(dataset, *grid, path, context);
    if (!place) return place.error();
    return readHeights(dataset, *grid, place->definition, path, messages, context);
  }

 private:
  static Status checkKind(const std::filesystem::path& path) {
    if (rasterKind(path) != RasterKind::unknown) return done();
    return Error{ErrorCode::unsupported, toUtf8(path),
                 "The raster is neither one band of heights nor a picture of bytes.",
                 "Export the heights alone as a GeoTIFF with one band."};
  }

  static Status readHeights(GDALDataset& dataset, const RasterGrid& grid, const std::string& source_crs,
                            const std::filesystem::path& path, const GdalMessages& messages, Context& context) {
    const std::string file = toUtf8(path);
    Result<TargetGrid> target = nativeTarget(dataset, grid, source_crs, path, context);
    if (!target) return target.error();
    coarsen(*target, file, context.problems);
    GDALRasterBand& band = *dataset.GetRasterBand(1);
    const bool sentinel = hasUndeclaredSentinel(band);
    if (sentinel)
      context.problems.assume(file, {}, "nodata.assumed",
                              "Declares no value for \"no data\"; -9999 was taken as such.");
    const GDALDatasetUniquePtr warped = warp(dataset, *target, source_crs, sentinel, context);
    if (context.progress.cancelled()) return Error{ErrorCode::cancelled, file, "The import was stopped.", ""};
    if (!warped)
      return Error{ErrorCode::unreadable, file, fmt::format("The raster is damaged: {}.", messages.last()),
                   "Copy or export it again from its source."};
    std::optional<model::Terrain> terrain = terrainOf(*warped, band, *target, context);
    if (!terrain)
      return Error{ErrorCode::bad_input, file, "No sample of the raster carries a height.", "Check what it holds."};
    terrain->source = toUtf8(path.filename());
    context.sink.add(std::move(*terrain));
    return done();
  }
};

}  // namespace

const Importer& demImporter() {
  static const DemImporter importer;
  return importer;
}

}  // namespace hashimichi::import
