#pragma once
#include <filesystem>
#include <optional>

#include "geo/core/result.h"
#include "geo/core/text.h"

namespace hashimichi::app {

struct DesktopOptions {
  std::optional<std::filesystem::path> project;
  std::optional<Language> language;  ///< else the environment's
  int width_px = 1600, height_px = 1000;
  /// Where the session's state is written as JSON whenever it changes (for scripts and tests); empty: nowhere.
  std::filesystem::path state_file;
  /// Leaves after the first complete frame of the project; for measuring and for tests.
  bool quit_after_first_frame = false;
};

/// Opens the window and stays until it is closed. no_display when there is no display or its OpenGL is too old, with
/// the command-line way named.
Status runDesktop(const DesktopOptions& options);

}  // namespace hashimichi::app
