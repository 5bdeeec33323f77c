#include "app/session/city_contents.h"

#include <algorithm>

#include "render/object_colour.h"

namespace hashimichi::app {
namespace {

struct Counting {
  const model::CityModel& model;
  CityContents& contents;

  bool textured(const model::Geometry& shape) const {
    return std::ranges::any_of(shape.appearance, [&](const model::SurfaceAppearance& look) {
      return look.material < model.materials.size() && !model.materials[look.material].texture_path.empty();
    });
  }

  template <typename Asset>
  void shapes(render::LayerId type, const Asset& asset) const {
    std::set<int>& lods = contents.lods[type];
    const auto note = [&](const model::Geometry& shape) {
      if (shape.empty()) return;
      lods.insert(shape.lod);
      contents.textures = contents.textures || textured(shape);
    };
    note(asset.geometry);
    std::ranges::for_each(asset.other_lods, note);
  }
};

}  // namespace

std::set<int> CityContents::allLods() const {
  std::set<int> all;
  for (const auto& [type, own] : lods) all.insert(own.begin(), own.end());
  return all;
}

CityContents contentsOf(const model::CityModel& model) {
  CityContents contents;
  const Counting counting{model, contents};
  for (const model::Building& building : model.buildings) counting.shapes(render::Layer::buildings, building);
  for (const model::RoadSegment& road : model.roads) counting.shapes(render::Layer::roads, road);
  for (const model::Bridge& bridge : model.bridges) counting.shapes(render::Layer::bridges, bridge);
  for (const model::CityObject& object : model.objects) {
    counting.shapes(object.kind, object);
    ++contents.objects[static_cast<std::size_t>(object.kind)];
    if (object.kind != model::ObjectKind::hazard_zone) continue;
    if (const auto depth = render::depthClassOf(object)) contents.depth_classes.insert(*depth);
    const exporting::Rgb colour = render::colourOf(object);
    contents.landslide_special = contents.landslide_special || colour == exporting::landslide_special;
    contents.landslide = contents.landslide || colour == exporting::landslide_zone;
  }
  return contents;
}

}  // namespace hashimichi::app
