#pragma once
#include <map>

#include "geo/import/importer.h"

namespace hashimichi::import {

/// One source file as it went into the project.
struct SourceInfo {
  std::string path;  ///< as the user named it, UTF-8
  std::string format, crs;
  Bounds bounds;                                ///< in the file's CRS, east first
  std::map<std::string, std::size_t> features;  ///< "Building" → 25, "Road", "Bridge", "Inspection" …
  std::size_t points = 0;
  std::string sha256;  ///< of the content, for the decision record; empty for files above 256 MiB
  /// "Building" → 2 → 25: how many features have this level of detail, shown or not.
  std::map<std::string, std::map<int, std::size_t>> lods{};
};

struct Outcome {
  model::CityModelPtr model;
  Problems problems;
  std::vector<SourceInfo> sources;
};

/// Folders are searched for files that an importer accepts (side files .dbf, .shx, .prj, .cpg belong to their .shp).
/// Chooses the project's frame, reads file after file, joins and freezes.
///
/// @param base  the model to add to (its frame is kept), or nullptr for a new project
/// @returns an Error only when nothing at all could be read, or cancelled; bad files are Problems
Result<Outcome> importFiles(const std::vector<std::filesystem::path>& paths, const Options& options, Progress& progress,
                            const model::CityModelPtr& base = nullptr);

}  // namespace hashimichi::import
