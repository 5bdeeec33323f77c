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

}  // namespace hashimichi::datasets
