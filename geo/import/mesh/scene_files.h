#pragma once
#include <assimp/IOSystem.hpp>
#include <filesystem>
#include <set>
#include <string>

namespace hashimichi::import::mesh {

/// What Assimp may open: files in one folder and below it, of bounded size. Links and "../" that lead out are refused.
class SceneFiles final : public Assimp::IOSystem {
 public:
  explicit SceneFiles(std::filesystem::path folder);

  bool Exists(const char* file) const override;
  char getOsSeparator() const override { return '/'; }
  Assimp::IOStream* Open(const char* file, const char* mode) override;
  void Close(Assimp::IOStream* file) override;

  /// The file if it lies in the folder; an empty path otherwise.
  std::filesystem::path inside(std::string_view file) const;
  /// Names that were asked for, but lie outside the folder.
  const std::set<std::string>& refused() const { return refused_; }

 private:
  std::filesystem::path folder_;
  mutable std::set<std::string> refused_;
};

}  // namespace hashimichi::import::mesh
