#include "geo/points/index_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "geo/core/file.h"

namespace hashimichi::points {

Result<IndexFile> IndexFile::create(const std::filesystem::path& path) {
  IndexFile made;
  made.path_ = path;
  made.file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (made.file_ < 0) return made.failure("made", errno);
  return made;
}

Result<IndexFile> IndexFile::again(const std::filesystem::path& path) {
  IndexFile made;
  made.path_ = path;
  made.file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (made.file_ < 0) return made.failure("made", errno);
  const off_t end = ::lseek(made.file_, 0, SEEK_END);
  if (end < 0) return made.failure("made", errno);
  made.end_ = static_cast<std::uint64_t>(end);
  return made;
}

IndexFile::~IndexFile() {
  if (file_ >= 0) ::close(file_);
}

IndexFile::IndexFile(IndexFile&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)), end_(other.end_.load()) {}

IndexFile& IndexFile::operator=(IndexFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  end_ = other.end_.load();
  return *this;
}

Error IndexFile::failure(const char* doing, int code) const {
  const std::string file = toUtf8(path_.parent_path());
  if (code == ENOSPC || code == EDQUOT)
    return {ErrorCode::write_failed, file, "The disk is full; the half octree was removed.",
            "An index needs about twice the size of the uncompressed points while it is built: make room or choose "
            "another folder."};
  if (code == EFBIG)
    return {ErrorCode::write_failed, file,
            "The octree would become larger than this disk or system allows a file to be; "
            "the half octree was removed.",
            "Choose a folder on another disk."};
  return {ErrorCode::write_failed, file, fmt::format("The octree cannot be {}: {}.", doing, std::strerror(code)),
          "Check whether the folder is writable."};
}

Status IndexFile::write(const std::byte* data, std::size_t bytes, std::uint64_t at) {
  while (bytes > 0) {
    const ssize_t written = ::pwrite(file_, data, bytes, static_cast<off_t>(at));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return failure("written", written < 0 ? errno : ENOSPC);
    data += written, bytes -= static_cast<std::size_t>(written), at += static_cast<std::uint64_t>(written);
  }
  return done();
}

Status IndexFile::read(std::byte* data, std::size_t bytes, std::uint64_t at) const {
  while (bytes > 0) {
    const ssize_t got = ::pread(file_, data, bytes, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0)
      return Error{ErrorCode::unreadable, toUtf8(path_), "The temporary file was changed while the octree was built.",
                   "Try again."};
    data += got, bytes -= static_cast<std::size_t>(got), at += static_cast<std::uint64_t>(got);
  }
  return done();
}

Result<std::uint64_t> IndexFile::append(const std::byte* data, std::size_t bytes) {
  const std::uint64_t at = end_.fetch_add(bytes);
  if (const Status written = write(data, bytes, at); !written) return written.error();
  startWriteback(at, bytes);
  return at;
}

void IndexFile::startWriteback([[maybe_unused]] std::uint64_t at, [[maybe_unused]] std::size_t bytes) {
#ifdef __linux__
  ::sync_file_range(file_, static_cast<off_t>(at), static_cast<off_t>(bytes), SYNC_FILE_RANGE_WRITE);
#endif
}

void IndexFile::release([[maybe_unused]] std::uint64_t at, [[maybe_unused]] std::size_t bytes) {
#ifdef __linux__
  ::fallocate(file_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(at), static_cast<off_t>(bytes));
#endif
}

Status IndexFile::sync() {
  if (::fdatasync(file_) != 0 && errno != EINVAL) return failure("written", errno);
  return done();
}

}  // namespace hashimichi::points
