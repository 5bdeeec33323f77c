#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "geo/core/progress.h"
#include "geo/core/result.h"

namespace hashimichi::import {

/// One file in an archive. Names are read as UTF-8 where they are valid UTF-8, else as CP932 (Japanese Windows).
struct ZipEntry {
  std::string name;  ///< "udx/bldg/53394525_bldg_6697_op.gml", "/" between folders
  std::uint64_t bytes = 0, packed_bytes = 0;
  bool encrypted = false;
  bool escapes = false;     ///< absolute, or leaves the folder by "..": never unpacked
  bool name_known = true;   ///< false: neither UTF-8 nor CP932
  std::uint64_t index = 0;  ///< in the archive's directory
};

/// A `.zip` on disk. minizip stays inside the .cpp. Not thread-safe.
class ZipArchive {
 public:
  /// An archive that names more files than this is not a town's data.
  static constexpr std::size_t most_entries = 200'000;

  /// unreadable when the directory at the end is missing (a cut download) or damaged, limit beyond most_entries
  static Result<ZipArchive> open(const std::filesystem::path& path);
  ~ZipArchive();
  ZipArchive(ZipArchive&&) noexcept;
  ZipArchive& operator=(ZipArchive&&) noexcept;

  const std::vector<ZipEntry>& entries() const;  ///< without folders

  /// Writes one entry to a new file, in pieces. What comes is counted, whatever the directory said.
  /// @param most_bytes  limit when the entry turns out larger; the file is removed then
  /// @returns how many bytes were written; unreadable when the data are damaged or the check sum is wrong
  Result<std::uint64_t> unpack(const ZipEntry& entry, const std::filesystem::path& target, std::uint64_t most_bytes,
                               const Progress& progress);
  /// Only its first bytes; their check sum cannot be told.
  Result<std::uint64_t> unpackHead(const ZipEntry& entry, const std::filesystem::path& target, std::uint64_t head_bytes,
                                   const Progress& progress);

 private:
  struct Piece {
    std::uint64_t bytes = 0;
    bool head = false;  ///< the rest is left out; else more than `bytes` is an error
  };
  Result<std::uint64_t> write(const ZipEntry& entry, const std::filesystem::path& target, Piece wanted,
                              const Progress& progress);
  struct Impl;
  explicit ZipArchive(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// By its first bytes and its name: `.kmz`, `.xlsx` and the like are zips too, but belong to their own importers.
bool isZip(const std::filesystem::path& path);

/// Which entries would leave the folder they are unpacked into.
bool escapesFolder(std::string_view name);

}  // namespace hashimichi::import
