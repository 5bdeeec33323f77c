#include "geo/points/byte_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "geo/core/file.h"

namespace hashimichi::points {

Result<ByteFile> ByteFile::open(const std::filesystem::path& path) {
  const std::string name = toUtf8(path);
  const int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (handle < 0)
    return Error{errno == ENOENT ? ErrorCode::not_found : ErrorCode::unreadable, name,
                 fmt::format("The file cannot be opened: {}.", std::strerror(errno)),
                 "Check that it is where it was and that you may read it."};
  struct stat facts {};
  if (fstat(handle, &facts) != 0 || !S_ISREG(facts.st_mode)) {
    ::close(handle);
    return Error{ErrorCode::unreadable, name, "This is no file that can be read.", {}};
  }
  return ByteFile(handle, static_cast<std::uint64_t>(facts.st_size), name);
}

ByteFile::~ByteFile() {
  if (handle_ >= 0) ::close(handle_);
}

ByteFile::ByteFile(ByteFile&& other) noexcept
    : handle_(std::exchange(other.handle_, -1)), size_(other.size_), name_(std::move(other.name_)) {}

Result<std::vector<unsigned char>> ByteFile::read(std::uint64_t at, std::uint64_t bytes) const {
  if (bytes > size_ || at > size_ - bytes)
    return Error{ErrorCode::unreadable, name_,
                 fmt::format("The file ends at byte {}; bytes {} to {} are missing.", size_, at, at + bytes),
                 "Copy the file again."};
  // A file on a share that has been deleted, or replaced, stays open here: what it was named for is gone all the same.
  struct stat facts {};
  if (fstat(handle_, &facts) != 0 || facts.st_nlink == 0)
    return Error{ErrorCode::unreadable, name_, "The file has been removed since it was opened.",
                 "Put it back, or import the survey again."};
  std::vector<unsigned char> block(static_cast<std::size_t>(bytes));
  std::size_t done = 0;
  while (done < block.size()) {
    const ssize_t got = ::pread(handle_, block.data() + done, block.size() - done, static_cast<off_t>(at + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0)
      return Error{ErrorCode::unreadable, name_,
                   got < 0 ? fmt::format("Reading at byte {} failed: {}.", at + done, std::strerror(errno))
                           : fmt::format("The file was cut off at byte {} since it was opened.", at + done),
                   "Check the disk, or copy the file again."};
    done += static_cast<std::size_t>(got);
  }
  return block;
}

}  // namespace hashimichi::points
