#pragma once
#include "geo/model/terrain.h"
#include "render/camera.h"

namespace hashimichi::app {

// What a drag makes of the camera, beyond the plain moves of render/camera.h. Local frame, metres.

/// Turns by pixels about a point that stays where it is in the picture, as if it were held. Up stays up.
render::CameraPose orbitAbout(const render::CameraPose& pose, Vec3d point, double dx_px, double dy_px);

/// The eye at least a man's height over the ground below it: where it would be lower, the camera looks more steeply at
/// the same target, or comes up with it. Outside the terrain nothing is known and nothing changed.
render::CameraPose aboveGround(render::CameraPose pose, const model::Terrain& ground);

}  // namespace hashimichi::app
