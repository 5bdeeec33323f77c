#include "app/session/snapshot.h"

#include <algorithm>

#include "app/session/workflow.h"
#include "geo/core/file.h"

namespace hashimichi::app {
namespace {

/// Below this share of pixels that differ from the background a picture counts as blank (a lost context draws nothing).
constexpr double blank_below = 0.005;

Error cancelled(const project::Project& project) {
  return {ErrorCode::cancelled, toUtf8(project.folder), "The picture was cancelled.", {}};
}

bool hasResult(const model::CityModel& model, const std::string& id) {
  return std::ranges::find(model.results, id, &model::ResultLayer::id) != model.results.end();
}

Error unknownResult(const project::Project& project, const std::string& id) {
  std::string known;
  for (const model::ResultLayer& layer : project.model->results) known += (known.empty() ? "" : ", ") + layer.id;
  return {ErrorCode::not_found, toUtf8(project.folder), "The project has no result \"" + id + "\".",
          known.empty() ? "Import one first." : "It has: " + known + "."};
}

}  // namespace

Result<render::Image> takeSnapshot(const project::Project& project, const assess::Ranking* ranking,
                                   const SnapshotOptions& options, Problems& problems, Progress& progress) {
  const render::PreparedTownPtr town = render::prepareTown(project.model, progress, {.lod = options.lod});
  if (!town) return cancelled(project);
  const Result<render::CameraPose> pose =
      render::cameraFrom(options.camera, town->bounds, static_cast<double>(options.width_px) / options.height_px);
  if (!pose) return pose.error();
  render::TextureSetPtr textures;
  if (options.textures && render::hasTextures(*town)) {
    textures = render::loadTextures(town, progress);
    if (!textures) return cancelled(project);
    problems.merge(textures->problems);
  }
  render::ResultShapesPtr result;
  if (!options.result.empty()) {
    if (!hasResult(*project.model, options.result)) return unknownResult(project, options.result);
    result = render::prepareResult(town, options.result, progress);
    if (!result) return cancelled(project);
  }
  Result<std::unique_ptr<render::Target>> target = render::Target::headless(options.width_px, options.height_px);
  if (!target) return target.error();
  render::Image image;
  {
    render::Scene scene;  // gone before its context
    scene.show(town);
    scene.setTextures(textures);
    paintRanking(scene, *project.model, ranking);
    if (ranking)
      scene.setSensors(sensorReadings(*project.model, ranking->profile_id, ranking->as_of, options.language));
    if (result) scene.setResult(result, result->layer().columnAt(options.result_time));
    scene.setCamera(*pose);
    (*target)->drawComplete(scene);
    image = (*target)->read();
  }
  if (render::inkShare(image) < blank_below)
    return Error{ErrorCode::unreadable, toUtf8(project.folder), "The picture came out blank.",
                 "Check the camera and the OpenGL driver."};
  return image;
}

}  // namespace hashimichi::app
