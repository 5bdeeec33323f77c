#pragma once
#include <filesystem>
#include <string>

namespace hashimichi::project {

/// Where things lie in `name.hashimichi/`, and how paths to files outside it are told so that folder and sources can
/// move together.
std::filesystem::path gpkgOf(const std::filesystem::path& folder);
std::filesystem::path cachesOf(const std::filesystem::path& folder);

/// Inside the project: "./" and the path from its folder. Below the folder that holds the project: relative to that. Else
/// as it is.
std::string storedPath(const std::string& path, const std::filesystem::path& project_folder);
/// The inverse: absolute.
std::string resolvedPath(const std::string& stored, const std::filesystem::path& project_folder);

/// Problems that opening adds carry this prefix; they are about this machine and this moment and are not saved.
inline constexpr const char* opening_code_prefix = "project.";

}  // namespace hashimichi::project
