#pragma once
#include <bit>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "geo/core/result.h"

namespace hashimichi::points {

static_assert(std::endian::native == std::endian::little, "point files are little-endian and are copied as they are");

/// One number at a place that the caller has checked to lie inside.
template <typename T>
T numberAt(const void* bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, static_cast<const char*>(bytes) + offset, sizeof(T));
  return value;
}

/// A file of which pieces are read by many threads at once (pread: no shared position). Move-only.
class ByteFile {
 public:
  /// @returns not_found, unreadable
  static Result<ByteFile> open(const std::filesystem::path& path);
  ~ByteFile();
  ByteFile(ByteFile&& other) noexcept;
  ByteFile& operator=(ByteFile&&) = delete;

  std::uint64_t size() const { return size_; }  ///< when it was opened
  const std::string& name() const { return name_; }
  /// Exactly `bytes` from `at`. @returns unreadable when the file is shorter, has gone, or the disk fails
  Result<std::vector<unsigned char>> read(std::uint64_t at, std::uint64_t bytes) const;

 private:
  ByteFile(int handle, std::uint64_t size, std::string name) : handle_(handle), size_(size), name_(std::move(name)) {}
  int handle_ = -1;
  std::uint64_t size_ = 0;
  std::string name_;
};

}  // namespace hashimichi::points
