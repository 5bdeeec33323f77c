#pragma once
#include <string>

#include "geo/project/project.h"
#include "render/target.h"

namespace hashimichi::app {

/// A picture of a project without any display server.
/// @param ranking  whose colours are shown, or nullptr
/// @param camera   words of render::cameraFrom
/// @returns no_display, bad_input for the camera's words, or unreadable when the picture came out blank
Result<render::Image> takeSnapshot(const project::Project& project, const assess::Ranking* ranking,
                                   const std::string& camera, int width_px, int height_px, Language language,
                                   Progress& progress);

}  // namespace hashimichi::app
