#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/core/problem.h"
#include "geo/core/progress.h"
#include "geo/import/import_files.h"

namespace hashimichi::import {

class ZipArchive;
struct ZipEntry;

/// What a set of archives may grow to while it is unpacked; beyond it the rest is left packed and reported.
struct UnpackLimits {
  std::uint64_t most_bytes = 60ull << 30;  ///< the largest PLATEAU city so far is below 40 GB unpacked
  /// Deflate reaches 1000 : 1 on zeros; the emptiest real grid stays below this.
  std::uint64_t most_ratio = 400;
  std::uint64_t ratio_from_bytes = 16u << 20;  ///< small entries may be as empty as they like
  int most_nested = 2;                         ///< archives within archives
  /// For a look before the import: of city model files only so much is unpacked; pictures, and other files larger
  /// than this many times as much, stay packed. 0: everything is unpacked whole.
  std::uint64_t head_bytes = 0;
  static constexpr std::uint64_t whole_up_to_heads = 64;
};

/// Archives among the paths of an import, unpacked beside the project for as long as the import runs. What was
/// unpacked is removed at the end, but for textures and orthophotos.
class UnpackedArchives {
 public:
  /// @param folder  where to unpack; empty: below the system's folder for temporary files, everything removed after
  UnpackedArchives(std::filesystem::path folder, UnpackLimits limits);
  ~UnpackedArchives();
  UnpackedArchives(const UnpackedArchives&) = delete;
  UnpackedArchives& operator=(const UnpackedArchives&) = delete;

  /// The same paths with archives (named, or found in folders) replaced by the folders they were unpacked into. An
  /// entry that is not unpacked (escaping, encrypted, damaged, too large) is a skipped Problem; what `selection` does
  /// not want by name is left packed.
  std::vector<std::filesystem::path> open(const std::vector<std::filesystem::path>& paths, const Selection& selection,
                                          Problems& problems, Progress& progress);

  bool any() const { return !roots_.empty(); }
  /// A path below a folder that was unpacked, as a person knows it: "city.zip/udx/bldg/a.gml". Others as they are.
  std::string originalOf(const std::string& path) const;
  /// A report whose lines name files where a person finds them: in the archive.
  Problems withOriginalPaths(const Problems& problems) const;
  /// The size of a file that was unpacked, whole as the archive has it; nothing for other paths.
  std::optional<std::uint64_t> bytesOf(const std::string& path) const;
  /// The pictures that this town is drawn with stay when the rest is removed.
  void keepPicturesOf(const model::CityModel& city);

 private:
  struct Root {
    std::filesystem::path folder;
    std::string archive;  ///< as the user named it
  };
  struct Room;
  void openOne(const std::filesystem::path& archive, const std::string& name, const Selection& selection, int depth,
               Problems& problems, Progress& progress);
  bool unpackEntry(ZipArchive& zip, const ZipEntry& entry, const std::string& name, Room& room, Problems& problems,
                   Progress& progress);
  bool staysPacked(const ZipEntry& entry) const;
  std::filesystem::path folderFor(const std::filesystem::path& archive) const;
  void keepFile(const std::string& path);

  std::filesystem::path folder_;
  bool temporary_ = false;
  UnpackLimits limits_;
  std::uint64_t bytes_left_ = 0;
  std::vector<Root> roots_;
  std::vector<std::filesystem::path> opened_;  ///< folders that replace the archive being opened
  std::vector<std::filesystem::path> kept_;
  std::map<std::string, std::uint64_t> bytes_;  ///< whole, by unpacked path
};

}  // namespace hashimichi::import
