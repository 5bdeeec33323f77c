#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace hashimichi::tests {

/// The folder of real public files and reference numbers that stands beside a checkout; not part of the repository.
inline std::filesystem::path sharedDir() {
  return HASHIMICHI_SHARED_DIR;
}
inline std::filesystem::path sharedData(const std::string& below) {
  return sharedDir() / "data" / below;
}

inline nlohmann::json domainVectors() {
  std::ifstream stream(sharedDir() / "reference" / "domain_vectors.json");
  return nlohmann::json::parse(stream, nullptr, false);
}

/// A fresh folder that is removed again.
class TempFolder {
 public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "hashimichi-test-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace hashimichi::tests

/// Skips, saying why, where the reference data do not stand beside the checkout.
#define HASHIMICHI_NEEDS_SHARED(path)                                            \
  if (!std::filesystem::exists(path)) {                                          \
    GTEST_SKIP() << "needs " << (path) << ", which is not beside this checkout"; \
  }                                                                              \
  static_assert(true)
