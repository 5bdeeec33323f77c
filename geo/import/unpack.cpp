#include "geo/import/unpack.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <set>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/zip_archive.h"

namespace hashimichi::import {
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t room_left_bytes = 512u << 20;  ///< the disk is never filled to its end

fs::path temporaryFolder() {
  static std::atomic<unsigned> number{0};
  std::error_code ignored;
  return fs::temp_directory_path(ignored) / fmt::format("hashimichi_{}_{}", ::getpid(), number++);
}

/// Documents and file-system debris: nothing is read from them.
bool isPassedOver(std::string_view name) {
  for (const std::string_view part : split(name, '/'))
    if (part == "__MACOSX" || part == "specification" || part == ".DS_Store") return true;
  return false;
}

std::vector<fs::path> archivesBelow(const fs::path& folder) {
  std::vector<fs::path> archives;
  std::error_code error;
  auto entry = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    const std::string name = toUtf8(entry->path().filename());
    if (entry->is_directory(ignored) && (name.starts_with(".") || toLower(name).ends_with(".hashimichi")))
      entry.disable_recursion_pending();
    else if (isZip(entry->path()))
      archives.push_back(entry->path());
  }
  std::sort(archives.begin(), archives.end());
  return archives;
}

bool isBelow(const std::string& path, const std::string& folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

}  // namespace

UnpackedArchives::UnpackedArchives(fs::path folder, UnpackLimits limits)
    : folder_(std::move(folder)), temporary_(folder_.empty()), limits_(limits), bytes_left_(limits.most_bytes) {
  if (temporary_) folder_ = temporaryFolder();
  std::error_code ignored;
  folder_ = fs::absolute(folder_, ignored).lexically_normal();
}

UnpackedArchives::~UnpackedArchives() {
  std::error_code ignored;
  if (temporary_) {
    if (any()) fs::remove_all(folder_, ignored);
    return;
  }
  const std::set<fs::path> kept(kept_.begin(), kept_.end());
  for (const Root& root : roots_) {
    std::vector<fs::path> folders{root.folder};
    std::error_code error;
    for (auto at = fs::recursive_directory_iterator(root.folder, error);
         !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
      if (at->is_directory(ignored))
        folders.push_back(at->path());
      else if (!kept.contains(at->path().lexically_normal()))
        fs::remove(at->path(), ignored);
    }
    // Deepest first; a folder that still holds something stays.
    std::sort(folders.begin(), folders.end(), [](const fs::path& a, const fs::path& b) { return b < a; });
    for (const fs::path& folder : folders) fs::remove(folder, ignored);
  }
  if (any()) fs::remove(folder_, ignored);  // only when nothing is in it
}

/// The same archive unpacks to the same place, so that importing it again finds its pictures where they were.
fs::path UnpackedArchives::folderFor(const fs::path& archive) const {
  std::error_code ignored;
  const std::string name = toUtf8(fs::weakly_canonical(archive, ignored));
  std::uint64_t hash = 14695981039346656037u;  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return folder_ / fmt::format("unpacked_{:016x}", hash);
}

void UnpackedArchives::openOne(const fs::path& archive, const std::string& name, const Selection& selection, int depth,
                               Problems& problems, Progress& progress) {
  Result<ZipArchive> zip = ZipArchive::open(archive);
  if (!zip) return problems.fail({zip.error().code, name, zip.error().what, zip.error().advice});
  const Root root{folderFor(archive), name};
  std::error_code error;
  fs::create_directories(root.folder, error);
  if (error)
    return problems.fail({ErrorCode::write_failed, name, "The archive cannot be unpacked: " + error.message() + ".",
                          "Choose a project folder where you may write."});
  roots_.push_back(root);
  opened_.push_back(root.folder);
  const fs::space_info space = fs::space(root.folder, error);
  std::uint64_t room = error ? bytes_left_ : space.available > room_left_bytes ? space.available - room_left_bytes : 0;
  std::size_t done_entries = 0, left_packed = 0;
  std::vector<fs::path> nested;
  for (const ZipEntry& entry : zip->entries()) {
    if (progress.cancelled()) return;
    progress.report(static_cast<double>(done_entries++) / static_cast<double>(zip->entries().size()), "unpacking");
    const auto skip = [&](const char* code, std::string what, std::string advice = {}) {
      problems.skip(name, entry.name, code, std::move(what), std::move(advice));
    };
    if (isPassedOver(entry.name)) continue;
    if (entry.escapes) {
      skip("zip.escapes", "The entry's name leads out of the archive's folder; it was not unpacked.");
      continue;
    }
    if (!entry.name_known) {
      skip("zip.name", "The entry's name is neither UTF-8 nor CP932; it was not unpacked.",
           "Rename it and pack again.");
      continue;
    }
    if (entry.encrypted) {
      skip("zip.encrypted", "The entry is protected by a password; it was not unpacked.",
           "Unpack the archive with its password and import the folder.");
      continue;
    }
    if (unwantedByName(selection, entry.name)) {
      ++left_packed;
      continue;
    }
    const bool absurd = entry.bytes > limits_.ratio_from_bytes &&
                        entry.bytes / std::max<std::uint64_t>(1, entry.packed_bytes) > limits_.most_ratio;
    const std::uint64_t most = std::min(bytes_left_, room);
    if (absurd || entry.bytes > most) {
      skip("zip.too_large",
           absurd ? fmt::format("The entry would grow {} times when unpacked, as no data do; it was not unpacked.",
                                entry.bytes / std::max<std::uint64_t>(1, entry.packed_bytes))
                  : fmt::format("The entry needs {} MB, more than may still be unpacked ({} MB).", entry.bytes >> 20,
                                most >> 20),
           "Choose a smaller area, or unpack the archive yourself and import the folder.");
      continue;
    }
    const fs::path target =
        (root.folder / fs::path(std::u8string(entry.name.begin(), entry.name.end()))).lexically_normal();
    fs::create_directories(target.parent_path(), error);
    // The directory may lie about the size; what really comes is held to the same ratio.
    const std::uint64_t by_ratio =
        std::max(limits_.ratio_from_bytes, limits_.most_ratio * std::max<std::uint64_t>(1, entry.packed_bytes));
    const Result<std::uint64_t> bytes = zip->unpack(entry, target, std::min(most, by_ratio), progress);
    if (!bytes) {
      if (bytes.error().code == ErrorCode::cancelled) return;
      skip(bytes.error().code == ErrorCode::limit ? "zip.too_large" : "zip.damaged", bytes.error().what,
           bytes.error().advice);
      continue;
    }
    bytes_left_ -= std::min(bytes_left_, *bytes);
    room -= std::min(room, *bytes);
    if (isZip(target)) nested.push_back(target);
  }
  if (left_packed > 0)
    problems.assume(name, {}, "zip.left_packed",
                    fmt::format("{} files in the archive are not of the selection and were left packed.", left_packed));
  for (const fs::path& inner : nested) {
    const std::string inner_name = originalOf(toUtf8(inner));
    if (depth + 1 > limits_.most_nested) {
      problems.skip(inner_name, {}, "zip.nested", "Archives lie too deep within each other; this one was not unpacked.",
                    "Unpack it and import the folder.");
      continue;
    }
    openOne(inner, inner_name, selection, depth + 1, problems, progress);
    fs::remove(inner, error);
  }
}

std::vector<fs::path> UnpackedArchives::open(const std::vector<fs::path>& paths, const Selection& selection,
                                             Problems& problems, Progress& progress) {
  std::vector<fs::path> result;
  for (const fs::path& path : paths) {
    std::error_code ignored;
    opened_.clear();
    if (isZip(path)) {
      openOne(path, toUtf8(path), selection, 0, problems, progress);
    } else {
      result.push_back(path);
      if (fs::is_directory(path, ignored))
        for (const fs::path& archive : archivesBelow(path))
          openOne(archive, toUtf8(archive), selection, 0, problems, progress);
    }
    result.insert(result.end(), opened_.begin(), opened_.end());
  }
  return result;
}

std::string UnpackedArchives::originalOf(const std::string& path) const {
  for (auto root = roots_.rbegin(); root != roots_.rend(); ++root) {
    const std::string folder = toUtf8(root->folder);
    if (path == folder) return root->archive;
    if (isBelow(path, folder)) return root->archive + path.substr(folder.size());
  }
  return path;
}

void UnpackedArchives::keepFile(const std::string& path) {
  for (const Root& root : roots_)
    if (isBelow(path, toUtf8(root.folder)))
      kept_.push_back(fs::path(std::u8string(path.begin(), path.end())).lexically_normal());
}

void UnpackedArchives::keepPicturesOf(const model::CityModel& city) {
  for (const model::Material& material : city.materials) keepFile(material.texture_path);
  for (const model::ImageryRef& image : city.imagery) {
    keepFile(image.path);
    const fs::path picture(std::u8string(image.path.begin(), image.path.end()));
    std::error_code error;  // with its world file and overviews
    if (any() && isBelow(image.path, toUtf8(folder_)))
      for (const fs::directory_entry& beside : fs::directory_iterator(picture.parent_path(), error))
        if (beside.path().stem() == picture.stem() || beside.path().stem() == picture.filename())
          keepFile(toUtf8(beside.path()));
  }
}

}  // namespace hashimichi::import
