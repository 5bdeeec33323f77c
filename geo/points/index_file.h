#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>

#include "geo/core/result.h"

namespace hashimichi::points {

/// A file that several threads write and read at places of their own. Move-only; closed when it goes.
class IndexFile {
 public:
  /// write_failed
  static Result<IndexFile> create(const std::filesystem::path& path);
  /// One that may be there already: it goes on behind what it holds. write_failed
  static Result<IndexFile> again(const std::filesystem::path& path);
  IndexFile() = default;
  ~IndexFile();
  IndexFile(IndexFile&& other) noexcept;
  IndexFile& operator=(IndexFile&& other) noexcept;

  /// write_failed, with what to do when the disk is full
  Status write(const std::byte* data, std::size_t bytes, std::uint64_t at);
  /// unreadable when the file is shorter
  Status read(std::byte* data, std::size_t bytes, std::uint64_t at) const;
  /// Reserves a place at the end and writes there. @returns the place
  Result<std::uint64_t> append(const std::byte* data, std::size_t bytes);
  std::uint64_t size() const { return end_.load(); }

  /// Lets the disk begin with what was written, so that the end need not wait for it.
  void startWriteback(std::uint64_t at, std::size_t bytes);
  /// Gives the disk the place back; what lay there reads as zeros.
  void release(std::uint64_t at, std::size_t bytes);
  /// Everything on the disk. write_failed
  Status sync();

 private:
  Error failure(const char* doing, int code) const;
  std::filesystem::path path_;
  int file_ = -1;
  std::atomic<std::uint64_t> end_{0};
};

}  // namespace hashimichi::points
