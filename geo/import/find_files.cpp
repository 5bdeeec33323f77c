#include "geo/import/find_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/terrain/tiles.h"
#include "geo/points/octree.h"

namespace hashimichi::import {
namespace {

namespace fs = std::filesystem;

std::string endingOf(const fs::path& path) {
  return toLower(toUtf8(path.extension()));
}

template <std::size_t n>
bool isOneOf(std::string_view text, const std::array<std::string_view, n>& list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool hasSibling(const fs::path& path, std::initializer_list<const char*> endings) {
  std::error_code ignored;
  return std::any_of(endings.begin(), endings.end(),
                     [&](const char* ending) { return fs::exists(fs::path(path).replace_extension(ending), ignored); });
}

/// Read together with the file that it belongs to: a.dbf with a.shp, a.tfw and a.tif.aux.xml with a.tif.
bool isSideFile(const fs::path& path) {
  static constexpr std::array<std::string_view, 9> of_shape{".dbf", ".shx", ".prj", ".cpg", ".sbn",
                                                            ".sbx", ".qix", ".qpj", ".qmd"};
  static constexpr std::array<std::string_view, 8> of_raster{".tfw", ".jgw",  ".pgw", ".wld",
                                                             ".ovr", ".tifw", ".j2w", ".prj"};
  const std::string ending = endingOf(path);
  std::error_code ignored;
  if (toUtf8(path.filename()).ends_with(".georef.json")) return true;
  if (ending == ".mtl" && hasSibling(path, {".obj", ".OBJ"})) return true;
  if ((ending == ".xml" || ending == ".ovr") && fs::exists(fs::path(path).replace_extension(), ignored)) return true;
  if (ending == ".xml" && endingOf(path.stem()) == ".aux") return true;
  if (isOneOf(ending, of_shape) && hasSibling(path, {".shp", ".SHP"})) return true;
  return isOneOf(ending, of_raster) && hasSibling(path, {".tif", ".tiff", ".TIF", ".jpg", ".png", ".asc", ".jp2"});
}

/// Folders of a PLATEAU data set that hold no features, and our own projects.
bool isPassedOver(const fs::path& folder) {
  static constexpr std::array<std::string_view, 4> names{"codelists", "schemas", "metadata", "specification"};
  const std::string name = toLower(toUtf8(folder.filename()));
  return name.starts_with(".") || name.ends_with("_appearance") || name.ends_with(".hashimichi") ||
         isOneOf(name, names);
}

/// A folder that holds this is one tileset; its tiles are read through it.
constexpr const char* tileset_name = "tileset.json";

std::vector<fs::path> filesBelow(const fs::path& folder, Problems& problems) {
  std::vector<fs::path> files;
  std::error_code error;
  auto entry = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
  std::error_code none;
  if (const fs::path tileset = folder / tileset_name; fs::exists(tileset, none)) return {tileset};
  if (points::looksLikeOctree(folder)) return {folder};
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_directory(ignored)) {
      const fs::path tileset = entry->path() / tileset_name;
      const bool is_tileset = fs::exists(tileset, ignored), is_tiles = !is_tileset && (isTileFolder(entry->path()) || points::looksLikeOctree(entry->path()));
      if (is_tileset) files.push_back(tileset);
      if (is_tiles) files.push_back(entry->path());
      if (is_tileset || is_tiles || isPassedOver(entry->path())) entry.disable_recursion_pending();
      continue;
    }
    if (toUtf8(entry->path().filename()).starts_with(".") || isSideFile(entry->path())) continue;
    if (files.size() == max_files_per_folder) {
      problems.skip(toUtf8(folder), {}, "folder.too_large",
                    fmt::format("The folder holds more than {} files: the rest was not looked at.", files.size()),
                    "Name the folders that hold the town's data.");
      break;
    }
    files.push_back(entry->path());
  }
  if (error)
    problems.skip(toUtf8(folder), {}, "folder.unreadable",
                  fmt::format("The folder could not be searched to its end: {}.", error.message()));
  std::sort(files.begin(), files.end());
  return files;
}

void searchFolder(const fs::path& folder, std::vector<FoundFile>& found, Problems& problems) {
  std::map<std::string, std::size_t> unknown;
  for (const fs::path& file : filesBelow(folder, problems)) {
    const Result<const Importer*> importer = importerFor(file);
    if (importer)
      found.push_back({file, *importer});
    else if (importer.error().code == ErrorCode::unsupported)
      ++unknown[endingOf(file)];
    else
      problems.fail(importer.error());
  }
  if (unknown.empty()) return;
  std::string endings;
  std::size_t count = 0;
  for (const auto& [ending, files] : unknown) {
    endings += fmt::format("{}{} {}", endings.empty() ? "" : ", ", files, ending.empty() ? "without ending" : ending);
    count += files;
  }
  problems.assume(
      toUtf8(folder), {}, "folder.left_alone",
      fmt::format("{} files in the folder are of no format that is read and were left alone ({}).", count, endings));
}

}  // namespace

std::vector<FoundFile> findFiles(const std::vector<fs::path>& paths, Problems& problems) {
  std::vector<FoundFile> found;
  for (const fs::path& path : paths) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
      if (endingOf(path) == ".hashimichi")
        problems.fail({ErrorCode::unsupported, toUtf8(path), "This is a project, not a source of data.",
                       "Open it instead of importing it."});
      else if (isTileFolder(path))
        found.push_back({path, &tileFolderImporter()});
      else
        searchFolder(path, found, problems);
    } else if (!isSideFile(path)) {
      const Result<const Importer*> importer = importerFor(path);
      if (importer)
        found.push_back({path, *importer});
      else
        problems.fail(importer.error());
    }
  }
  std::set<fs::path> seen;
  std::erase_if(found, [&](const FoundFile& file) {
    std::error_code ignored;
    return !seen.insert(fs::weakly_canonical(file.path, ignored)).second;
  });
  return found;
}

}  // namespace hashimichi::import
