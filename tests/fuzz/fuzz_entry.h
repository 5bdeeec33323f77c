#pragma once
#include <stdlib.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "geo/import/importer.h"
#include "geo/model/city_builder.h"

/// What every entry defines: one parser given any bytes. It must return (0), whatever they are; what it returns of its
/// own accord (Result, Problems) is not looked at here, that is the other tests' work.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace hashimichi::fuzz {

/// Seeds that are better made than kept as files (binary formats); may be empty. Every entry defines it.
std::vector<std::string> madeSeeds();

inline std::string_view textOf(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// A folder of this process for parsers that read files; removed at the end. TMPDIR=/dev/shm makes it fast.
class FuzzFolder {
 public:
  FuzzFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "hashimichi-fuzz-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~FuzzFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  FuzzFolder(const FuzzFolder&) = delete;
  FuzzFolder& operator=(const FuzzFolder&) = delete;

  std::filesystem::path write(const std::string& name, std::string_view content) const {
    const std::filesystem::path path = path_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary).write(content.data(), static_cast<std::streamsize>(content.size()));
    return path;
  }

 private:
  std::filesystem::path path_;
};

/// Peeks into and reads a file of this content through an importer, in zone VIII as the demo town lies.
inline void import(const import::Importer& importer, const std::string& name, std::string_view content) {
  static const FuzzFolder folder;
  static const crs::LocalFrame frame = *crs::LocalFrame::create(6676, {31000, 160000, 0});
  const std::filesystem::path path = folder.write(name, content);
  const import::Options options;
  Problems problems;
  SilentProgress progress;
  model::CityBuilder builder(frame);
  import::Context context{frame, options, problems, progress, builder, {}};
  (void)importer.peek(path, options, problems);
  (void)importer.read(path, context);
}

}  // namespace hashimichi::fuzz
