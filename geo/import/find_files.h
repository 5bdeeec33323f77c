#pragma once
#include <filesystem>
#include <vector>

#include "geo/import/importer.h"

namespace hashimichi::import {

/// One file to be read, and by whom.
struct FoundFile {
  std::filesystem::path path;
  const Importer* importer = nullptr;
};

/// A folder with more entries than this is not a town's data; the rest is left out and reported.
inline constexpr std::size_t max_files_per_folder = 100000;

/// Files as they are, folders searched below: hidden entries, project folders, textures, code lists and the side files
/// of Shapefiles and rasters are passed over; of other unknown files the report counts the endings. Each file once, in
/// the order given, folders sorted by name. Files that no importer reads become failed Problems when they were named.
std::vector<FoundFile> findFiles(const std::vector<std::filesystem::path>& paths, Problems& problems);

}  // namespace hashimichi::import
