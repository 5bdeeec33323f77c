#include "geo/points/workshop.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <utility>

#include "geo/core/file.h"

namespace hashimichi::points {
namespace {

namespace fs = std::filesystem;

bool isOctreeOrEmpty(const fs::path& out) {
  std::error_code error;
  if (!fs::is_directory(out, error)) return false;
  return fs::is_empty(out, error) ||
         (fs::exists(out / "metadata.json", error) && fs::exists(out / "octree.bin", error));
}

/// An octree that is being replaced waits here until the new one is in its place.
fs::path oldOf(const fs::path& folder) {
  fs::path old = folder;
  old += ".old";
  return old;
}

}  // namespace

Workshop::Workshop(const fs::path& out) {
  out_ = out.has_filename() ? out : out.parent_path();  // "folder/" is "folder"
  fs::path name = ".";
  name += out_.filename();
  name += ".indexing";
  folder_ = out_.parent_path() / name;
}

Workshop::Workshop(Workshop&& other) noexcept
    : out_(std::move(other.out_)),
      folder_(std::move(other.folder_)),
      made_(std::exchange(other.made_, false)),
      made_parent_(other.made_parent_),
      found_(other.found_),
      owner_(std::exchange(other.owner_, -1)) {}

Workshop::~Workshop() {
  if (owner_ >= 0) ::close(owner_);
  if (!made_) return;
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
  if (made_parent_) fs::remove(out_.parent_path(), ignored);  // only when it is empty
}

Result<Workshop> Workshop::open(const fs::path& out) {
  std::error_code error;
  if (fs::exists(out, error) && !isOctreeOrEmpty(out))
    return Error{ErrorCode::bad_input, toUtf8(out), "There is something else in this place, which is not overwritten.",
                 "Name a new folder or one that holds an octree."};
  Workshop shop(out);
  const fs::path parent = shop.out_.parent_path();
  if (!parent.empty() && !fs::exists(parent, error)) {
    fs::create_directories(parent, error);
    shop.made_parent_ = !error;
  }
  const fs::path old = oldOf(shop.folder_);
  if (!fs::exists(shop.out_, error) && fs::exists(old, error)) fs::rename(old, shop.out_, error);
  shop.found_ = fs::exists(shop.folder_, error);
  if (!shop.found_ && !fs::create_directory(shop.folder_, error))
    return Error{ErrorCode::write_failed, toUtf8(out), "The folder cannot be made: " + error.message() + ".",
                 "Check whether the place is writable."};
  if (const Status own = shop.own(); !own) return own.error();
  shop.made_ = true;
  return shop;
}

/// The lock goes with the program, however that ends.
Status Workshop::own() {
  owner_ = ::open((folder_ / owner_name).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (owner_ < 0)
    return Error{ErrorCode::write_failed, toUtf8(out_), "The folder beside it cannot be written.",
                 "Check whether the place is writable."};
  if (::flock(owner_, LOCK_EX | LOCK_NB) == 0) return done();
  return Error{ErrorCode::bad_input, toUtf8(out_), "Another program is building an octree in this place.",
               "Wait until it has finished, or name another folder."};
}

void Workshop::empty() {
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, ignored))
    if (entry.path().filename() != owner_name) fs::remove_all(entry.path(), ignored);
}

Status Workshop::moveIntoPlace() {
  std::error_code error;
  for (const char* name : {points_name, state_name, journal_name, owner_name}) fs::remove(folder_ / name, error);
  const fs::path old = oldOf(folder_);
  const bool replaces = fs::exists(out_, error);
  if (replaces) fs::rename(out_, old, error);
  if (!error) fs::rename(folder_, out_, error);
  if (error) {
    std::error_code ignored;
    if (replaces && !fs::exists(out_, ignored)) fs::rename(old, out_, ignored);
    return Error{ErrorCode::write_failed, toUtf8(out_),
                 "The octree cannot be put in its place: " + error.message() + ".",
                 "Check whether the folder is writable and not open elsewhere."};
  }
  made_ = false;
  if (replaces) fs::remove_all(old, error);
  return done();
}

}  // namespace hashimichi::points
