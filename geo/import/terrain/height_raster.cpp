#include "geo/import/terrain/height_raster.h"

#include <fmt/format.h>
#include <gdal_alg.h>
#include <gdal_utils.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "geo/core/text.h"

namespace hashimichi::import {
namespace {

constexpr int most_samples_per_side = 4000;  // 64 MB of float32; a town at 1 m

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
Result<TargetGrid> nativeTarget(const HeightRaster& source, const Context& context) {
  GDALDataset& dataset = *source.dataset;
  const RasterGrid& grid = source.grid;
  const std::string& source_crs = source.crs;
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
    return Error{ErrorCode::bad_crs, source.file, "The raster cannot be brought into " + projectCode(context) + ".",
                 "Check its CRS."};
  const double spacing_m = source.spacing_m > 0 ? source.spacing_m : geo[1];
  // On whole multiples of the spacing: meshes and tiles of one series share their samples and meet without a seam.
  const auto below = [&](double v) { return std::floor(v / spacing_m + 1e-6) * spacing_m; };
  const double low_x = below(extent[0]), low_y = below(extent[1]);
  const auto count = [&](double high, double low) {
    return static_cast<int>(std::clamp(std::ceil((high - low) / spacing_m - 1e-6), 1.0, 2e9));
  };
  return TargetGrid{low_x, low_y, spacing_m, count(extent[2], low_x), count(extent[3], low_y)};
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

/// The raster in the target grid, "no data" as NaN.
GDALDatasetUniquePtr warp(GDALDataset& dataset, const TargetGrid& target, const std::string& source_crs,
                          std::optional<double> no_data, Context& context) {
  std::vector<std::string> words{
      "-of",           "MEM", "-r",   "bilinear", "-ot",      "Float32", "-dstnodata",         "nan",
      "-novshiftgrid", "-et", "0.02", "-s_srs",   source_crs, "-t_srs",  projectCode(context), "-te"};
  for (const double edge : {target.low_x, target.low_y, target.low_x + target.columns * target.spacing_m,
                            target.low_y + target.rows * target.spacing_m})
    words.push_back(fmt::format("{:.17g}", edge));
  words.insert(words.end(), {"-ts", std::to_string(target.columns), std::to_string(target.rows)});
  if (no_data) words.insert(words.end(), {"-srcnodata", fmt::format("{:.17g}", *no_data)});
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

/// Rows from the south up, heights in metres; nothing when no sample carries a height.
std::optional<model::Terrain> terrainOf(GDALDataset& warped, const HeightRaster& source, const TargetGrid& target,
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
      if (source.scale_m != 1 || source.offset_m != 0)
        height = static_cast<float>(height * source.scale_m + source.offset_m);
      if (height < lowest_ground_m || height > highest_ground_m) {
        height = std::numeric_limits<float>::quiet_NaN();
        --known;
      }
    }
  }
  if (known == 0) return std::nullopt;
  return terrain;
}

}  // namespace

Result<model::Terrain> terrainFrom(const HeightRaster& source, const GdalMessages& messages, Context& context) {
  Result<TargetGrid> target = nativeTarget(source, context);
  if (!target) return target.error();
  coarsen(*target, source.file, context.problems);
  const GDALDatasetUniquePtr warped = warp(*source.dataset, *target, source.crs, source.no_data, context);
  if (context.progress.cancelled()) return Error{ErrorCode::cancelled, source.file, "The import was stopped.", ""};
  if (!warped)
    return Error{ErrorCode::unreadable, source.file, fmt::format("The raster is damaged: {}.", messages.last()),
                 "Copy or export it again from its source."};
  std::optional<model::Terrain> terrain = terrainOf(*warped, source, *target, context);
  if (!terrain)
    return Error{ErrorCode::bad_input, source.file, "No sample of the raster carries a height.",
                 "Check what it holds."};
  terrain->source = source.source;
  return std::move(*terrain);
}

SoundCopy soundCopy(const HeightRaster& source, double sentinel, Progress& progress) {
  SoundCopy copy;
  GDALDataset& from = *source.dataset;
  const int columns = from.GetRasterXSize(), rows = from.GetRasterYSize();
  GDALDriver* memory = GetGDALDriverManager()->GetDriverByName("MEM");
  copy.dataset.reset(memory->Create("", columns, rows, 1, GDT_Float32, nullptr));
  if (!copy.dataset) return copy;
  copy.dataset->SetGeoTransform(const_cast<double*>(source.grid.geo));
  GDALRasterBand &read = *from.GetRasterBand(1), &written = *copy.dataset->GetRasterBand(1);
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  written.SetNoDataValue(nan);
  int declared = FALSE;
  const double no_data = read.GetNoDataValue(&declared);
  std::vector<double> line(static_cast<std::size_t>(columns));
  for (int row = 0; row < rows && !progress.cancelled(); ++row) {
    if (read.RasterIO(GF_Read, 0, row, columns, 1, line.data(), columns, 1, GDT_Float64, 0, 0, nullptr) != CE_None) {
      ++copy.lost_rows;
      std::fill(line.begin(), line.end(), nan);
    }
    for (double& value : line) {
      if (std::isnan(value) || (declared && value == no_data)) {
        value = nan;
        continue;
      }
      const double height_m = value * source.scale_m + source.offset_m;
      const bool is_sentinel = !declared && value == sentinel;
      const bool is_absurd = !(height_m >= lowest_ground_m && height_m <= highest_ground_m);
      copy.sentinels += is_sentinel;
      copy.absurd += is_absurd && !is_sentinel;
      if (is_sentinel || is_absurd) value = nan;
    }
    if (written.RasterIO(GF_Write, 0, row, columns, 1, line.data(), columns, 1, GDT_Float64, 0, 0, nullptr) != CE_None)
      break;
  }
  if (copy.lost_rows == rows) copy.dataset.reset();
  return copy;
}

double heightUnit_m(GDALDataset& dataset) {
  const std::string unit = toLower(dataset.GetRasterBand(1)->GetUnitType());
  if (unit == "ft" || unit == "foot" || unit == "feet") return 0.3048;
  if (unit.find("survey f") != std::string::npos) return 1200.0 / 3937.0;
  if (unit == "cm") return 0.01;
  const OGRSpatialReference* crs = dataset.GetSpatialRef();
  if (!unit.empty() || !crs || !crs->IsCompound()) return 1;
  const double factor = crs->GetTargetLinearUnits("VERT_CS");
  return factor > 0 && std::isfinite(factor) ? factor : 1;
}

}  // namespace hashimichi::import
