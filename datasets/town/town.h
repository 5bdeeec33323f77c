#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "geo/core/progress.h"
#include "geo/core/result.h"

namespace hashimichi::datasets {

/// The same seed and scale give the same town, byte for byte in CSV and CityGML.
struct TownOptions {
  std::uint64_t seed = 20260115;
  double scale = 1;  ///< N: N times the features on N times the area; 0.01 … 100
  /// Where a second survey of the river bridge, a snow survey and what was planted in them are written; kept apart from
  /// the town's own files, so that importing those draws the same picture. Empty: not written.
  std::filesystem::path epochs_folder{};
};

struct TownSummary {
  std::vector<std::filesystem::path> files;  ///< data files in the order of writing, without code lists and side files
  std::size_t buildings = 0, road_segments = 0, bridges = 0, points = 0;
  double road_km = 0;
};

/// Writes a synthetic snow-country town below `folder` (made when missing), in the files that README.md lists.
/// EPSG:6676, heights T.P. Memory grows with the features (about 1 kB each); rasters and points are streamed.
/// @returns bad_input for a scale outside its range, write_failed, cancelled. Files written before stay.
Result<TownSummary> makeTown(const std::filesystem::path& folder, const TownOptions& options, Progress& progress);

/// Only buildings, any number of them: for measuring how fast a city is read.
struct CityOptions {
  std::uint64_t seed = 20260115;
  std::size_t buildings = 100000;  ///< 25 … 250,000
  bool lod2 = false;               ///< false: LOD0 and LOD1 of all; true: LOD2 of all as well
  bool one_file = false;           ///< false: one file per mesh of 1 km, as open data come
};

/// Writes CityGML 2.0 (EPSG:6697) below `folder`/udx/bldg, and the code lists. One LOD1 building takes 2.5 kB, with
/// LOD2 6 kB. Errors as of makeTown.
/// @returns the files
Result<std::vector<std::filesystem::path>> makeCity(const std::filesystem::path& folder, const CityOptions& options,
                                                    Progress& progress);

}  // namespace hashimichi::datasets
