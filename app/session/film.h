#pragma once
#include <optional>
#include <span>
#include <vector>

#include "app/session/look_commands.h"
#include "geo/core/result.h"
#include "geo/project/notebook.h"
#include "render/camera.h"

namespace hashimichi::app {

render::CameraPose poseOf(const project::Viewpoint& viewpoint);

/// Where the camera stands in each picture: once round its target as it turns clockwise on the map, along the saved
/// viewpoints in their order with a rest at each, or as it stands.
/// @returns bad_input for sizes, times or rates outside what a film may have, and for fewer than two viewpoints
Result<std::vector<render::CameraPose>> filmPoses(const FilmTown& film, const render::CameraPose& from,
                                                  std::span<const project::Viewpoint> viewpoints);

/// Whether a path names a video by its ending: mp4, mkv, webm, mov, avi.
bool namesVideo(const std::filesystem::path& path);

}  // namespace hashimichi::app
