#pragma once
#include <filesystem>
#include <string>

namespace hashimichi::tests {

/// Files that this process holds open. PROJ's own database does not count: it is opened once, at the first use, and
/// kept.
inline std::size_t openFiles() {
  std::size_t count = 0;
  std::error_code gone;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    const std::string target = std::filesystem::read_symlink(entry.path(), gone).string();
    count += target.ends_with("proj.db") ? 0 : 1;
  }
  return count;
}

}  // namespace hashimichi::tests
