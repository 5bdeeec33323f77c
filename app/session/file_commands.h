#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <variant>

namespace hashimichi::app {

/// Writes what is not on disk yet, at once.
struct SaveNow {};
/// The project with all that it needs as one .zip.
struct PackProject {
  std::filesystem::path path;
};
/// A packed project, unpacked beside the .zip and opened.
struct UnpackProject {
  std::filesystem::path path;
};
struct ForgetRecent {
  std::filesystem::path folder;
};
/// A file that the project names and that is gone now lies there (or below that folder).
struct RepairLink {
  std::filesystem::path missing, found;
};
/// What an earlier run left unsaved: taken over, or put away.
struct RecoverProject {
  bool take_over = true;
};

/// The window that mends links.
struct ShowLinks {
  bool open = true;
};

using FileCommand =
    std::variant<SaveNow, PackProject, UnpackProject, ForgetRecent, RepairLink, RecoverProject, ShowLinks>;

}  // namespace hashimichi::app
