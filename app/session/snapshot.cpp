#include "app/session/snapshot.h"

#include "app/session/workflow.h"
#include "geo/core/file.h"

namespace hashimichi::app {
namespace {

/// Below this share of pixels that differ from the background a picture counts as blank (a lost context draws nothing).
constexpr double blank_below = 0.005;

}  // namespace

Result<render::Image> takeSnapshot(const project::Project& project, const assess::Ranking* ranking,
                                   const std::string& camera, int width_px, int height_px, Language language,
                                   Progress& progress) {
  const render::PreparedTownPtr town = render::prepareTown(project.model, progress);
  const Result<render::CameraPose> pose =
      render::cameraFrom(camera, town->bounds, static_cast<double>(width_px) / height_px);
  if (!pose) return pose.error();
  Result<std::unique_ptr<render::Target>> target = render::Target::headless(width_px, height_px);
  if (!target) return target.error();
  render::Image image;
  {
    render::Scene scene;  // gone before its context
    scene.show(town);
    paintRanking(scene, *project.model, ranking);
    if (ranking) scene.setSensors(sensorReadings(*project.model, ranking->profile_id, ranking->as_of, language));
    scene.setCamera(*pose);
    (*target)->draw(scene);
    image = (*target)->read();
  }
  if (render::inkShare(image) < blank_below)
    return Error{ErrorCode::unreadable, toUtf8(project.folder), "The picture came out blank.",
                 "Check the camera and the OpenGL driver."};
  return image;
}

}  // namespace hashimichi::app
