#include "app/panels/inspector_panel.h"

#include <imgui.h>

#include "app/desktop/icons.h"
#include "app/desktop/theme.h"
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
  }
  return "";
}

void drawBuilding(const ViewModel& view, const model::Building& building) {
  heading(say(view, "inspector.facts"), paletteOf(view.theme));
  {
    Facts facts("building", paletteOf(view.theme));
    if (building.measured_height_m) facts.number(say(view, "fact.height"), number(*building.measured_height_m, 1), "m");
    if (building.year_built) facts.number(say(view, "fact.year_built"), std::to_string(*building.year_built));
    facts.number("LOD", std::to_string(building.geometry.lod));
    facts.text(say(view, "fact.source"), building.source);
  }
  drawAttributes(view, building.attributes);
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
  if (asset.kind == model::AssetKind::road) {
    if (const model::RoadSegment* road = roadOf(view, asset.id)) drawRoad(view, *road, scale);
  } else if (asset.kind == model::AssetKind::bridge) {
    if (const model::Bridge* bridge = bridgeOf(view, asset.id)) drawBridge(view, *bridge, scale);
  } else if (asset.kind == model::AssetKind::station) {
    if (const sensors::Station* station = stationOf(view, asset.id)) drawStation(view, *station, scale);
  } else if (asset.kind == model::AssetKind::building) {
    if (const model::Building* building = buildingOf(view, asset.id)) drawBuilding(view, *building);
  } else if (const model::SnowDumpSite* site = dumpSiteOf(view, asset.id)) {
    drawDumpSite(view, *site);
  }
}

}  // namespace

void drawAttributes(const ViewModel& view, const model::Attributes& attributes) {
  if (attributes.empty() || !foldingHeading(say(view, "inspector.attributes"), false)) return;
  Facts facts("attributes", paletteOf(view.theme));
  for (const model::Attribute& attribute : attributes)
    facts.text(attribute.name.str().c_str(), model::textOf(attribute));
}

void InspectorPanel::draw(const ViewModel& view, CommandQueue& out, float scale) {
  if (!view.selection) {
    title(say(view, "inspector.title"));
    quiet(say(view, view.project ? "inspector.nothing_selected" : "inspector.nothing_open"), paletteOf(view.theme));
    return;
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
