#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "geo/project/project.h"

namespace hashimichi::project {

/// Every file that a project names, once: sources, point clouds and their octrees, orthophotos, textures. As they stand
/// in the opened project (absolute, except what was never found); addresses and databases are left out.
std::vector<std::string> linksOf(const Project& project);
/// Those that are gone. Looks at every file once; on a worker where the folder may be far away.
std::vector<std::filesystem::path> missingLinks(const Project& project);

/// Where missing files are now: `missing` is `found`, or lies below that folder; others that are missing are looked for
/// there, too (below `found`, or below the folder of `found`). Of several files of one name the one whose folders agree
/// most is taken; where that leaves more than one, none.
/// @param missing  one of `all_missing`
/// @returns new place by missing path; empty when nothing was found
std::map<std::filesystem::path, std::filesystem::path> repairedBy(const std::vector<std::filesystem::path>& all_missing,
                                                                  const std::filesystem::path& missing,
                                                                  const std::filesystem::path& found);

/// The project with its links changed; nothing is written.
/// @param place_by_link  keys as linksOf() tells them
Project relinked(const Project& project, const std::map<std::filesystem::path, std::filesystem::path>& place_by_link);

/// Changes the links of a project file that nobody else has open. For packing.
/// @param stored_by_stored  as they stand in the file
Status relinkFile(const std::filesystem::path& gpkg, const std::map<std::string, std::string>& stored_by_stored);
/// The links of a project file as they stand in it, by what they mean on this machine.
struct StoredLink {
  std::string stored;
  std::string path;  ///< absolute
  bool source = false;
};
Result<std::vector<StoredLink>> storedLinksOf(const std::filesystem::path& gpkg, const std::filesystem::path& folder);

}  // namespace hashimichi::project
