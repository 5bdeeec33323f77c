#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "geo/core/progress.h"
#include "geo/core/result.h"

namespace hashimichi::project {

/// What went into an archive.
struct PackReport {
  std::size_t files = 0;
  std::uint64_t bytes = 0;           ///< before packing
  std::vector<std::string> missing;  ///< files that the project names and that are gone; left out
};

/// The project as one .zip with all that it needs: name.hashimichi/ with project.gpkg, notebook, measurements, octrees
/// and caches, and below sources/ the files outside that it names (with what belongs to them: world files, side files
/// of a shapefile, all files of an octree). Paths in the archive's project.gpkg lead there, so that it opens anywhere.
/// The project itself is not changed.
/// @returns write_failed, cancelled, or what opening the project says
Result<PackReport> pack(const std::filesystem::path& project_folder, const std::filesystem::path& zip,
                        Progress& progress);

/// Unpacks such an archive. All of it or nothing: an archive with a path that leads out, an entry that cannot be read,
/// or more than one project is refused.
/// @param into  the folder in which the project's folder is made; empty: where the archive lies
/// @returns the project's folder; "name-2.hashimichi" where there is one of that name
Result<std::filesystem::path> unpack(const std::filesystem::path& zip, std::filesystem::path into, Progress& progress);

}  // namespace hashimichi::project
