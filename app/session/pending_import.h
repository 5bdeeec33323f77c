#pragma once
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "geo/import/survey.h"

namespace hashimichi::app {

/// Files that a person wants to import, looked at but not read.
struct PendingImport {
  std::vector<std::filesystem::path> paths;
  import::Options options;
  std::filesystem::path project_folder;  ///< empty: the open project
  import::Survey survey;

  /// Of all files, where their names or heads tell.
  std::set<std::string> types() const;
  std::set<int> lods() const;
  /// Whether some file does not tell what it holds.
  bool hasUntold() const;
};

/// What a person ticked.
struct ImportChoice {
  std::set<std::string> unwanted_types;
  std::set<int> unwanted_lods;
  std::string area;        ///< rectangle in degrees or a GeoJSON file; empty: everywhere
  std::string mesh_codes;  ///< JIS grid squares; empty: everywhere
  std::string source_crs;  ///< of files that name none; empty: found out and reported
  std::string encoding;    ///< "UTF-8" or "CP932"; empty: found out and reported
  std::string geoid;       ///< grid file; empty: PROJ's own where it is installed
  double fill_terrain_m = 0;
};

/// The options that the files were looked at with, and what the person chose instead.
import::Options optionsOf(const PendingImport& pending, const ImportChoice& choice);

/// @returns bad_input with the part of the area or of the codes that is wrong
Result<import::Selection> selectionOf(const PendingImport& pending, const ImportChoice& choice);

}  // namespace hashimichi::app
