#include "geo/project/pack.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/zip_archive.h"
#include "geo/project/layout.h"
#include "geo/project/links.h"
#include "geo/project/project.h"
#include "geo/project/zip_writer.h"

namespace hashimichi::project {
namespace fs = std::filesystem;

namespace {

constexpr const char* sources_folder = "sources";
constexpr const char* project_ending = ".hashimichi";
constexpr std::uint64_t room_left_bytes = 256u << 20;  ///< the disk is never filled to its end
/// No entry of a project grows more than this when unpacked; small ones (sidecars of blanks) may.
constexpr std::uint64_t most_ratio = 1100, ratio_from_bytes = 16u << 20;

/// Removes a temporary file or folder, whatever happens.
struct Cleanup {
  fs::path path;
  ~Cleanup() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
};

/// What goes in: name in the archive by file on disk, in the order of names.
using Members = std::map<std::string, fs::path>;

void addTree(Members& members, const fs::path& folder, const std::string& name) {
  std::error_code error;
  auto at = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    std::error_code ignored;
    if (at->is_regular_file(ignored)) members[name + "/" + toUtf8(at->path().lexically_relative(folder))] = at->path();
  }
}

/// Of this machine and moment alone, or made anew.
bool staysBehind(const fs::path& relative) {
  const std::string name = toUtf8(relative.filename());
  return name.starts_with(".") || name == "project.gpkg" || name == "project.gpkg.bak" ||
         name == "project.gpkg.damaged" || name == "project.lock" || name == "preferences.json" ||
         (name.starts_with("session") && name.ends_with(".json") && relative.parent_path() == "caches") ||
         name.ends_with("-wal") || name.ends_with("-shm") || name.ends_with("-journal");
}

/// A file and what belongs to it: roads.shp with roads.dbf and roads.prj; ortho.jpg with ortho.jgw and
/// ortho.jpg.aux.xml; an octree's metadata.json with its other two files; a folder with all that is in it.
void addWithCompanions(Members& members, const fs::path& file, const std::string& name) {
  std::error_code ignored;
  if (fs::is_directory(file, ignored)) return addTree(members, file, name);
  members[name] = file;
  const std::string folder = name.substr(0, name.rfind('/') + 1);
  const bool octree = file.filename() == "metadata.json" && fs::exists(file.parent_path() / "octree.bin", ignored);
  std::error_code error;
  for (const fs::directory_entry& beside : fs::directory_iterator(file.parent_path(), error)) {
    const fs::path& path = beside.path();
    const bool belongs = octree ? path.filename() == "hierarchy.bin" || path.filename() == "octree.bin"
                                : path.stem() == file.stem() || path.stem() == file.filename();
    if (belongs && beside.is_regular_file(ignored)) members.emplace(folder + toUtf8(path.filename()), path);
  }
}

/// Gives every file outside the project its place below sources/: a numbered folder for each folder it comes from, so
/// that files which lie together stay together.
class Placing {
 public:
  Placing(const fs::path& project_folder, std::string root, Members& members)
      : root_(std::move(root)), members_(members) {
    std::error_code ignored;
    project_ = fs::weakly_canonical(project_folder, ignored);
    while (fs::exists(project_ / sources_folder / std::to_string(first_free_), ignored)) ++first_free_;
  }

  void place(const StoredLink& link) {
    const fs::path file = fileOf(link.path);
    if (!fs::path(link.path).is_absolute()) return;  // named from a folder that nobody remembers
    if (file.empty()) {
      missing_.insert(link.path);
      return;
    }
    std::error_code ignored;
    const fs::path real = fs::weakly_canonical(file, ignored);
    const std::string below_archive = link.path.substr(std::min(link.path.size(), toUtf8(file).size()));
    const fs::path inside = real.lexically_relative(project_);
    if (!inside.empty() && *inside.begin() != "..") {
      moved_[link.stored] = "./" + toUtf8(inside) + below_archive;
      return;
    }
    const auto number = number_of_.try_emplace(real.parent_path(), first_free_ + number_of_.size()).first->second;
    const std::string name = fmt::format("{}/{}/{}", sources_folder, number, toUtf8(real.filename()));
    addWithCompanions(members_, real, root_ + "/" + name);
    moved_[link.stored] = "./" + name + below_archive;
  }

  const std::map<std::string, std::string>& moved() const { return moved_; }
  std::vector<std::string> missing() const { return {missing_.begin(), missing_.end()}; }

 private:
  fs::path project_;
  std::size_t first_free_ = 1;  ///< an unpacked project has folders of its own already
  std::string root_;
  Members& members_;
  std::map<fs::path, std::size_t> number_of_;
  std::map<std::string, std::string> moved_;
  std::set<std::string> missing_;
};

Members ownFiles(const fs::path& folder, const fs::path& zip, const std::string& root) {
  Members all, kept;
  addTree(all, folder, "");
  std::error_code ignored;
  const fs::path archive = fs::weakly_canonical(zip, ignored);
  for (auto& [name, path] : all) {
    const std::string relative = name.substr(1);
    if (!staysBehind(fs::path(relative)) && fs::weakly_canonical(path, ignored) != archive)
      kept[root + "/" + relative] = path;
  }
  return kept;
}

Result<PackReport> writeZip(const Members& members, const fs::path& zip, Progress& progress) {
  Result<ZipWriter> writer = ZipWriter::create(zip);
  if (!writer) return writer.error();
  std::uint64_t whole = 1;
  std::error_code ignored;
  for (const auto& [name, path] : members) whole += fs::file_size(path, ignored);
  PackReport report;
  for (const auto& [name, path] : members) {
    progress.report(static_cast<double>(report.bytes) / static_cast<double>(whole), "packing");
    const Result<std::uint64_t> bytes = writer->add(path, name, progress);
    if (!bytes) return bytes.error();
    report.bytes += *bytes, ++report.files;
  }
  if (const Status closed = writer->close(); !closed) return closed.error();
  return report;
}

Error notPacked(const fs::path& zip, const std::string& reason) {
  return {ErrorCode::unreadable, toUtf8(zip), "The archive is no packed project: " + reason + ".",
          "Name a .zip that was made by packing a project; other archives are imported."};
}

/// The folder in the archive that holds project.gpkg, with its "/"; empty for the archive itself.
Result<std::string> rootOf(const import::ZipArchive& archive, const fs::path& zip) {
  constexpr std::string_view wanted = "project.gpkg";
  std::vector<std::string> roots;
  for (const import::ZipEntry& entry : archive.entries()) {
    if (entry.escapes) return notPacked(zip, "the entry \"" + entry.name + "\" leads out of its folder");
    if (entry.encrypted || !entry.name_known)
      return notPacked(zip, "an entry is protected by a password or has an unreadable name");
    const std::size_t cut = entry.name.rfind('/');
    const std::string folder = cut == std::string::npos ? "" : entry.name.substr(0, cut + 1);
    if (entry.name.substr(folder.size()) == wanted && std::ranges::count(folder, '/') <= 1) roots.push_back(folder);
  }
  if (roots.size() == 1) return roots.front();
  return notPacked(zip, roots.empty() ? "it holds no project.gpkg" : "it holds more than one project.gpkg");
}

fs::path pathFrom(const std::string& utf8) {
  return {std::u8string(utf8.begin(), utf8.end())};
}

Status unpackEntries(import::ZipArchive& archive, const std::string& root, const fs::path& target, Progress& progress) {
  std::error_code error;
  const fs::space_info space = fs::space(target, error);
  std::uint64_t room = error                               ? ~std::uint64_t{0}
                       : space.available > room_left_bytes ? space.available - room_left_bytes
                                                           : 0;
  std::uint64_t whole = 1, so_far = 0;
  for (const import::ZipEntry& entry : archive.entries()) whole += entry.bytes;
  if (whole - 1 > room)
    return Error{ErrorCode::write_failed, toUtf8(target.parent_path()),
                 fmt::format("The project needs {} MB unpacked; {} MB are free.", whole >> 20, room >> 20),
                 "Make room, or unpack it elsewhere."};
  for (const import::ZipEntry& entry : archive.entries()) {
    if (!entry.name.starts_with(root)) continue;
    progress.report(static_cast<double>(so_far) / static_cast<double>(whole), "unpacking");
    const fs::path file = (target / pathFrom(entry.name.substr(root.size()))).lexically_normal();
    fs::create_directories(file.parent_path(), error);
    const std::uint64_t by_ratio =
        std::max(ratio_from_bytes, most_ratio * std::max<std::uint64_t>(1, entry.packed_bytes));
    const Result<std::uint64_t> bytes = archive.unpack(entry, file, std::min(room, by_ratio), progress);
    if (!bytes) return bytes.error();
    room -= std::min(room, *bytes), so_far += *bytes;
  }
  return done();
}

/// The first of "name", "name-2" … that is not there.
fs::path freeName(const fs::path& into, const std::string& stem) {
  std::error_code ignored;
  fs::path folder = into / pathFrom(stem + project_ending);
  for (int number = 2; fs::exists(folder, ignored); ++number)
    folder = into / pathFrom(fmt::format("{}-{}{}", stem, number, project_ending));
  return folder;
}

}  // namespace

Result<PackReport> pack(const fs::path& project_folder, const fs::path& zip, Progress& progress) {
  if (!isProjectFolder(project_folder))
    return Error{ErrorCode::not_found, toUtf8(project_folder), "This is no project: it holds no project.gpkg.",
                 "Name a folder that ends in .hashimichi."};
  SilentProgress quiet;
  if (const Result<Project> whole = open(project_folder, quiet); !whole) return whole.error();
  std::error_code failed;
  const fs::path folder = fs::absolute(project_folder, failed).lexically_normal();
  const std::string root = toUtf8((folder.has_filename() ? folder : folder.parent_path()).filename());
  const Result<std::vector<StoredLink>> links = storedLinksOf(gpkgOf(folder), folder);
  if (!links) return links.error();
  Members members = ownFiles(folder, zip, root);
  Placing placing(folder, root, members);
  for (const StoredLink& link : *links) placing.place(link);
  fs::path changed = zip;
  changed.replace_filename(fmt::format(".pack.{}.gpkg", ::getpid()));
  const Cleanup cleanup{changed};
  fs::copy_file(gpkgOf(folder), changed, fs::copy_options::overwrite_existing, failed);
  if (failed)
    return Error{ErrorCode::write_failed, toUtf8(zip), "The archive cannot be written: " + failed.message() + ".",
                 "Check free space and whether the folder is writable."};
  if (const Status relinked = relinkFile(changed, placing.moved()); !relinked) return relinked.error();
  members[root + "/project.gpkg"] = changed;
  Result<PackReport> report = writeZip(members, zip, progress);
  if (report) report->missing = placing.missing();
  return report;
}

Result<fs::path> unpack(const fs::path& zip, fs::path into, Progress& progress) {
  if (std::error_code ignored; !fs::is_regular_file(zip, ignored))
    return Error{ErrorCode::not_found, toUtf8(zip), "The file does not exist.", "Check the path."};
  Result<import::ZipArchive> archive = import::ZipArchive::open(zip);
  if (!archive) return archive.error();
  const Result<std::string> root = rootOf(*archive, zip);
  if (!root) return root.error();
  std::error_code failed;
  if (into.empty()) into = fs::absolute(zip, failed).parent_path();
  const Cleanup temporary{into / fmt::format(".unpacking.{}", ::getpid())};
  fs::remove_all(temporary.path, failed);
  fs::create_directories(temporary.path, failed);
  if (failed)
    return Error{ErrorCode::write_failed, toUtf8(into),
                 "The project cannot be unpacked here: " + failed.message() + ".",
                 "Name a folder where you may write."};
  if (const Status unpacked = unpackEntries(*archive, *root, temporary.path, progress); !unpacked)
    return unpacked.error();
  std::string stem = toUtf8(root->empty() ? zip.stem() : pathFrom(root->substr(0, root->size() - 1)));
  if (toLower(stem).ends_with(project_ending)) stem.resize(stem.size() - std::string_view(project_ending).size());
  const fs::path target = freeName(into, stem);
  fs::rename(temporary.path, target, failed);
  if (failed)
    return Error{ErrorCode::write_failed, toUtf8(target), "The project cannot be put here: " + failed.message() + ".",
                 "Name a folder where you may write."};
  return target;
}

}  // namespace hashimichi::project
