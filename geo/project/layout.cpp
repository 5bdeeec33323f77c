#include "geo/project/layout.h"

#include "geo/core/file.h"
#include "geo/import/importer.h"
#include "geo/project/project.h"

namespace hashimichi::project {
namespace fs = std::filesystem;

namespace {

fs::path neighbourhoodOf(const fs::path& project_folder) {
  std::error_code ignored;
  fs::path folder = fs::absolute(project_folder, ignored).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  return folder.parent_path();
}

}  // namespace

fs::path gpkgOf(const fs::path& folder) {
  return folder / "project.gpkg";
}
fs::path cachesOf(const fs::path& folder) {
  return folder / "caches";
}

bool isProjectFolder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored) && fs::is_regular_file(gpkgOf(path), ignored);
}

namespace {
/// Before paths inside the project's own folder, so that they hold when the folder is renamed.
const std::string in_project = "./";
/// Before the paths of sources that lie beside the project.
const std::string besides_project = "../";

/// An address is kept as it is.
bool isAddress(const std::string& path) {
  return path.starts_with("http://") || path.starts_with("https://");
}
}  // namespace

std::string storedPath(const std::string& path, const fs::path& project_folder) {
  if (path.empty() || import::isDatabase(path) || isAddress(path)) return path;
  std::error_code ignored;
  const fs::path absolute = fs::absolute(fs::path(path), ignored).lexically_normal();
  const fs::path inside = absolute.lexically_relative(fs::absolute(project_folder, ignored).lexically_normal());
  if (!inside.empty() && *inside.begin() != "..") return in_project + toUtf8(inside);
  const fs::path relative = absolute.lexically_relative(neighbourhoodOf(project_folder));
  const bool below = !relative.empty() && *relative.begin() != "..";
  return toUtf8(below ? relative : absolute);
}

std::string resolvedPath(const std::string& stored, const fs::path& project_folder) {
  if (stored.empty() || import::isDatabase(stored) || isAddress(stored)) return stored;
  if (stored.starts_with(in_project))
    return toUtf8((fs::absolute(project_folder) / fs::path(stored.substr(in_project.size()))).lexically_normal());
  const fs::path path(stored);
  return toUtf8(path.is_absolute() ? path : (neighbourhoodOf(project_folder) / path).lexically_normal());
}

fs::path fileOf(const std::string& path) {
  if (path.empty() || import::isDatabase(path) || isAddress(path)) return {};
  std::error_code ignored;
  for (fs::path at(std::u8string(path.begin(), path.end())); at.has_filename(); at = at.parent_path()) {
    if (!fs::exists(at, ignored)) continue;
    const bool whole = toUtf8(at) == path;
    return whole || fs::is_regular_file(at, ignored) ? at : fs::path();
  }
  return {};
}

std::string storedSource(const std::string& path, const fs::path& project_folder) {
  if (fileOf(path).empty()) return path;
  const std::string stored = storedPath(path, project_folder);
  const bool beside = !stored.starts_with(in_project) && fs::path(stored).is_relative();
  return beside ? besides_project + stored : stored;
}

std::string resolvedSource(const std::string& stored, const fs::path& project_folder) {
  if (stored.starts_with(besides_project)) return resolvedPath(stored.substr(besides_project.size()), project_folder);
  return stored.starts_with(in_project) ? resolvedPath(stored, project_folder) : stored;
}

}  // namespace hashimichi::project
