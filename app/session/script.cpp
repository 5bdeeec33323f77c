#include "app/session/script.h"

#include <fmt/format.h>

#include "app/i18n/text.h"
#include "app/session/snapshot.h"
#include "geo/core/file.h"
#include "render/prepared_town.h"

namespace hashimichi::app {
namespace {

constexpr int picture_width_px = 1600, picture_height_px = 1000;
constexpr double aspect = static_cast<double>(picture_width_px) / picture_height_px;

/// Where an asset without a form of its own is looked at from: as wide as this.
constexpr double asset_reach_m = 60;

void addLine(Bounds& box, const model::Polyline& line) {
  for (const Vec3d& place : line) box.add(place);
}

/// Of what a script can select by its place; empty where the model knows none.
Bounds boundsOf(const model::CityModel& model, const model::AssetRef& asset) {
  Bounds box;
  for (const model::RoadSegment& road : model.roads)
    if (asset.kind == model::AssetKind::road && road.id == asset.id) addLine(box, road.centreline);
  for (const model::Bridge& bridge : model.bridges) {
    if (asset.kind != model::AssetKind::bridge || bridge.id != asset.id) continue;
    addLine(box, bridge.axis);
    if (bridge.position) box.add(*bridge.position);
  }
  for (const model::Building& building : model.buildings)
    if (asset.kind == model::AssetKind::building && building.id == asset.id)
      for (const model::Surface& surface : building.geometry.surfaces) addLine(box, surface.polygon.outer);
  for (const auto& station : model.stations)
    if (asset.kind == model::AssetKind::station && station.id == asset.id) box.add(station.position);
  return box;
}

render::CameraPose flown(const FlyTo& flight, const ViewModel& view) {
  render::CameraPose pose = view.camera;
  switch (flight.viewpoint) {
    case Viewpoint::pose:
      return flight.pose;
    case Viewpoint::north_up:
      pose.azimuth_deg = 0;
      return pose;
    case Viewpoint::top:
      pose.azimuth_deg = 0, pose.elevation_deg = 90;
      return pose;
    case Viewpoint::selection:
      if (Bounds box = view.selection ? boundsOf(*view.project->model, *view.selection) : Bounds{}; !box.empty()) {
        const Vec3d margin{asset_reach_m, asset_reach_m, 0};
        const Vec3d low = box.low - margin, high = box.high + margin;
        box.add(low), box.add(high);
        return render::fit(pose, box, aspect);
      }
      break;
    case Viewpoint::home:
      break;
  }
  return *render::cameraFrom("overview", view.town->bounds, aspect);
}

Status savePicture(const ViewModel& view, const std::filesystem::path& path, Progress& progress) {
  SnapshotOptions options;
  const render::CameraPose& c = view.camera;
  options.camera =
      fmt::format("target={},{},{};distance={};azimuth={};elevation={}{}", c.target.x, c.target.y, c.target.z,
                  c.distance_m, c.azimuth_deg, c.elevation_deg, view.orthographic ? ";ortho" : "");
  options.width_px = picture_width_px, options.height_px = picture_height_px;
  options.stage.language = view.language, options.stage.lod = view.lod, options.stage.look = view.look.look;
  options.stage.textures = !view.hidden_layers.contains(render::Layer::textures);
  options.stage.result = view.result_id, options.stage.result_time = view.time;
  Problems problems;
  return saveSnapshot(*view.project, view.ranking(), options, path, problems, progress);
}

bool needsWindow(const Command& command) {
  if (std::holds_alternative<AskPath>(command)) return true;
  if (const auto* point = std::get_if<PointCommand>(&command))
    return std::holds_alternative<SaveSectionPicture>(*point);
  if (const auto* look = std::get_if<LookCommand>(&command)) return std::holds_alternative<FilmTown>(*look);
  return false;
}

void land(Session& session) {
  const ViewModel& view = session.view();
  if (const auto flight = session.takeFlight(); flight && view.town) session.cameraMoved(flown(*flight, view));
}

void run(Session& session, const Command& command, ScriptStep& step, Progress& progress) {
  const ViewModel& view = session.view();
  while (!view.notices.empty()) session.apply(DismissNotice{0});
  session.apply(command);
  session.finishJobs();
  land(session);
  if (const auto path = session.takePictureWanted(); path && view.project) {
    const Status saved = savePicture(view, *path, progress);
    session.notify(!saved, saved ? toUtf8(*path) : saved.error().text());
  }
  for (const Notice& notice : view.notices) {
    step.failed = step.failed || notice.failed;
    step.said.push_back(notice.text);
  }
}

}  // namespace

std::size_t runScript(Session& session, const std::vector<ScriptLine>& lines,
                      const std::function<void(const ScriptStep&)>& told, Progress& stop) {
  land(session);  // where opening the project was to lead
  std::size_t failed = 0;
  for (const ScriptLine& line : lines) {
    if (stop.cancelled() || session.view().quit) break;
    ScriptStep step{line.number, wordOf(line.command), false, {}};
    if (needsWindow(line.command))
      step.failed = true, step.said.push_back(tr(session.view().language, "script.needs_window"));
    else
      run(session, line.command, step, stop);
    if (step.failed) ++failed;
    told(step);
  }
  return failed;
}

}  // namespace hashimichi::app
