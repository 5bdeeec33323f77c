#include <imgui.h>

#include "app/desktop/theme.h"
#include "app/panels/inspector_panel.h"
#include "app/widgets/asset_words.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"

namespace hashimichi::app {
namespace {

void clearingFacts(const ViewModel& view, const model::RoadSegment& road) {
  Facts facts("clearing", paletteOf(view.theme));
  facts.text(say(view, "fact.clearing_class"), wordOf(view, road.clearing_class));
  facts.text(say(view, "fact.administrator"), wordOf(view, road.administrator));
  facts.text(say(view, "fact.district"), road.district);
  facts.text(say(view, "fact.sprinkler"), wordOf(view, road.sprinkler_pipe));
  std::string equipment;
  const auto add = [&](bool has, const char* key) {
    if (has) equipment += (equipment.empty() ? "" : say(view, "list.separator")) + std::string(say(view, key));
  };
  add(road.snow_gutter, "fact.snow_gutter");
  add(road.road_heating, "fact.road_heating");
  add(road.on_bridge, "fact.on_bridge");
  facts.text(say(view, "fact.equipment"), equipment);
}

void shapeFacts(const ViewModel& view, const model::RoadSegment& road) {
  Facts facts("shape", paletteOf(view.theme));
  facts.number(say(view, "fact.length"), number(road.length_m), "m");
  if (road.width_m > 0) facts.number(say(view, "fact.width"), number(road.width_m, 1), "m");
  if (road.lanes > 0) facts.number(say(view, "fact.lanes"), number(static_cast<std::size_t>(road.lanes)));
  if (road.grade_percent) facts.number(say(view, "fact.grade"), number(*road.grade_percent, 1), "%");
  if (road.aadt) facts.number(say(view, "fact.traffic"), number(*road.aadt), say(view, "unit.vehicles_per_day"));
  if (road.bus_trips_per_day)
    facts.number(say(view, "fact.bus"), number(*road.bus_trips_per_day), say(view, "unit.trips_per_day"));
  facts.yesNo(say(view, "fact.school_route"), road.school_route, say(view, "fact.yes"), say(view, "fact.no"));
  if (road.emergency_route)
    facts.text(say(view, "fact.emergency_route"),
               *road.emergency_route == 0 ? std::string(say(view, "fact.no"))
                                          : say(view, "fact.emergency_order", {std::to_string(*road.emergency_route)}));
  facts.text(say(view, "fact.source"), road.source);
}

}  // namespace

void drawRoad(const ViewModel& view, const model::RoadSegment& road, float) {
  heading(say(view, "inspector.clearing"), paletteOf(view.theme));
  clearingFacts(view, road);
  heading(say(view, "inspector.facts"), paletteOf(view.theme));
  shapeFacts(view, road);
  drawAttributes(view, road.attributes);
}

}  // namespace hashimichi::app
