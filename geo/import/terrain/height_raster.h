#pragma once
// Included only by the .cpp files of this room that talk to GDAL.
#include "geo/import/gdal_raster.h"

namespace hashimichi::import {

/// Nothing on earth lies lower or higher; such values are a lost "no data" or damage.
inline constexpr double lowest_ground_m = -12000, highest_ground_m = 9000;

/// One band of heights as GDAL holds it, and what has been found out about it.
struct HeightRaster {
  GDALDataset* dataset = nullptr;
  RasterGrid grid;
  std::string crs;                   ///< any text that PROJ reads
  std::string file;                  ///< for the report
  std::string source{};              ///< what the terrain is called afterwards
  double spacing_m = 0;              ///< wanted where the raster has to be warped; 0: its own
  double scale_m = 1, offset_m = 0;  ///< metres = value × scale + offset
  std::optional<double> no_data{};   ///< means "no data" although the raster does not say so
};

/// The raster in the project's frame: as it stands where its CRS is the frame's, else warped (bilinear) to a grid on
/// whole multiples of the spacing. Read coarser (reported) where a side would pass 4000 samples.
/// @returns unreadable, bad_crs, cancelled; bad_input when no sample carries a height
Result<model::Terrain> terrainFrom(const HeightRaster& source, const GdalMessages& messages, Context& context);

/// A copy in memory that is sound: rows that cannot be read and values that are no heights have become "no data" (NaN).
struct SoundCopy {
  GDALDatasetUniquePtr dataset;
  std::size_t absurd = 0, sentinels = 0;
  int lost_rows = 0;
};
/// At most this many samples are copied: 400 MB.
inline constexpr double most_copied_samples = 1e8;
/// nullptr in `dataset` when no row could be read.
SoundCopy soundCopy(const HeightRaster& source, double sentinel, Progress& progress);

/// Metres per unit of the raster's heights by its band, else by the vertical part of its CRS; 1 where neither says.
double heightUnit_m(GDALDataset& dataset);

}  // namespace hashimichi::import
