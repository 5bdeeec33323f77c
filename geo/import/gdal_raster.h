#pragma once
// Included only by the .cpp files of this room that talk to GDAL.
#include <gdal_priv.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "geo/import/gdal_support.h"
#include "geo/import/importer.h"
#include "geo/import/source_crs.h"

namespace hashimichi::import {

enum class RasterKind { none, heights, picture, unknown };

/// From the first bytes: whether this can be a raster of a format that is read (GeoTIFF, ESRI ASCII, ERDAS, JPEG 2000,
/// and JPEG and PNG where a world file stands beside them).
bool isRasterHead(const std::filesystem::path& path, std::string_view head);

/// heights: one band of numbers; picture: colours, palette or grey; none: it cannot be opened; unknown: opened, but
/// neither. Reads the header only.
RasterKind rasterKind(const std::filesystem::path& path);

/// A grid of the geoid as PROJ and geodesists keep it: one band of heights, but not of the ground.
bool isGeoidGrid(const std::filesystem::path& path);

/// unreadable with GDAL's reason.
Result<GDALDatasetUniquePtr> openRaster(const std::filesystem::path& path, const GdalMessages& messages);

/// How pixels become places: GDAL's six numbers, and the box around the raster (east first).
struct RasterGrid {
  double geo[6] = {};
  Bounds bounds;
  bool northUp() const { return geo[2] == 0 && geo[4] == 0; }
  Vec3d at(double column, double row) const {
    return {geo[0] + column * geo[1] + row * geo[2], geo[3] + column * geo[4] + row * geo[5], 0};
  }
};
/// bad_crs when the raster carries no position.
Result<RasterGrid> gridOf(GDALDataset& dataset, const std::filesystem::path& path);

/// Shared by both raster importers.
Result<Peek> peekRaster(const std::filesystem::path& path, const Options& options);

/// The CRS of the raster, assumed or checked like that of every source; bad_crs when it cannot lie here.
Result<SourcePlace> placeOf(GDALDataset& dataset, const RasterGrid& grid, const std::filesystem::path& path,
                            const Context& context);

}  // namespace hashimichi::import
