#include "geo/project/generations.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <regex>
#include <vector>

#include "geo/core/file.h"
#include "geo/project/layout.h"
#include "geo/project/project.h"
#include "geo/project/schema.h"

namespace hashimichi::project {
namespace fs = std::filesystem;

namespace {

/// What one generation names below caches/ and in folders of unpacked archives.
struct Named {
  std::set<std::string> caches;     ///< file names
  std::vector<std::string> places;  ///< absolute paths of pictures
};

/// Nothing when the file is no GeoPackage of a project.
std::optional<int> layoutOf(const fs::path& gpkg) {
  Result<Gpkg> file = Gpkg::open(gpkg);
  std::vector<MetadataRow> rows;
  if (!file || !readRows(*file, table::metadata, rows, metadataColumns)) return std::nullopt;
  for (const MetadataRow& row : rows) {
    int version = 0;
    if (row.key != "schema_version") continue;
    if (std::from_chars(row.value.data(), row.value.data() + row.value.size(), version).ec == std::errc())
      return version;
  }
  return std::nullopt;
}

std::optional<Named> namedBy(const fs::path& gpkg, const fs::path& folder) {
  Result<Gpkg> file = Gpkg::open(gpkg);
  if (!file) return std::nullopt;
  std::vector<CloudRow> clouds;
  std::vector<MeshRow> meshes;
  std::vector<model::Material> materials;
  std::vector<model::ImageryRef> imagery;
  const bool first_layout = layoutOf(gpkg).value_or(0) < 2;  // which had neither meshes nor materials
  if (!readRows(*file, table::clouds, clouds, cloudColumns) ||
      !readRows(*file, table::imagery, imagery, imageryColumns))
    return std::nullopt;
  if (!first_layout && (!readRows(*file, table::meshes, meshes, meshColumns) ||
                        !readRows(*file, table::materials, materials, materialColumns)))
    return std::nullopt;
  Named named;
  for (const CloudRow& row : clouds) named.caches.insert(row.cache);
  for (const MeshRow& row : meshes) named.caches.insert(row.cache);
  for (const model::Material& row : materials) {
    named.caches.insert(toUtf8(fs::path(row.texture_path).filename()));
    named.places.push_back(resolvedPath(row.texture_path, folder));
  }
  for (const model::ImageryRef& row : imagery) named.places.push_back(resolvedPath(row.path, folder));
  return named;
}

bool liesBelow(const std::vector<std::string>& places, const fs::path& folder) {
  std::error_code ignored;
  const std::string prefix = toUtf8(fs::absolute(folder, ignored).lexically_normal()) + "/";
  return std::any_of(places.begin(), places.end(), [&](const std::string& path) {
    return !path.empty() && toUtf8(fs::absolute(path, ignored).lexically_normal()).starts_with(prefix);
  });
}

Error cannotKeep(const fs::path& path, const std::string& reason) {
  return {ErrorCode::write_failed, toUtf8(path), "The previous state cannot be kept: " + reason + ".",
          "Check free space and whether the folder is writable."};
}

/// A second name for the same content, else a copy, put in place at once.
Status copyTo(const fs::path& from, const fs::path& to) {
  const fs::path beside = besideOf(to);
  std::error_code failed;
  fs::remove(beside, failed);
  fs::create_hard_link(from, beside, failed);
  if (failed) fs::copy_file(from, beside, fs::copy_options::overwrite_existing, failed);
  if (failed) {
    std::error_code ignored;
    fs::remove(beside, ignored);
    return cannotKeep(to, failed.message());
  }
  // Two names of one file: rename would do nothing and leave both.
  if (std::error_code ignored; fs::equivalent(beside, to, ignored)) {
    fs::remove(beside, ignored);
    return done();
  }
  return moveIntoPlace(beside, to);
}

}  // namespace

fs::path backupOf(const fs::path& folder) {
  return folder / "project.gpkg.bak";
}
fs::path damagedOf(const fs::path& folder) {
  return folder / "project.gpkg.damaged";
}

Status keepPrevious(const fs::path& folder) {
  const fs::path present = gpkgOf(folder);
  std::error_code ignored;
  if (!fs::exists(present, ignored)) return done();
  const std::optional<int> layout = layoutOf(present);
  if (!layout) return copyTo(present, damagedOf(folder));
  if (*layout > schema_version)
    return Error{
        ErrorCode::unsupported, toUtf8(present),
        "The project was saved by a newer Hashimichi (layout " + std::to_string(*layout) + ") and is not overwritten.",
        "Update Hashimichi, or save into another project."};
  return copyTo(present, backupOf(folder));
}

Status restorePrevious(const fs::path& folder) {
  if (!layoutOf(backupOf(folder)))
    return Error{ErrorCode::unreadable, toUtf8(backupOf(folder)), "The previous state of the project cannot be read.",
                 "Bring back a copy, or import the sources again."};
  std::error_code ignored;
  if (fs::exists(gpkgOf(folder), ignored))
    if (const Status kept = copyTo(gpkgOf(folder), damagedOf(folder)); !kept) return kept;
  return copyTo(backupOf(folder), gpkgOf(folder));
}

void removeOldCaches(const fs::path& folder, const std::set<std::string>& used, const model::CityModel& city) {
  std::error_code ignored;
  Named kept;
  if (fs::exists(backupOf(folder), ignored)) {
    std::optional<Named> previous = namedBy(backupOf(folder), folder);
    if (!previous) return;
    kept = std::move(*previous);
  }
  kept.caches.insert(used.begin(), used.end());
  for (const model::Material& material : city.materials) kept.places.push_back(material.texture_path);
  for (const model::ImageryRef& image : city.imagery) kept.places.push_back(image.path);
  std::error_code failed;
  for (const fs::directory_entry& entry : fs::directory_iterator(cachesOf(folder), failed)) {
    const std::string name = toUtf8(entry.path().filename());
    const bool ours = name.starts_with("points_") || name.starts_with("mesh_") || name.starts_with("picture_");
    if (ours && !kept.caches.contains(name)) fs::remove(entry, ignored);
    if (name.starts_with("unpacked_") && entry.is_directory(ignored) && !liesBelow(kept.places, entry))
      fs::remove_all(entry, ignored);
  }
}

void removeLeftovers(const fs::path& folder) {
  // As besideOf() and the lock name them: a dot, what it is to become, the process.
  static const std::regex in_folder(
      R"(\.(project|project\.gpkg|notebook|measurements)\.\d+\.(gpkg|bak|damaged|json)(-journal|-wal|-shm)?|\.project\.lock(\.old)?\.\d+)");
  static const std::regex in_caches(R"(\.(points_|mesh_|picture_|session)[^.]*\.\d+\.[a-z]+)");
  const std::string own = "." + std::to_string(::getpid());
  const auto clear = [&own](const fs::path& where, const std::regex& pattern) {
    std::error_code failed;
    for (const fs::directory_entry& entry : fs::directory_iterator(where, failed)) {
      const std::string name = toUtf8(entry.path().filename());
      std::error_code ignored;
      if (name.find(own) == std::string::npos && std::regex_match(name, pattern)) fs::remove(entry, ignored);
    }
  };
  clear(folder, in_folder);
  clear(cachesOf(folder), in_caches);
}

}  // namespace hashimichi::project
