#include "app/panels/inspector_panel.h"

#include <imgui.h>

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
}

void body(const ViewModel& view, const model::AssetRef& asset, float scale) {
  const auto subject = asset.kind == model::AssetKind::bridge ? assess::Subject::ageing : assess::Subject::snow;
  if (const assess::Ranked* row = rankedOf(view, asset)) drawWhy(view, *row, subject, scale);
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
}

}  // namespace

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
  body(view, *view.selection, scale);
  ImGui::EndChild();
  ImGui::PopID();
}

}  // namespace hashimichi::app
