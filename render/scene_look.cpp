#include <vtkNew.h>
#include <vtkPlane.h>

#include "render/scene_inside.h"

namespace hashimichi::render {
namespace {

/// Six planes whose positive side is inside.
vtkSmartPointer<vtkPlaneCollection> planesOf(const Bounds& box) {
  const auto planes = vtkSmartPointer<vtkPlaneCollection>::New();
  const auto add = [&](Vec3d origin, double x, double y, double z) {
    vtkNew<vtkPlane> plane;
    plane->SetOrigin(origin.x, origin.y, origin.z);
    plane->SetNormal(x, y, z);
    planes->AddItem(plane);
  };
  add(box.low, 1, 0, 0), add(box.low, 0, 1, 0), add(box.low, 0, 0, 1);
  add(box.high, -1, 0, 0), add(box.high, 0, -1, 0), add(box.high, 0, 0, -1);
  return planes;
}

}  // namespace

void SceneInside::clipTo(const std::optional<Bounds>& box) {
  const vtkSmartPointer<vtkPlaneCollection> planes = box && !box->empty() ? planesOf(*box) : nullptr;
  for (LayerProps* layer : std::initializer_list<LayerProps*>{&terrain, &buildings, &roads, &road_snow, &bridges,
                                                              &sensors, &result_overlay})
    layer->clip(planes);
  for (ObjectLayer& layer : objects) layer.clip(planes);
  labels.clip(box), pins.clip(box);
}

void SceneInside::wishLook() {
  changed = true;
  if (!town) return;
  LookWish wish{town, look, moment, view_from};
  wish.look.clip.reset(), wish.look.labels_dense = false;  // neither is the worker's
  if (!look.sun && !look.snow) wish.at.reset();
  if (wish.plain()) {
    look_worker.forget();
    auto answer = std::make_shared<TownLook>();
    answer->of = std::move(wish);
    return wearLook(std::move(answer));
  }
  if (wished && *wished == wish) return;
  wished = wish;
  look_worker.ask(std::move(wish));
}

void SceneInside::wearLook(TownLookPtr answer) {
  if (answer->of.town != town) return;
  wished = answer->of;
  const bool ground_changed = answer->ground || (worn && worn->ground);
  const bool colours_changed = !answer->building_rgb.empty() || (worn && !worn->building_rgb.empty());
  worn = std::move(answer);
  if (ground_changed) terrain.paint(worn->ground.get());
  if (colours_changed && !result) {
    buildings.paint(worn->building_rgb);
    dress();
  }
  changed = true;
}

bool SceneInside::coloursByAttribute() const {
  return worn && !worn->of.look.colour_by.empty() && !worn->building_rgb.empty();
}

void SceneInside::takeLook() {
  if (TownLookPtr answer = look_worker.take()) wearLook(std::move(answer));
}

void Scene::setLook(const Look& look) {
  SceneInside& in = *inside_;
  if (look == in.look) return;
  in.look = look;
  in.clipTo(look.clip);
  in.labels.setDense(look.labels_dense);
  in.road_snow.setShown(look.snow, !in.road_bands.empty());
  in.wishLook();
}

const Look& Scene::look() const {
  return inside_->look;
}

void Scene::setMoment(Instant at) {
  SceneInside& in = *inside_;
  if (in.moment == at) return;
  in.moment = at;
  if (in.look.sun || in.look.snow) in.wishLook();
}

void Scene::setRoadSnow(std::span<const float> depth_cm) {
  inside_->road_snow.setDepths(depth_cm);
  inside_->changed = true;
}

void Scene::setViewshed(const std::optional<ViewFrom>& from) {
  if (from == inside_->view_from) return;
  inside_->view_from = from;
  inside_->wishLook();
}

void Scene::setPins(std::vector<Pin> pins) {
  inside_->pins.show(std::move(pins));
  inside_->labels.setNotes(inside_->pins.labels());
  inside_->changed = true;
}

LookStatus Scene::lookStatus() const {
  LookStatus status = inside_->worn ? inside_->worn->status : LookStatus{};
  status.pending = inside_->look_worker.busy() || inside_->look_worker.ready();
  return status;
}

void Scene::awaitLook(double within_s) {
  (void)inside_->look_worker.await(within_s);
  inside_->takeLook();
}

}  // namespace hashimichi::render
