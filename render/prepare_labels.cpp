#include <map>

#include "render/prepare.h"

namespace hashimichi::render {
namespace {

constexpr double name_height_m = 6, building_name_reach_m = 900, road_name_reach_m = 380, major_road_reach_m = 2500;
constexpr double bridge_name_reach_m = 1200;
/// Larger stays when names collide.
constexpr int bridge_priority = 300, water_priority = 400, building_priority = 200, dump_priority = 250,
              road_priority = 100, object_priority = 150;

Vec3d onGround(const model::Terrain& ground, Vec3d place, double above_m) {
  place.z = std::max(place.z, groundHeight(ground, place.x, place.y, place.z)) + above_m;
  return place;
}

bool major(const model::RoadSegment& road) {
  return road.clearing_class == model::ClearingClass::priority || road.clearing_class == model::ClearingClass::class1;
}

/// A road has many segments and one name: it stands at the longest of them.
void addRoadNames(const model::CityModel& model, const model::Terrain& ground, std::vector<Label>& labels) {
  std::map<std::string, const model::RoadSegment*> longest;
  for (const model::RoadSegment& road : model.roads) {
    if (road.name.empty() || road.centreline.size() < 2) continue;
    const model::RoadSegment*& best = longest[road.name];
    if (!best || road.length_m > best->length_m) best = &road;
  }
  for (const auto& [name, road] : longest) {
    const Vec3d middle = model::pointAlong(road->centreline, model::length2d(road->centreline) / 2).point;
    labels.push_back({onGround(ground, middle, name_height_m), name, road_priority + (major(*road) ? 50 : 0),
                      major(*road) ? major_road_reach_m : road_name_reach_m});
  }
}

void addShapeName(const model::Geometry& geometry, const std::string& name, int priority, double reach_m,
                  const model::Terrain& ground, std::vector<Label>& labels) {
  const Bounds bounds = model::boundsOf(geometry);
  if (name.empty() || bounds.empty()) return;
  Vec3d place = bounds.centre();
  place.z = bounds.high.z;
  labels.push_back({onGround(ground, place, name_height_m), name, priority, reach_m});
}

/// Named things that one can point at; a hundred lamps or flood areas of one name are not.
bool standsAlone(model::ObjectKind kind) {
  using model::ObjectKind;
  return kind == ObjectKind::tunnel || kind == ObjectKind::construction || kind == ObjectKind::railway ||
         kind == ObjectKind::square || kind == ObjectKind::waterway;
}

}  // namespace

std::vector<Label> labelsOf(const model::CityModel& model, const model::Terrain& ground) {
  std::vector<Label> labels;
  for (const model::Building& building : model.buildings)
    addShapeName(building.geometry, building.name, building_priority, building_name_reach_m, ground, labels);
  for (const model::CityObject& area : model.objects)
    if (area.kind == model::ObjectKind::water)
      addShapeName(area.geometry, area.name, water_priority, std::numeric_limits<double>::infinity(), ground, labels);
    else if (standsAlone(area.kind))
      addShapeName(area.geometry, area.name, object_priority, building_name_reach_m, ground, labels);
  for (const model::Bridge& bridge : model.bridges)
    if (!bridge.name.empty() && bridge.position)
      labels.push_back(
          {onGround(ground, *bridge.position, name_height_m), bridge.name, bridge_priority, bridge_name_reach_m});
  for (const model::SnowDumpSite& site : model.dump_sites)
    if (!site.name.empty())
      labels.push_back({onGround(ground, site.position, name_height_m), site.name, dump_priority,
                        std::numeric_limits<double>::infinity()});
  addRoadNames(model, ground, labels);
  std::erase_if(labels, [](const Label& label) { return !isFinite(label.anchor); });
  return labels;
}

}  // namespace hashimichi::render
