#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace hashimichi::app {

/// The project as a folder among others. Read-only for panels.
struct FileState {
  std::vector<std::filesystem::path> recent;         ///< newest first; those that are gone are left out
  std::vector<std::filesystem::path> missing_links;  ///< files that the open project names and that are gone
  bool links_open = false;                           ///< the window that mends them
  bool read_only = false;                            ///< nothing can be written: `why_read_only` says why
  std::string why_read_only;                         ///< in the person's language
  bool recovery_offered = false;
  std::string recovery_text;  ///< what an earlier run left, and from when
  bool unsaved = false;
};

}  // namespace hashimichi::app
