#pragma once
#include <filesystem>
#include <string>

#include "app/desktop/shell.h"

namespace hashimichi::app {

/// The session's state as JSON for scripts and tests (`view --state-file`): selection, hover, subject, time, language,
/// theme, project, files, ranking_rows, jobs, notices, windows, camera, first_frame_ms, regions and ranking rows in
/// window pixels. Written only when it changed, beside and renamed, so that a reader never sees half of it.
class StateFile {
 public:
  explicit StateFile(std::filesystem::path path) : path_(std::move(path)) {}
  void write(const ViewModel& view, const Shell& shell, const Viewport& viewport, double first_frame_ms);

 private:
  std::filesystem::path path_;
  std::string last_;
};

}  // namespace hashimichi::app
