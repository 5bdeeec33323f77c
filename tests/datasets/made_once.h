#pragma once
#include <chrono>
#include <cstdio>
#include <string>

#include "datasets/town/town.h"
#include "geo/core/file.h"
#include "tests/support/shared_data.h"

namespace hashimichi::tests {

/// The usual town, made once for all tests of one program.
struct MadeOnce {
  TempFolder folder;
  Result<datasets::TownSummary> summary{Error{}};
  double seconds = 0;

  MadeOnce() {
    SilentProgress progress;
    const auto start = std::chrono::steady_clock::now();
    summary = datasets::makeTown(folder.path(), {}, progress);
    seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("the town was made in %.1f s\n", seconds);
  }
};
inline MadeOnce& town() {
  static MadeOnce made;
  return made;
}

inline std::string bytesOf(const std::filesystem::path& path) {
  auto content = readFile(path);
  return content ? *content : std::string();
}

}  // namespace hashimichi::tests
