#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "geo/import/importer.h"

namespace hashimichi::import {

/// What a file is, as far as it can be told without reading all of it.
struct SurveyedFile {
  std::string path;                ///< UTF-8, as found
  std::string format;              ///< "CityGML", "LAZ", "Shapefile" …
  std::string crs;                 ///< empty when the file names none
  std::string package;             ///< "bldg" where the name tells, by PLATEAU's rules
  std::string mesh_code;           ///< "53394525" where the name tells
  std::vector<std::string> types;  ///< what stands in it, where the package tells
  std::set<int> lods;              ///< those met in the first MiB of a CityGML file
  std::optional<Bounds> degrees;   ///< longitude x, latitude y; of the file, else of its grid square
  std::uint64_t bytes = 0;
  bool wanted = true;  ///< false: Options::selection leaves the whole file out
};

struct Survey {
  std::vector<SurveyedFile> files;
  Bounds degrees;  ///< of all files
  std::uint64_t bytes = 0;
  Problems problems;
};

/// What there is, before anything is loaded: finds the files as importFiles would, in archives, too, and looks at the
/// head of each. Of archives the heads are unpacked for as long as the look takes; files in them are named
/// "city.zip/udx/…".
/// @returns cancelled; otherwise what was found, which may be nothing
Result<Survey> survey(const std::vector<std::filesystem::path>& paths, const Options& options, Progress& progress);

}  // namespace hashimichi::import
