#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/terrain/height_raster.h"

namespace hashimichi::import {
namespace {

constexpr double most_source_samples = 4e9;  // 63,000 × 63,000; more is no town's terrain but a bad header
constexpr double common_sentinel = -9999;    // "no data" in Japanese and American DEMs even where nobody says so

struct Findings {
  bool damaged = false;   ///< some of it cannot be read
  bool sentinel = false;  ///< -9999 stands among the values although the raster declares no "no data"
  bool absurd = false;    ///< values that no ground has
};

/// Reads the raster once; of a very large one a sample.
Findings lookAt(const HeightRaster& source) {
  GDALRasterBand& band = *source.dataset->GetRasterBand(1);
  const double samples = static_cast<double>(band.GetXSize()) * band.GetYSize();
  double low_high[2] = {};
  const bool sampled = samples > most_copied_samples || isRemote(source.file);  // of a remote one its overviews
  if (band.ComputeRasterMinMax(sampled, low_high) != CE_None) return {!sampled, false, false};
  int declared = FALSE;
  band.GetNoDataValue(&declared);
  Findings found;
  found.sentinel = !declared && low_high[0] == common_sentinel;
  const auto height_m = [&](double value) { return value * source.scale_m + source.offset_m; };
  found.absurd =
      (!found.sentinel && !(height_m(low_high[0]) >= lowest_ground_m)) || !(height_m(low_high[1]) <= highest_ground_m);
  return found;
}

void tellSentinel(const std::string& file, Problems& problems) {
  problems.assume(file, {}, "nodata.assumed", "Declares no value for \"no data\"; -9999 was taken as such.");
}

/// The raster without its damage, each loss told; nullptr when it is too large for that.
Result<GDALDatasetUniquePtr> repaired(const HeightRaster& source, const GdalMessages& messages, Context& context) {
  const double samples = static_cast<double>(source.dataset->GetRasterXSize()) * source.dataset->GetRasterYSize();
  if (samples > most_copied_samples) return GDALDatasetUniquePtr();
  SoundCopy copy = soundCopy(source, common_sentinel, context.progress);
  if (context.progress.cancelled()) return Error{ErrorCode::cancelled, source.file, "The import was stopped.", ""};
  if (!copy.dataset)
    return Error{ErrorCode::unreadable, source.file, fmt::format("The raster is damaged: {}.", messages.last()),
                 "Copy or export it again from its source."};
  if (copy.lost_rows > 0)
    context.problems.skip(source.file, {}, "dem.truncated",
                          fmt::format("{} of {} rows cannot be read ({}); they have no data, the others are kept.",
                                      copy.lost_rows, source.dataset->GetRasterYSize(), messages.last()),
                          "Copy or export it again from its source.");
  if (copy.absurd > 0)
    context.problems.skip(source.file, {}, "height.absurd",
                          fmt::format("{} values lie below {:.0f} m or above {:.0f} m, where no ground is; they are no "
                                      "data.",
                                      copy.absurd, lowest_ground_m, highest_ground_m),
                          "Let the source declare its value for \"no data\".");
  if (copy.sentinels > 0) tellSentinel(source.file, context.problems);
  return std::move(copy.dataset);
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
    if (isGeoidGrid(path))
      return Error{ErrorCode::unsupported, toUtf8(path),
                   "This is a grid of geoid heights, which turns heights above the ellipsoid into heights above the "
                   "sea; it is not terrain.",
                   "Name it with --geoid when data with heights above the ellipsoid are imported."};
    if (rasterKind(path) != RasterKind::unknown) return done();
    return Error{ErrorCode::unsupported, toUtf8(path),
                 "The raster is neither one band of heights nor a picture of bytes.",
                 "Export the heights alone as a GeoTIFF with one band."};
  }

  static Status readHeights(GDALDataset& dataset, const RasterGrid& grid, const std::string& source_crs,
                            const std::filesystem::path& path, const GdalMessages& messages, Context& context) {
    GDALRasterBand& band = *dataset.GetRasterBand(1);
    const double unit_m = heightUnit_m(dataset);
    HeightRaster source{&dataset, grid, source_crs, toUtf8(path), toUtf8(path.filename())};
    source.scale_m = band.GetScale() * unit_m;
    source.offset_m = band.GetOffset() * unit_m;
    if (unit_m != 1)
      context.problems.assume(
          source.file, {}, "height.unit",
          fmt::format("The heights are in units of {:.6g} m; they were turned into metres.", unit_m));
    const Findings found = lookAt(source);
    GDALDatasetUniquePtr sound;
    if (found.damaged || found.absurd) {
      Result<GDALDatasetUniquePtr> copied = repaired(source, messages, context);
      if (!copied) return copied.error();
      sound = std::move(*copied);
      if (sound) source.dataset = sound.get();
    }
    if (!sound && found.sentinel) {
      source.no_data = common_sentinel;
      tellSentinel(source.file, context.problems);
    }
    Result<model::Terrain> terrain = terrainFrom(source, messages, context);
    if (!terrain) return terrain.error();
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
