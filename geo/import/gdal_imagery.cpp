#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/core/file.h"
#include "geo/import/gdal_raster.h"

namespace hashimichi::import {
namespace {

/// How far the picture's pixels lie from where they are drawn when it is stretched over its box, at the worst place.
double stretch_m(const RasterGrid& grid, double columns, double rows, const Placer& placer, const Bounds& extent) {
  double worst = 0;
  for (const double u : {0.0, 0.5, 1.0}) {
    for (const double v : {0.0, 0.5, 1.0}) {
      Vec3d place[] = {grid.at(u * columns, v * rows)};
      placer.apply(place);
      const Vec3d drawn{extent.low.x + u * extent.size().x, extent.high.y - v * extent.size().y, 0};
      if (isFinite(place[0])) worst = std::max(worst, distance2d(place[0], drawn));
    }
  }
  return worst;
}

class ImageryImporter final : public Importer {
 public:
  std::string_view format() const override { return "orthophoto"; }

  bool accepts(const std::filesystem::path& path, std::string_view head) const override {
    return isRasterHead(path, head) && rasterKind(path) == RasterKind::picture;
  }

  Result<Peek> peek(const std::filesystem::path& path, const Options& options, Problems&) const override {
    return peekRaster(path, options);
  }

  Status read(const std::filesystem::path& path, Context& context) const override {
    const GdalMessages messages;
    const Result<GDALDatasetUniquePtr> dataset = openRaster(path, messages);
    if (!dataset) return dataset.error();
    const Result<RasterGrid> grid = gridOf(**dataset, path);
    if (!grid) return grid.error();
    const Result<SourcePlace> place = placeOf(**dataset, *grid, path, context);
    if (!place) return place.error();
    // Drawing warps the pixels from the CRS that the file states: another one cannot be put in its place.
    if (const std::string stated = definitionOf((*dataset)->GetSpatialRef());
        !stated.empty() && stated != place->definition)
      return Error{
          ErrorCode::bad_crs, toUtf8(path),
          fmt::format("The image states a CRS under which it does not lie in the project's area; under {} it would.",
                      place->definition),
          "Correct the CRS of the file and import it again."};
    const Result<Placer> placer = Placer::create(*place, context.frame);
    if (!placer) return placer.error();
    if (const Status first = checkPixels(**dataset, path, messages); !first) return first;

    model::ImageryRef imagery;
    imagery.extent = localBounds(grid->bounds, *placer);
    std::error_code error;
    const std::filesystem::path absolute = std::filesystem::absolute(path, error);
    imagery.path = toUtf8(error || isRemote(path) ? path : absolute);
    imagery.source = toUtf8(path.filename());
    const double columns = (*dataset)->GetRasterXSize(), rows = (*dataset)->GetRasterYSize();
    const double pixel_m = imagery.extent.size().x / columns;
    const double moved_m = stretch_m(*grid, columns, rows, *placer, imagery.extent);
    constexpr double unseen_m = 0.5;
    const bool drawn_as_stated = !definitionOf((*dataset)->GetSpatialRef()).empty();  // then drawing warps it
    if (!drawn_as_stated && moved_m > std::max(pixel_m, unseen_m))
      context.problems.assume(
          toUtf8(path), {}, "imagery.stretched",
          fmt::format("The picture names no CRS and is not in the project's; drawn over its box, its pixels lie up "
                      "to {:.1f} m beside their place.",
                      moved_m),
          "Export it as GeoTIFF that names its CRS.");
    context.sink.add(std::move(imagery));
    return done();
  }

 private:
  /// A file that was cut off opens well; its pixels tell. The last rows are tried, because what is missing is the end.
  static Status checkPixels(GDALDataset& dataset, const std::filesystem::path& path, const GdalMessages& messages) {
    GDALRasterBand& band = *dataset.GetRasterBand(1);
    int block_columns = 0, block_rows = 0;
    band.GetBlockSize(&block_columns, &block_rows);
    const int last_row = dataset.GetRasterYSize() - 1, width = std::min(block_columns, dataset.GetRasterXSize());
    std::vector<unsigned char> row(static_cast<std::size_t>(width));
    for (const int y : {0, last_row}) {
      const CPLErr read = band.RasterIO(GF_Read, dataset.GetRasterXSize() - width, y, width, 1, row.data(), width, 1,
                                        GDT_Byte, 0, 0, nullptr);
      if (read != CE_None)
        return Error{ErrorCode::unreadable, toUtf8(path),
                     fmt::format("The picture is damaged near row {}: {}.", y, messages.last()),
                     "Copy or export it again from its source."};
    }
    return done();
  }
};

}  // namespace

const Importer& imageryImporter() {
  static const ImageryImporter importer;
  return importer;
}

}  // namespace hashimichi::import
