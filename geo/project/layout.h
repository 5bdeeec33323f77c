#pragma once
#include <filesystem>
#include <string>

namespace hashimichi::project {

/// Where things lie in `name.hashimichi/`, and how paths to files outside it are told so that folder and sources can
/// move together.
std::filesystem::path gpkgOf(const std::filesystem::path& folder);
std::filesystem::path cachesOf(const std::filesystem::path& folder);

/// Inside the project: "./" and the path from its folder. Below the folder that holds the project: relative to that.
/// Else as it is.
std::string storedPath(const std::string& path, const std::filesystem::path& project_folder);
/// The inverse: absolute.
std::string resolvedPath(const std::string& stored, const std::filesystem::path& project_folder);

/// The same for the files that were imported, as a person named them: absolute where the file is there, then "./"
/// inside the project and "../" beside it; else left as it is. A file inside an archive is told behind the archive's
/// path.
std::string storedSource(const std::string& path, const std::filesystem::path& project_folder);
std::string resolvedSource(const std::string& stored, const std::filesystem::path& project_folder);
/// The file or folder on disk that a path names: the path itself, or the archive that it goes into. Empty when neither
/// is there.
std::filesystem::path fileOf(const std::string& path);

/// Problems that opening adds carry this prefix; they are about this machine and this moment and are not saved.
inline constexpr const char* opening_code_prefix = "project.";

}  // namespace hashimichi::project
