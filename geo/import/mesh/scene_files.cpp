#include "geo/import/mesh/scene_files.h"

#include <algorithm>
#include <assimp/IOStream.hpp>
#include <cstring>

#include "geo/core/file.h"

namespace hashimichi::import::mesh {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t file_limit_bytes = 2ull << 30;
constexpr std::size_t refused_kept = 100;

/// A whole file in memory; Assimp seeks to and fro.
class BytesStream final : public Assimp::IOStream {
 public:
  explicit BytesStream(std::string bytes) : bytes_(std::move(bytes)) {}

  std::size_t Read(void* to, std::size_t size, std::size_t count) override {
    if (size == 0) return 0;
    const std::size_t whole = std::min(count, (bytes_.size() - at_) / size);
    std::memcpy(to, bytes_.data() + at_, whole * size);
    at_ += whole * size;
    return whole;
  }
  std::size_t Write(const void*, std::size_t, std::size_t) override { return 0; }
  aiReturn Seek(std::size_t offset, aiOrigin origin) override {
    const std::size_t from = origin == aiOrigin_SET ? 0 : origin == aiOrigin_CUR ? at_ : bytes_.size();
    const std::size_t to = origin == aiOrigin_END ? from - std::min(offset, from) : from + offset;
    if (to > bytes_.size() || to < (origin == aiOrigin_END ? 0 : from)) return aiReturn_FAILURE;
    at_ = to;
    return aiReturn_SUCCESS;
  }
  std::size_t Tell() const override { return at_; }
  std::size_t FileSize() const override { return bytes_.size(); }
  void Flush() override {}

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

}  // namespace

SceneFiles::SceneFiles(fs::path folder) {
  std::error_code ignored;
  folder_ = fs::weakly_canonical(folder.empty() ? fs::path(".") : folder, ignored);
}

fs::path SceneFiles::inside(std::string_view file) const {
  const fs::path asked(std::u8string(file.begin(), file.end()));
  std::error_code failed;
  const fs::path whole = fs::weakly_canonical(asked.is_absolute() ? asked : folder_ / asked, failed);
  const fs::path relative = whole.lexically_relative(folder_);
  if (!failed && !relative.empty() && *relative.begin() != "..") return whole;
  if (refused_.size() < refused_kept) refused_.insert(std::string(file.substr(0, 300)));
  return {};
}

bool SceneFiles::Exists(const char* file) const {
  std::error_code ignored;
  const fs::path path = inside(file);
  return !path.empty() && fs::is_regular_file(path, ignored);
}

Assimp::IOStream* SceneFiles::Open(const char* file, const char*) {
  const fs::path path = inside(file);
  if (path.empty()) return nullptr;
  Result<std::string> bytes = readFile(path, file_limit_bytes);
  return bytes ? new BytesStream(std::move(*bytes)) : nullptr;
}

void SceneFiles::Close(Assimp::IOStream* file) {
  delete file;
}

}  // namespace hashimichi::import::mesh
