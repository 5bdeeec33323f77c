#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "geo/core/progress.h"
#include "geo/core/result.h"

namespace hashimichi::project {

/// A new `.zip`: names in UTF-8, members beyond 4 GiB allowed, pictures and point clouds stored as they are. It is
/// written beside its place and moved there by close(); given up before that, nothing is left. Not thread-safe.
class ZipWriter {
 public:
  static Result<ZipWriter> create(const std::filesystem::path& path);
  ~ZipWriter();
  ZipWriter(ZipWriter&&) noexcept;
  ZipWriter& operator=(ZipWriter&&) noexcept;

  /// @param name  inside the archive, "/" between folders
  /// @returns how many bytes went in; cancelled, write_failed, or unreadable for the file
  Result<std::uint64_t> add(const std::filesystem::path& file, const std::string& name, const Progress& progress);
  Status close();

 private:
  struct Impl;
  explicit ZipWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace hashimichi::project
