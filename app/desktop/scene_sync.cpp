#include "app/desktop/scene_sync.h"

#include "app/desktop/theme.h"
#include "app/session/point_distances.h"
#include "app/session/workflow.h"

namespace hashimichi::app {
namespace {

std::vector<std::string> keysOf(const std::vector<render::SensorReading>& readings) {
  std::vector<std::string> keys;
  for (const render::SensorReading& reading : readings) keys.push_back(reading.station_id + reading.text);
  return keys;
}

}  // namespace

void SceneSync::applyTown(const ViewModel& view, render::Scene& scene) {
  scene.show(view.town);
  town_ = view.town;
  readings_.clear();
  textures_.reset();
  result_.reset();
  selection_.reset();
  hover_.reset();
}

void SceneSync::applyDecision(const ViewModel& view, render::Scene& scene, bool new_town) {
  const bool other = moment_ == ShownMoment::other;
  const RankingPtr& snow = other ? view.look.other_snow : view.snow;
  const RankingPtr& ranking =
      view.subject == assess::Subject::snow ? snow : (other ? view.look.other_ageing : view.ageing);
  if (new_town || ranking != ranking_) paintRanking(scene, *town_->model, (ranking_ = ranking).get());
  if (new_town || snow != snow_) scene.setRoadSnow(roadSnow_cm(*town_->model, (snow_ = snow).get()));
  const std::vector<render::SensorReading>& readings = other ? view.look.other_readings : view.readings;
  if (std::vector<std::string> keys = keysOf(readings); new_town || keys != readings_) {
    readings_ = std::move(keys);
    scene.setSensors(readings);
  }
}

void SceneSync::applyLook(const ViewModel& view, render::Scene& scene, bool new_town) {
  const LookState& look = view.look;
  if (look_ != look.look) scene.setLook(*(look_ = look.look));
  const Instant at = moment_ == ShownMoment::other ? look.other : view.time;
  if (at_ != at) scene.setMoment(*(at_ = at));
  std::optional<render::ViewFrom> viewshed;
  if (look.viewshed && look.viewshed->ground)
    viewshed = render::ViewFrom{*look.viewshed->ground, look.viewshed->eye_height_m, look.viewshed->reach_m};
  if (new_town || viewshed_ != viewshed) scene.setViewshed(viewshed_ = viewshed);
  // Grades of damage are the ageing decision's colours: beside snow ranks they would give a colour two meanings.
  const bool defects = view.subject == assess::Subject::ageing;
  if (new_town || notes_ != view.edits.book.notes || defects_ != defects) {
    notes_ = view.edits.book.notes, defects_ = defects;
    scene.setPins(pinsOf(*town_->model, view.edits.book, defects));
  }
}

bool SceneSync::apply(const ViewModel& view, render::Scene& scene) {
  const bool new_town = view.town && view.town != town_;
  if (new_town) applyTown(view, scene);
  if (!town_) return false;
  applyDecision(view, scene, new_town);
  applyLook(view, scene, new_town);
  if (view.textures != textures_) scene.setTextures(textures_ = view.textures);
  const std::size_t column = !view.result                    ? model::ResultLayer::gap
                             : moment_ == ShownMoment::other ? view.result->layer().columnAt(view.look.other)
                                                             : view.resultColumn();
  if (view.result != result_ || (result_ && column != result_column_)) {
    result_ = view.result;
    result_column_ = column;
    scene.setResult(result_, column);
  }
  if (view.selection != selection_) scene.setSelection(selection_ = view.selection);
  if (view.hover != hover_) scene.setHover(hover_ = view.hover);
  if (view.hidden_layers != hidden_) {
    for (const render::LayerId layer : hidden_) scene.setVisible(layer, true);
    for (const render::LayerId layer : view.hidden_layers) scene.setVisible(layer, false);
    hidden_ = view.hidden_layers;
  }
  applyPoints(view, scene, new_town);
  if (view.theme != theme_) {
    theme_ = view.theme;
    scene.setTheme(paletteOf(view.theme).scene);
  }
  return new_town;
}

void SceneSync::applyPoints(const ViewModel& view, render::Scene& scene, bool new_town) {
  const PointState& points = view.points;
  if (new_town) hidden_clouds_.clear(), change_.reset();
  if (points.style != point_style_) scene.setPointStyle(*(point_style_ = points.style));
  if (points.hidden_clouds != hidden_clouds_) {
    for (const model::PointCloud& cloud : town_->model->clouds)
      scene.setCloudVisible(cloud.id, !points.hidden_clouds.contains(cloud.id));
    hidden_clouds_ = points.hidden_clouds;
  }
  if (points.change == change_) return;
  if (change_) scene.setPointDistances(change_->after, {});
  change_ = points.change;
  if (change_) scene.setPointDistances(change_->after, distancesOf(change_));
}

}  // namespace hashimichi::app
