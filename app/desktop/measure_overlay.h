#pragma once
#include <imgui.h>

#include <optional>

#include "app/session/view_model.h"
#include "render/camera.h"

namespace hashimichi::app {

/// Where a place of the local frame stands in a picture of that camera (window pixels); nothing behind the eye.
std::optional<ImVec2> onScreen(const render::CameraPose& camera, Vec3d place, ImVec2 position, ImVec2 size);

/// What is being measured, on the draw list over the town: clicked points, a line to the mouse with what it measures
/// so far, the picked point, the chosen result, and the line of the section. In front of everything, as a plan would
/// show it.
/// @param under_mouse  the place that the mouse points at
void drawMeasuring(const ViewModel& view, const render::CameraPose& camera, const std::optional<Vec3d>& under_mouse,
                   ImVec2 position, ImVec2 size, float scale);

}  // namespace hashimichi::app
