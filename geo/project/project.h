#pragma once
#include <filesystem>
#include <optional>

#include "geo/import/import_files.h"
#include "geo/model/city_model.h"

namespace hashimichi::project {

/// A project on disk: the folder `name.hashimichi/` with `project.gpkg` (opens in QGIS as it is) and `caches/`, which
/// can be rebuilt from the sources.
struct Project {
  std::filesystem::path folder;
  std::string name;
  model::CityModelPtr model;
  std::vector<import::SourceInfo> sources;
  Problems report;  ///< the import report, as it was saved
};

/// The present layout of project.gpkg; written into it, checked on opening.
/// 2: all city objects, all levels of detail, points, materials; report lines know their feature.
/// 3: other structures, repairs, pavements, depots, tracks, bus lines, population; more facts of roads.
inline constexpr int schema_version = 3;

bool isProjectFolder(const std::filesystem::path& path);

/// Writes everything into a new project.gpkg beside the old one and renames: the old one survives any failure.
Status save(const Project& project, Progress& progress);

/// not_found, unreadable (damaged), unsupported (a newer version: says which).
Result<Project> open(const std::filesystem::path& folder, Progress& progress);

}  // namespace hashimichi::project
