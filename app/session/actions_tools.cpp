#include <array>

#include "app/desktop/icons.h"
#include "app/session/action_rules.h"

namespace hashimichi::app {
namespace {

/// In the order of render::PointColour.
constexpr std::array colour_keys{"points.colour_rgb",    "points.colour_class",   "points.colour_intensity",
                                 "points.colour_height", "points.colour_return",  "points.colour_above_ground",
                                 "points.colour_age",    "points.colour_distance"};

Action window(std::string name, const char* text_key, WindowId which, std::vector<std::string> keys, int group,
              const char* icon = "") {
  return {.id = "tools." + std::move(name),
          .text_key = text_key,
          .icon = icon,
          .keys = std::move(keys),
          .menu = Menu::tools,
          .group = group,
          .available = hasProject,
          .checked = isOpen(which),
          .command = toggled(which)};
}

Action tool(std::string name, const char* text_key, PointTool which, std::string key, int group) {
  return {.id = "tools." + std::move(name),
          .text_key = text_key,
          .keys = {std::move(key)},
          .menu = Menu::tools,
          .group = group,
          .available = hasProject,
          .checked = [which](const ViewModel& view) { return view.points.tool == which; },
          .command = always(PointCommand{SetPointTool{which}})};
}

Action asking(std::string name, const char* text_key, PathPurpose purpose, int group,
              bool (*available)(const ViewModel&)) {
  return {.id = "tools." + std::move(name),
          .text_key = text_key,
          .menu = Menu::tools,
          .group = group,
          .available = available,
          .command = always(AskPath{purpose})};
}

Action colour(std::size_t index) {
  const auto which = static_cast<render::PointColour>(index);
  return {.id = "tools.colour_" + std::to_string(index),
          .text_key = colour_keys[index],
          .menu = Menu::tools,
          .submenu = "points.colour",
          .available = hasProject,
          .checked = [which](const ViewModel& view) { return view.points.style.colour == which; },
          .command =
              [which](const ViewModel& view) {
                SetPointStyle wanted{view.points.style};
                wanted.style.colour = which;
                wanted.style.range_low.reset(), wanted.style.range_high.reset();
                return PointCommand{wanted};
              }};
}

bool selected(const ViewModel& view, model::AssetKind kind) {
  return hasSelection(view) && view.selection->kind == kind;
}

}  // namespace

std::vector<Action> toolActions() {
  const std::string tools = "tools.";
  std::vector<Action> list{
      window("points", "points.title", WindowId::points, {"C"}, 0, icon::layers),
      {.id = tools + "points_plain",
       .text_key = "action.points_plain",
       .menu = Menu::tools,
       .available = hasProject,
       .command = always(PointCommand{SetPointStyle{}})},
  };
  for (std::size_t i = 0; i < colour_keys.size(); ++i) list.push_back(colour(i));
  const auto add = [&](Action action) { list.push_back(std::move(action)); };
  add(window("measure", "measure.title", WindowId::measure, {}, 1, icon::ruler));
  add(tool("pick", "action.pick", PointTool::pick, "P", 1));
  add(tool("distance", "action.distance", PointTool::distance, "M", 1));
  add(tool("height", "action.height", PointTool::height, "H", 1));
  add(tool("area", "action.area", PointTool::area, "R", 1));
  add(tool("note", "note.tool", PointTool::note, "K", 1));
  add({.id = tools + "clearance",
       .text_key = "measured.clearance",
       .menu = Menu::tools,
       .group = 1,
       .available = [](const ViewModel& view) { return selected(view, model::AssetKind::bridge); },
       .command =
           [](const ViewModel& view) {
             return PointCommand{MeasureClearance{view.selection->id, std::nullopt}};
           }});
  add(asking("measurements_csv", "measure.export", PathPurpose::measurements_csv, 1,
             [](const ViewModel& view) { return !view.points.saved.all().empty(); }));
  add(tool("section_line", "action.section", PointTool::section, "X", 2));
  add(window("section", "section.title", WindowId::section, {}, 2));
  add(asking("section_file", "action.section_file", PathPurpose::section_file, 2,
             [](const ViewModel& view) { return view.points.section != nullptr; }));
  add({.id = tools + "measure_road",
       .text_key = "action.measure_road",
       .icon = icon::road,
       .menu = Menu::tools,
       .group = 2,
       .available = [](const ViewModel& view) { return selected(view, model::AssetKind::road); },
       .command = [](const ViewModel& view) { return PointCommand{MeasureRoad{view.selection->id}}; }});
  add(window("road_sections", "profile.title", WindowId::road_sections, {}, 2));
  add(asking("road_sections_csv", "action.road_sections_csv", PathPurpose::road_sections_csv, 2,
             [](const ViewModel& view) { return view.points.road_sections != nullptr; }));
  add(window("compare", "compare.title", WindowId::compare, {}, 2, icon::compare));
  add(window("place", "action.place", WindowId::place, {}, 3, icon::marker));
  add({.id = tools + "forget_place",
       .text_key = "action.forget_place",
       .menu = Menu::tools,
       .group = 3,
       .available = [](const ViewModel& view) { return view.find.asked_place.has_value(); },
       .command = always(FindCommand{AskPlace{}})});
  return list;
}

}  // namespace hashimichi::app
