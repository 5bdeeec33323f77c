#pragma once
#include <string>

#include "geo/project/project.h"
#include "render/target.h"

namespace hashimichi::app {

struct SnapshotOptions {
  std::string camera = "overview";  ///< words of render::cameraFrom
  int width_px = 1600, height_px = 1000;
  Language language = Language::ja;
  render::LodChoice lod{};
  bool textures = true;
  std::string result{};   ///< of another program, by its id; empty: none
  Instant result_time{};  ///< the moment at which it is shown
};

/// A picture of a project without any display server.
/// @param ranking   whose colours are shown, or nullptr
/// @param problems  gets a line for each picture of a face that could not be read
/// @returns no_display, bad_input for the camera's words, or unreadable when the picture came out blank
Result<render::Image> takeSnapshot(const project::Project& project, const assess::Ranking* ranking,
                                   const SnapshotOptions& options, Problems& problems, Progress& progress);

}  // namespace hashimichi::app
