#include "render/scene.h"

#include "render/point_path.h"
#include "render/scene_inside.h"

namespace hashimichi::render {
namespace {

PreparedTownPtr emptyTown() {
  auto town = std::make_shared<PreparedTown>();
  town->model = std::make_shared<model::CityModel>();
  return town;
}

}  // namespace

SceneInside& insideOf(Scene& scene) {
  return *scene.inside_;
}

void usePointBuffers(Scene& scene, bool always) {
  insideOf(scene).points_as_on_gpu = always;
  insideOf(scene).changed = true;
}

Scene::Scene() : inside_(std::make_unique<SceneInside>()) {
  setTheme({});
}

Scene::~Scene() = default;

void Scene::show(PreparedTownPtr town) {
  SceneInside& in = *inside_;
  // The actors share the former town's memory: it goes after they have let go of it.
  const PreparedTownPtr former = std::exchange(in.town, std::move(town));
  in.road_bands.clear();
  in.selected.reset(), in.hovered.reset(), in.software.reset();
  if (!in.town) in.town = emptyTown();
  in.indexAssets();
  in.terrain.show(*in.town);
  in.buildings.showSolids(in.town->buildings);
  in.roads.show(*in.town);
  in.road_snow.show(in.town.get());
  in.bridges.show(*in.town);
  for (std::size_t kind = 0; kind < object_kind_count; ++kind)
    in.objects[kind].show(in.town->objects[kind], model::object_kinds[kind]);
  in.textures.reset(), in.pages.clear();
  in.result_overlay.show(nullptr, 0);
  in.result.reset();
  in.sensors.show(*in.town, {});
  in.points.show(in.town);
  in.labels.setNames(in.town->labels);
  in.look_worker.forget();
  in.worn.reset(), in.wished.reset(), in.view_from.reset();
  setPins({});
  in.road_snow.setShown(in.look.snow, false);
  in.refreshSelection();
  in.refreshLabels();
  in.arrange();
  in.wishLook();
}

const PreparedTownPtr& Scene::town() const {
  return inside_->town;
}

void Scene::setRoadBands(std::span<const int> bands) {
  inside_->road_bands.assign(bands.begin(), bands.end());
  inside_->roads.setBands(bands);
  inside_->road_snow.setShown(inside_->look.snow, !bands.empty());
  inside_->bridges.setNeutral(!bands.empty());
  inside_->arrange();
  inside_->refreshSelection();
}

void Scene::setBridgeSoundness(std::span<const assets::Soundness> soundness) {
  inside_->bridges.setSoundness(soundness);
  inside_->arrange();
  inside_->refreshSelection();
}

void Scene::setBridgeBands(std::span<const int> bands) {
  inside_->bridges.setBands(bands);
  inside_->arrange();
  inside_->refreshSelection();
}

void Scene::setSensors(std::vector<SensorReading> readings) {
  if (!inside_->town) return;
  inside_->sensors.show(*inside_->town, readings);
  inside_->refreshSelection();
  inside_->refreshLabels();
}

void Scene::setTextures(TextureSetPtr textures) {
  SceneInside& in = *inside_;
  if (textures && textures->town != in.town) textures.reset();
  if (textures == in.textures) return;
  // The actors share the former set's memory: it goes after they have let go of it.
  const TextureSetPtr former = std::exchange(in.textures, std::move(textures));
  in.pages.clear();
  in.dress();
}

void Scene::setResult(ResultShapesPtr result, std::size_t column) {
  SceneInside& in = *inside_;
  if (result && result->town != in.town) result.reset();
  if (!result && !in.result) return;
  // The actors share the former shapes' memory: they go after the actors have let go of them.
  const ResultShapesPtr former = std::exchange(in.result, std::move(result));
  in.result_overlay.show(in.result.get(), column);
  in.buildings.paint(in.result ? resultColoursOfBuildings(*in.result, column)
                     : in.worn ? in.worn->building_rgb
                               : std::vector<std::uint8_t>());
  in.dress();
}

void Scene::setVisible(LayerId layer, bool visible) {
  SceneInside& in = *inside_;
  if (LayerProps* props = in.propsOf(layer))
    props->setVisible(visible), in.road_snow.setVisible(in.roads.visible());
  else if (layer == LayerId(Layer::imagery))
    in.terrain.setImagery(visible);
  else if (layer == LayerId(Layer::labels))
    in.names_visible = visible;
  else if (layer == LayerId(Layer::points))
    in.points.setVisible(visible);
  else if (in.textures_visible != visible)
    in.textures_visible = visible, in.dress();
  in.refreshLabels();
}

bool Scene::visible(LayerId layer) const {
  if (const LayerProps* props = inside_->propsOf(layer)) return props->visible();
  if (layer == LayerId(Layer::points)) return inside_->points.visible();
  if (layer == LayerId(Layer::textures)) return inside_->textures_visible;
  return layer == LayerId(Layer::imagery) ? inside_->terrain.imagery() : inside_->names_visible;
}

void Scene::setTheme(const Theme& theme) {
  const auto share = [](std::uint8_t channel) { return channel / 255.0; };
  const exporting::Rgb low = theme.sky_horizon, high = theme.sky_top;
  inside_->renderer->SetBackground(share(low.r), share(low.g), share(low.b));
  inside_->renderer->SetBackground2(share(high.r), share(high.g), share(high.b));
  inside_->changed = true;
}

void Scene::setSelection(const std::optional<model::AssetRef>& asset) {
  if (inside_->selected == asset) return;
  inside_->selected = asset;
  inside_->refreshSelection();
}

void Scene::setHover(const std::optional<model::AssetRef>& asset) {
  if (inside_->hovered == asset) return;
  inside_->hovered = asset;
  inside_->refreshSelection();
}

void Scene::setCamera(const CameraPose& pose) {
  inside_->pose = pose;
  inside_->keepAboveGround();
  inside_->changed = true;
}

const CameraPose& Scene::camera() const {
  return inside_->pose;
}

Bounds Scene::boundsOf(const model::AssetRef& asset) const {
  const SceneInside& in = *inside_;
  Bounds bounds;
  const auto cased = in.town ? in.casedOf(asset) : std::nullopt;
  if (!cased) return bounds;
  const model::CityModel& model = *in.town->model;
  if (asset.kind == model::AssetKind::station) return cased->box;
  if (asset.kind == model::AssetKind::building) return model::boundsOf(model.buildings[cased->index].geometry);
  if (asset.kind == model::AssetKind::road) {
    const model::RoadSegment& road = model.roads[cased->index];
    bounds = model::boundsOf(road.geometry);
    for (const Vec3d& point : road.centreline) bounds.add(point);
    return bounds;
  }
  if (asset.kind == model::AssetKind::object) return model::boundsOf(model.objects[cased->index]);
  const model::Bridge& bridge = model.bridges[cased->index];
  bounds = model::boundsOf(bridge.geometry);
  for (const Vec3d& point : bridge.axis) bounds.add(point);
  for (const Mark& mark : in.town->bridge_marks)
    if (bounds.empty() && mark.feature == cased->index) bounds.add(mark.position);
  return bounds;
}

void Scene::setPointStyle(const PointStyle& style) {
  if (style == inside_->points.style()) return;
  inside_->points.setStyle(style);
  inside_->changed = true;
}

const PointStyle& Scene::pointStyle() const {
  return inside_->points.style();
}

void Scene::setCloudVisible(const std::string& cloud, bool visible) {
  inside_->points.setCloudVisible(cloud, visible);
  inside_->changed = true;
}

void Scene::setPointDistances(const std::string& cloud, PointDistances distances) {
  inside_->points.setDistances(cloud, std::move(distances));
  inside_->changed = true;
}

void Scene::setPointAgeAt(Instant day) {
  inside_->points.setAgeAt(day);
  inside_->changed = true;
}

PointStatus Scene::pointStatus() const {
  return inside_->points.status();
}

bool Scene::changed() const {
  return inside_->changed || inside_->points.pending() || inside_->look_worker.ready();
}

}  // namespace hashimichi::render
