#include "render/scene_inside.h"

#include <vtkActorCollection.h>
#include <vtkCamera.h>
#include <vtkCullerCollection.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>

#include "geo/export/city_palette.h"
#include "render/pick.h"
#include "render/prepare.h"
#include "render/vtk/convert.h"

namespace hashimichi::render {
namespace {

/// The eye stays so high above the drawn ground.
constexpr double least_eye_height_m = 2;
/// A flatter view than this share of the distance would leave depth too few bits.
constexpr double near_share = 0.02, least_near_m = 0.5;
/// Overlays win against what is this much nearer, as a share of the distance: enough for a road within the rounding of
/// a hill and the noise of a survey, little enough not to shine through a house.
constexpr double nudge_share = 0.0025, least_nudge_m = 0.25, most_nudge_m = 5;

template <typename Features>
std::unordered_map<std::string, std::uint32_t> byId(const Features& features) {
  std::unordered_map<std::string, std::uint32_t> index;
  index.reserve(features.size());
  for (std::size_t i = 0; i < features.size(); ++i) index.emplace(features[i].id, static_cast<std::uint32_t>(i));
  return index;
}

std::optional<std::uint32_t> lookUp(const std::unordered_map<std::string, std::uint32_t>& index,
                                    const std::string& id) {
  const auto found = index.find(id);
  if (found == index.end()) return std::nullopt;
  return found->second;
}

}  // namespace

SceneInside::SceneInside() : renderer(vtkSmartPointer<vtkRenderer>::New()), labels(*renderer), pins(*renderer) {
  point_prop = makePointProp(points);
  renderer->GetCullers()->RemoveAllItems();  // one of them leaves out what is small, and nothing here may vanish
  renderer->SetBackgroundAlpha(1);
  renderer->GradientBackgroundOn();
  arrange();
}

LayerProps* SceneInside::propsOf(LayerId id) {
  if (const auto* kind = std::get_if<model::ObjectKind>(&id)) return &objects[static_cast<std::size_t>(*kind)];
  switch (std::get<Layer>(id)) {
    case Layer::terrain:
      return &terrain;
    case Layer::buildings:
      return &buildings;
    case Layer::roads:
      return &roads;
    case Layer::bridges:
      return &bridges;
    case Layer::sensors:
      return &sensors;
    case Layer::imagery:
    case Layer::textures:
    case Layer::labels:
    case Layer::points:
      break;
  }
  return nullptr;
}

void SceneInside::dress() {
  const bool wanted = textures && textures_visible;
  if (wanted && pages.empty())
    for (const TextureSet::Page& page : textures->pages) pages.push_back(textureOf(page.image, page.repeats));
  // A result's colours are not to be covered by pictures.
  buildings.dress(wanted && !result && !coloursByAttribute() ? &textures->buildings : nullptr, pages);
  bridges.dress(wanted ? &textures->bridges : nullptr, pages);
  for (std::size_t kind = 0; kind < object_kind_count; ++kind)
    objects[kind].dress(wanted ? &textures->objects[kind] : nullptr, pages);
  arrange();
  changed = true;
}

void SceneInside::arrange() {
  vtkActorCollection* actors = renderer->GetActors();
  std::vector<vtkActor*> present;
  actors->InitTraversal();
  while (vtkActor* actor = actors->GetNextActor()) present.push_back(actor);
  for (vtkActor* actor : present) renderer->RemoveActor(actor);
  for (const LayerProps* layer :
       std::initializer_list<const LayerProps*>{&bridges, &buildings, &result_overlay, &sensors})
    layer->addSolids(*renderer);
  for (const ObjectLayer& layer : objects) layer.addSolids(*renderer);
  terrain.addSolids(*renderer);  // last: its pixels cost most, and many are hidden by then
  renderer->RemoveViewProp(point_prop);
  renderer->AddViewProp(point_prop);
  for (const model::ObjectKind kind : zone_order) objects[static_cast<std::size_t>(kind)].addOverlays(*renderer);
  result_overlay.addOverlays(*renderer);
  if (!bridgesOnTop()) bridges.addOverlays(*renderer);
  const bool ranks = !road_bands.empty();
  if (ranks) road_snow.addOverlays(*renderer);
  roads.addOverlays(*renderer);
  if (!ranks) road_snow.addOverlays(*renderer);
  if (bridgesOnTop()) bridges.addOverlays(*renderer);
  hover.addOverlays(*renderer);
  selection.addOverlays(*renderer);
}

void SceneInside::indexAssets() {
  road_index = byId(town->model->roads);
  bridge_index = byId(town->model->bridges);
  building_index = byId(town->model->buildings);
  object_index = byId(town->model->objects);
}

std::optional<Cased> SceneInside::casedOf(const model::AssetRef& asset) const {
  using model::AssetKind;
  Cased cased{asset.kind, 0, {}, {}, {}, false};
  if (asset.kind == AssetKind::road) {
    const auto index = lookUp(road_index, asset.id);
    if (!index) return std::nullopt;
    cased.index = *index;
    cased.colour = roadColour(road_bands.empty() ? -1 : *index < road_bands.size() ? road_bands[*index] : 0);
  } else if (asset.kind == AssetKind::bridge) {
    const auto index = lookUp(bridge_index, asset.id);
    if (!index) return std::nullopt;
    cased.index = *index;
    cased.marked = bridges.showsDecision();
    cased.colour = bridges.colourOf(*index);
  } else if (asset.kind == AssetKind::building) {
    const auto index = lookUp(building_index, asset.id);
    if (!index) return std::nullopt;
    cased.index = *index;
  } else if (asset.kind == AssetKind::object) {
    const auto index = lookUp(object_index, asset.id);
    if (!index) return std::nullopt;
    cased.index = *index;
    cased.object = town->model->objects[*index].kind;
    cased.colour = exporting::objectColour(cased.object);
  } else if (asset.kind == AssetKind::station) {
    for (const SensorLayer::Column& column : sensors.columns())
      if (column.station_id == asset.id) cased.box = column.box;
    if (cased.box.empty()) return std::nullopt;
  } else {
    return std::nullopt;
  }
  return cased;
}

void SceneInside::refreshLabels() {
  std::vector<Label> values = sensors.labels();
  labels.setValues(std::move(values));
  labels.setVisible(names_visible, sensors.visible());
  changed = true;
}

void SceneInside::refreshSelection() {
  if (!town) return;
  selection.show(*town, selected ? casedOf(*selected) : std::nullopt);
  hover.show(*town, hovered && hovered != selected ? casedOf(*hovered) : std::nullopt);
  changed = true;
}

void SceneInside::keepAboveGround() {
  if (!town) return;
  for (int attempt = 0; attempt < 45; ++attempt) {
    const Vec3d eye = eyeOf(pose);
    if (eye.z >= groundHeight(town->ground, eye.x, eye.y, -1e9) + least_eye_height_m) return;
    if (pose.elevation_deg >= 89) break;
    pose.elevation_deg = std::min(90.0, pose.elevation_deg + 2);
  }
}

void SceneInside::applyCamera() {
  vtkCamera* camera = renderer->GetActiveCamera();
  const Vec3d eye = eyeOf(pose), up = axesOf(pose).up;
  camera->SetPosition(eye.x, eye.y, eye.z);
  camera->SetFocalPoint(pose.target.x, pose.target.y, pose.target.z);
  camera->SetViewUp(up.x, up.y, up.z);
  camera->SetViewAngle(pose.view_angle_deg);
  camera->SetParallelProjection(pose.orthographic);
  camera->SetParallelScale(pose.distance_m * std::tan(pose.view_angle_deg * std::numbers::pi / 360));
  double near_m = 1e9, far_m = -1e9;
  double box[6];
  renderer->ComputeVisiblePropBounds(box);
  const Vec3d forward = axesOf(pose).forward;
  for (int corner = 0; corner < 8; ++corner) {
    const Vec3d point{box[corner & 1], box[2 + (corner >> 1 & 1)], box[4 + (corner >> 2 & 1)]};
    const double depth = dot(point - eye, forward);
    near_m = std::min(near_m, depth), far_m = std::max(far_m, depth);
  }
  if (!pose.orthographic) near_m = std::max({near_m - 1, least_near_m, near_share * pose.distance_m});
  far_m = std::max(far_m + 1, near_m + 10);
  camera->SetClippingRange(near_m, far_m);
  nudgeOverlays(near_m, far_m);
}

void SceneInside::nudgeOverlays(double near_m, double far_m) {
  const double d = pose.distance_m, nudge_m = std::clamp(nudge_share * d, least_nudge_m, most_nudge_m);
  // Depth is even in an orthographic picture, and steep near the eye in perspective.
  const double depth_per_m = pose.orthographic ? 1 / (far_m - near_m) : near_m * far_m / (far_m - near_m) / (d * d);
  const double nudge = std::min(0.01, nudge_m * depth_per_m);
  for (const LayerProps* layer :
       std::initializer_list<const LayerProps*>{&bridges, &roads, &road_snow, &result_overlay, &hover, &selection})
    layer->nudgeOverlays(nudge);
  for (const ObjectLayer& layer : objects) layer.nudgeOverlays(nudge);
}

void SceneInside::lookThroughTile(int width_px, int height_px) {
  vtkCamera* camera = renderer->GetActiveCamera();
  if (!tile) return camera->SetWindowCenter(0, 0);
  const double share = static_cast<double>(height_px) / tile.whole_height_px;
  const double half = std::tan(pose.view_angle_deg * std::numbers::pi / 360);
  camera->SetViewAngle(std::atan(half * share) * 360 / std::numbers::pi);
  camera->SetParallelScale(pose.distance_m * half * share);
  // VTK counts in halves of the tile.
  camera->SetWindowCenter((2.0 * tile.left_px + width_px - tile.whole_width_px) / width_px,
                          (tile.whole_height_px - 2.0 * tile.top_px - height_px) / height_px);
}

void SceneInside::chooseWhatIsSeen(int width_px, int height_px) {
  double range[2];
  renderer->GetActiveCamera()->GetClippingRange(range);
  const int whole_width = tile ? tile.whole_width_px : width_px, whole_height = tile ? tile.whole_height_px : height_px;
  splat::View view = splat::viewOf(pose, range[0], range[1], whole_width, whole_height);
  for (const LayerProps* layer : std::initializer_list<const LayerProps*>{&terrain, &bridges, &buildings, &roads})
    layer->choose(view, 1);
  for (const ObjectLayer& layer : objects) layer.choose(view, 1);
  if (!tile || !points_chosen) points.choose(view);
  if (tile) {
    view.width_px = width_px, view.height_px = height_px;
    view.shift_x_px = whole_width / 2.0 - tile.left_px - width_px / 2.0;
    view.shift_y_px = tile.top_px + height_px / 2.0 - whole_height / 2.0;
  }
  point_prop->look(view, *software && !points_as_on_gpu);
}

void SceneInside::beforeDraw(int width_px, int height_px, bool on_software) {
  const auto start = std::chrono::steady_clock::now();
  takeLook();
  if (town && software != on_software) terrain.setSoftware(on_software);
  software = on_software;
  selection.look(pose), hover.look(pose);
  applyCamera();
  lookThroughTile(width_px, height_px);
  chooseWhatIsSeen(width_px, height_px);
  const PickIndex* index = town ? town->pick_index.get() : nullptr;
  const int whole_width = tile ? tile.whole_width_px : width_px, whole_height = tile ? tile.whole_height_px : height_px;
  pins.place(pose, whole_width, whole_height);
  labels.place(pose, whole_width, whole_height, [&](Vec3d anchor) {
    if (!index || pose.orthographic) return false;
    const Vec3d eye = eyeOf(pose), to = anchor - eye;
    const double distance = norm(to);
    const auto ground = index->ground({eye, to * (1 / distance)});
    return ground && *ground < distance - 2;
  });
  const int up_px = tile ? tile.top_px + height_px - whole_height : 0;
  if (tile) labels.moveBy(-tile.left_px, up_px);
  pins.moveTo(-tile.left_px, up_px);
  times = {std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count(), 0, 0};
}

}  // namespace hashimichi::render
