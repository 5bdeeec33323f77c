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

/// Its beginning tells what it holds.
bool isCityModel(std::string_view name) {
  return toLower(name).ends_with(".gml");
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

/// What unpacking one archive goes by and leaves behind.
struct UnpackedArchives::Room {
  fs::path folder;
  std::uint64_t bytes_left = 0;  ///< on the disk
  std::vector<fs::path> nested;  ///< archives that came out of this one
};

/// What a look at the archive does not need, by its name alone.
bool UnpackedArchives::staysPacked(const ZipEntry& entry) const {
  if (limits_.head_bytes == 0) return false;
  for (const std::string_view ending : {".jpg", ".jpeg", ".png"})
    if (toLower(entry.name).ends_with(ending)) return true;
  return false;
}

/// @returns false when it was cancelled
bool UnpackedArchives::unpackEntry(ZipArchive& zip, const ZipEntry& entry, const std::string& name, Room& room,
                                   Problems& problems, Progress& progress) {
  const auto skip = [&](const char* code, std::string what, std::string advice = {}) {
    problems.skip(name, entry.name, code, std::move(what), std::move(advice));
    return true;
  };
  if (entry.escapes)
    return skip("zip.escapes", "The entry's name leads out of the archive's folder; it was not unpacked.");
  if (!entry.name_known)
    return skip("zip.name", "The entry's name is neither UTF-8 nor CP932; it was not unpacked.",
                "Rename it and pack again.");
  if (entry.encrypted)
    return skip("zip.encrypted", "The entry is protected by a password; it was not unpacked.",
                "Unpack the archive with its password and import the folder.");
  const bool head_only = limits_.head_bytes > 0 && entry.bytes > limits_.head_bytes && isCityModel(entry.name);
  if (limits_.head_bytes > 0 && !head_only && entry.bytes > limits_.head_bytes * UnpackLimits::whole_up_to_heads)
    return skip("zip.not_looked_at", fmt::format("The entry has {} MB; for a look at it the archive would have to be "
                                                 "unpacked. It is read when it is imported.",
                                                 entry.bytes >> 20));
  const bool absurd = entry.bytes > limits_.ratio_from_bytes &&
                      entry.bytes / std::max<std::uint64_t>(1, entry.packed_bytes) > limits_.most_ratio;
  const std::uint64_t most = std::min(bytes_left_, room.bytes_left);
  const std::uint64_t needed = head_only ? limits_.head_bytes : entry.bytes;
  if (absurd || needed > most)
    return skip("zip.too_large",
                absurd ? fmt::format("The entry would grow {} times when unpacked, as no data do; it was not unpacked.",
                                     entry.bytes / std::max<std::uint64_t>(1, entry.packed_bytes))
                       : fmt::format("The entry needs {} MB, more than may still be unpacked ({} MB).", needed >> 20,
                                     most >> 20),
                "Choose a smaller area, or unpack the archive yourself and import the folder.");
  const fs::path target =
      (room.folder / fs::path(std::u8string(entry.name.begin(), entry.name.end()))).lexically_normal();
  std::error_code error;
  fs::create_directories(target.parent_path(), error);
  // The directory may lie about the size; what really comes is held to the same ratio.
  const std::uint64_t by_ratio =
      std::max(limits_.ratio_from_bytes, limits_.most_ratio * std::max<std::uint64_t>(1, entry.packed_bytes));
  const Result<std::uint64_t> bytes = head_only ? zip.unpackHead(entry, target, limits_.head_bytes, progress)
                                                : zip.unpack(entry, target, std::min(most, by_ratio), progress);
  if (!bytes) {
    if (bytes.error().code == ErrorCode::cancelled) return false;
    return skip(bytes.error().code == ErrorCode::limit ? "zip.too_large" : "zip.damaged", bytes.error().what,
                bytes.error().advice);
  }
  bytes_[toUtf8(target)] = head_only ? entry.bytes : *bytes;
  bytes_left_ -= std::min(bytes_left_, *bytes);
  room.bytes_left -= std::min(room.bytes_left, *bytes);
  if (isZip(target)) room.nested.push_back(target);
  return true;
}

void UnpackedArchives::openOne(const fs::path& archive, const std::string& name, const Selection& selection, int depth,
                               Problems& problems, Progress& progress) {
  Result<ZipArchive> zip = ZipArchive::open(archive);
  if (!zip) return problems.fail({zip.error().code, name, zip.error().what, zip.error().advice});
  Room room{folderFor(archive), 0, {}};
  std::error_code error;
  fs::create_directories(room.folder, error);
  if (error)
    return problems.fail({ErrorCode::write_failed, name, "The archive cannot be unpacked: " + error.message() + ".",
                          "Choose a project folder where you may write."});
  roots_.push_back({room.folder, name});
  opened_.push_back(room.folder);
  const fs::space_info space = fs::space(room.folder, error);
  room.bytes_left = error ? bytes_left_ : space.available > room_left_bytes ? space.available - room_left_bytes : 0;
  std::size_t done_entries = 0, left_packed = 0;
  for (const ZipEntry& entry : zip->entries()) {
    if (progress.cancelled()) return;
    progress.report(static_cast<double>(done_entries++) / static_cast<double>(zip->entries().size()), "unpacking");
    if (isPassedOver(entry.name) || staysPacked(entry)) continue;
    if (!entry.escapes && entry.name_known && !entry.encrypted && unwantedByName(selection, entry.name))
      ++left_packed;
    else if (!unpackEntry(*zip, entry, name, room, problems, progress))
      return;
  }
  if (left_packed > 0)
    problems.assume(name, {}, "zip.left_packed",
                    fmt::format("{} files in the archive are not of the selection and were left packed.", left_packed));
  for (const fs::path& inner : room.nested) {
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

Problems UnpackedArchives::withOriginalPaths(const Problems& problems) const {
  Problems renamed;
  for (Problem line : problems.lines()) {
    line.file = originalOf(line.file);
    renamed.add(std::move(line));
  }
  for (const ProblemKind kind : {ProblemKind::assumption, ProblemKind::skipped, ProblemKind::failed})
    for (const auto& [code, count] : problems.byCode(kind))
      if (const std::size_t kept = renamed.count(kind, code); count > kept) renamed.addUnkept(kind, code, count - kept);
  return renamed;
}

std::optional<std::uint64_t> UnpackedArchives::bytesOf(const std::string& path) const {
  const auto found = bytes_.find(path);
  return found == bytes_.end() ? std::nullopt : std::optional(found->second);
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
