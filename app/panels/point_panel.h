#pragma once
#include "app/session/view_model.h"
#include "render/camera.h"

namespace hashimichi::app {

/// What of the town's clouds a clip box round the present view keeps: as wide as the picture is at the turning point,
/// turned with it, as high as the clouds.
render::ClipBox clipFromView(const render::CameraPose& camera, const Bounds& clouds);
/// Round an asset, with room about it; nothing when it has no place.
std::optional<render::ClipBox> clipFromAsset(const model::CityModel& model, const model::AssetRef& asset);

/// The town's point clouds: which are shown, how they are coloured and how large, what is clipped away, how much may
/// be drawn and kept in memory, and whether all detail is there.
class PointPanel {
 public:
  void draw(const ViewModel& view, CommandQueue& out, const render::PointStatus& status,
            const render::CameraPose& camera, float scale);
};

}  // namespace hashimichi::app
