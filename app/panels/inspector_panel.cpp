#include "app/panels/inspector_panel.h"

#include <imgui.h>

#include <algorithm>
#include <utility>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
#include "app/panels/town_charts.h"
#include "app/widgets/asset_words.h"
#include "app/widgets/badge.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

const char* iconOf(model::AssetKind kind) {
  switch (kind) {
    case model::AssetKind::road:
      return icon::road;
    case model::AssetKind::bridge:
      return icon::bridge;
    case model::AssetKind::building:
      return icon::building;
    case model::AssetKind::station:
      return icon::sensor;
    case model::AssetKind::dump_site:
      return icon::terrain;
    case model::AssetKind::object:
      return icon::layers;
  }
  return "";
}

void drawBuilding(const ViewModel& view, const model::Building& building) {
  heading(say(view, "inspector.facts"), paletteOf(view.theme));
  {
    Facts facts("building", paletteOf(view.theme));
    if (building.measured_height_m) facts.number(say(view, "fact.height"), number(*building.measured_height_m, 1), "m");
    if (building.year_built) facts.number(say(view, "fact.year_built"), std::to_string(*building.year_built));
    drawLods(view, facts, render::Layer::buildings, building.geometry, building.other_lods);
    facts.text(say(view, "fact.source"), building.source);
  }
  drawAttributes(view, building.attributes);
}

void drawObject(const ViewModel& view, const model::CityObject& object) {
  heading(say(view, "inspector.facts"), paletteOf(view.theme));
  {
    Facts facts("object", paletteOf(view.theme));
    facts.text(say(view, "fact.kind"), wordOf(view, object.kind));
    facts.text(say(view, "fact.type"), object.type);
    drawLods(view, facts, object.kind, object.geometry, object.other_lods);
    facts.text(say(view, "fact.source"), object.source);
  }
  drawAttributes(view, object.attributes);
}

void drawDumpSite(const ViewModel& view, const model::SnowDumpSite& site) {
  heading(say(view, "inspector.facts"), paletteOf(view.theme));
  {
    Facts facts("dump", paletteOf(view.theme));
    if (site.capacity_m3) facts.number(say(view, "fact.capacity"), number(*site.capacity_m3), "m³");
    if (site.fill_ratio) facts.number(say(view, "fact.fill"), number(*site.fill_ratio * 100), "%");
    facts.text(say(view, "fact.source"), site.source);
  }
  drawAttributes(view, site.attributes);
}

void header(const ViewModel& view, CommandQueue& out, const model::AssetRef& asset) {
  const std::string name = nameOf(view, asset);
  title(name);
  const std::string id = name == asset.id ? std::string() : " · " + asset.id;
  quiet(std::string(iconOf(asset.kind)) + " " + kindOf(view, asset.kind) + id, paletteOf(view.theme));
  if (ImGui::SmallButton((std::string(icon::fit) + " " + say(view, "inspector.fly")).c_str()))
    out.push(FlyTo{Viewpoint::selection, {}});
  ImGui::SameLine();
  if (ImGui::SmallButton((std::string(icon::close) + " " + say(view, "inspector.deselect")).c_str()))
    out.push(SelectAsset{std::nullopt});
  ImGui::SameLine();
  if (ImGui::SmallButton(say(view, "tip.copy_id"))) ImGui::SetClipboardText(asset.id.c_str());
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", asset.id.c_str());
}

assess::Subject subjectOf(model::AssetKind kind) {
  return kind == model::AssetKind::bridge ? assess::Subject::ageing : assess::Subject::snow;
}

/// The second priority, explained as the first is.
void drawOther(const ViewModel& view, CommandQueue& out, const model::AssetRef& asset, float scale) {
  const std::optional<model::AssetRef> other = otherOf(*view.project->model, asset);
  const assess::Ranked* row = other ? rankedOf(view, *other) : nullptr;
  if (!row) return;
  ImGui::PushID("other");
  heading(say(view, other->kind == model::AssetKind::road ? "tip.road_over" : "tip.bridge_under"),
          paletteOf(view.theme));
  if (linkText(nameOf(view, *other), paletteOf(view.theme))) {
    out.push(SelectAsset{other});
    out.push(FlyTo{Viewpoint::selection, {}});
  }
  drawWhy(view, *row, subjectOf(other->kind), scale);
  ImGui::PopID();
}

void body(const ViewModel& view, CommandQueue& out, const model::AssetRef& asset, float scale) {
  if (const assess::Ranked* row = rankedOf(view, asset)) drawWhy(view, *row, subjectOf(asset.kind), scale);
  drawOther(view, out, asset, scale);
  if (asset.kind == model::AssetKind::building || asset.kind == model::AssetKind::object)
    drawResults(view, asset, scale);
  if (asset.kind == model::AssetKind::road) {
    if (const model::RoadSegment* road = roadOf(view, asset.id)) drawRoad(view, *road, scale);
  } else if (asset.kind == model::AssetKind::bridge) {
    if (const model::Bridge* bridge = bridgeOf(view, asset.id)) drawBridge(view, *bridge, scale);
  } else if (asset.kind == model::AssetKind::station) {
    if (const sensors::Station* station = stationOf(view, asset.id)) drawStation(view, *station, scale);
  } else if (asset.kind == model::AssetKind::building) {
    if (const model::Building* building = buildingOf(view, asset.id)) drawBuilding(view, *building);
  } else if (asset.kind == model::AssetKind::object) {
    if (const model::CityObject* object = objectOf(view, asset.id)) drawObject(view, *object);
  } else if (const model::SnowDumpSite* site = dumpSiteOf(view, asset.id)) {
    drawDumpSite(view, *site);
  }
  drawImportLines(view, out, asset);
}

/// The middle of a road that lies on a bridge; nothing for others.
std::optional<Vec3d> middleOnBridge(const model::RoadSegment& road) {
  if (!road.on_bridge || road.centreline.size() < 2) return std::nullopt;
  return model::pointAlong(road.centreline, model::length2d(road.centreline) / 2).point;
}

/// How far a bridge may stand from the middle of the road over it, as the ageing ranking counts it.
double reachOf(const model::Bridge& bridge) {
  constexpr double least_m = 20;
  return std::max(least_m, bridge.length_m.value_or(0) / 2);
}

}  // namespace

std::optional<model::AssetRef> otherOf(const model::CityModel& model, const model::AssetRef& asset) {
  std::optional<model::AssetRef> other;
  double nearest_m = 0;
  const auto consider = [&](const model::RoadSegment& road, const model::Bridge& bridge, const model::AssetRef& found) {
    const std::optional<Vec3d> middle = middleOnBridge(road);
    if (!middle || !bridge.position) return;
    const double distance_m = distance2d(*middle, *bridge.position);
    if (distance_m > reachOf(bridge) || (other && distance_m >= nearest_m)) return;
    other = found, nearest_m = distance_m;
  };
  if (asset.kind == model::AssetKind::bridge) {
    const auto bridge = std::ranges::find(model.bridges, asset.id, &model::Bridge::id);
    if (bridge == model.bridges.end()) return other;
    for (const model::RoadSegment& road : model.roads) consider(road, *bridge, {model::AssetKind::road, road.id});
  } else if (asset.kind == model::AssetKind::road) {
    const auto road = std::ranges::find(model.roads, asset.id, &model::RoadSegment::id);
    if (road == model.roads.end()) return other;
    for (const model::Bridge& bridge : model.bridges) consider(*road, bridge, {model::AssetKind::bridge, bridge.id});
  }
  return other;
}

void drawImportLines(const ViewModel& view, CommandQueue& out, const model::AssetRef& asset) {
  bool any = false;
  for (const Problem& line : view.project->report.lines()) {
    if (line.feature_id != asset.id) continue;
    if (!std::exchange(any, true)) heading(say(view, "tip.import_lines"), paletteOf(view.theme));
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(line.what.c_str());
    ImGui::PopTextWrapPos();
    ImGui::PushID(&line);
    if (linkText(line.place.empty() ? line.file : line.file + ": " + line.place, paletteOf(view.theme)))
      out.push(ShowWindow{WindowId::import_report, true});
    ImGui::PopID();
  }
}

void drawLods(const ViewModel& view, Facts& facts, render::LayerId type, const model::Geometry& highest,
              const std::vector<model::Geometry>& others) {
  std::string all;
  for (const model::Geometry& shape : others) all += std::to_string(shape.lod) + ", ";
  all += std::to_string(highest.lod);
  if (others.empty() || !view.town) return facts.number(say(view, "fact.lods"), all);
  const int shown = render::shapeAt(view.town->lod.of(type), highest, others).lod;
  facts.number(say(view, "fact.lods"), say(view, "fact.shown", {all, std::to_string(shown)}));
}

std::vector<AttributeGroup> groupsOf(const model::Attributes& attributes) {
  std::vector<AttributeGroup> groups;
  for (const model::Attribute& attribute : attributes) {
    const std::string& name = attribute.name.str();
    const auto slash = name.rfind('/');
    std::string type = slash == std::string::npos ? std::string() : name.substr(0, slash);
    if (groups.empty() || groups.back().type != type || groups.back().group != attribute.group)
      groups.push_back({std::move(type), attribute.group, {}});
    groups.back().attributes.push_back(&attribute);
  }
  return groups;
}

void drawAttributes(const ViewModel& view, const model::Attributes& attributes) {
  if (attributes.empty() || !foldingHeading(say(view, "inspector.attributes"), false)) return;
  int id = 0;
  for (const AttributeGroup& group : groupsOf(attributes)) {
    ImGui::PushID(id++);
    if (!group.type.empty()) heading(group.type.c_str(), paletteOf(view.theme));
    Facts facts("attributes", paletteOf(view.theme));
    for (const model::Attribute* attribute : group.attributes) {
      const std::string& name = attribute->name.str();
      const char* label = group.type.empty() ? name.c_str() : name.c_str() + group.type.size() + 1;
      if (attribute->type == model::ValueType::number && attribute->label.empty())
        facts.number(label, attribute->value, attribute->unit.str().c_str());
      else
        facts.text(label, model::textOf(*attribute));
    }
    ImGui::PopID();
  }
}

void InspectorPanel::draw(const ViewModel& view, CommandQueue& out, float scale) {
  if (!view.selection) {
    title(say(view, "inspector.title"));
    quiet(say(view, view.project ? "inspector.nothing_selected" : "inspector.nothing_open"), paletteOf(view.theme));
    return drawTownCharts(view, scale);
  }
  ImGui::PushID(view.selection->id.c_str());
  header(view, out, *view.selection);
  ImGui::Dummy({0, ImGui::GetStyle().ItemSpacing.y});
  ImGui::BeginChild("body");  // scrolls under its heading
  body(view, out, *view.selection, scale);
  ImGui::EndChild();
  ImGui::PopID();
}

}  // namespace hashimichi::app
