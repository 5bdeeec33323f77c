#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/import/citygml/validate/finding.h"

namespace hashimichi::import::citygml {

/// What an inspection of CityGML files found.
struct Validation {
  Findings findings;
  std::size_t files = 0;
  std::map<std::string, std::size_t> features;  ///< every city object and its parts by type: "Building", "WallSurface"
};

/// Inspects CityGML files for the faults of PLATEAU's quality inspection that concern reading: XML, identifiers, links,
/// code lists, CRS, extent, rings, faces, solids (validate/README.md lists the rules). Files are streamed; memory grows
/// with the identifiers of all files (they have to differ) and the largest feature. What cannot be opened is a finding
/// as well.
/// @param paths  files, and folders that are searched for .gml and .xml
/// @returns an Error only when cancelled, or when there is no file to inspect
Result<Validation> validateFiles(const std::vector<std::filesystem::path>& paths, Progress& progress);

}  // namespace hashimichi::import::citygml
