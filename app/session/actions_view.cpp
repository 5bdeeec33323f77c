#include "app/desktop/icons.h"
#include "app/session/action_rules.h"

namespace hashimichi::app {
namespace {

/// How high the eye stands over the horizon when one looks from a side: low, and still over the roofs before it.
constexpr double side_elevation_deg = 10;

using Turn = void (*)(render::CameraPose&);

Action flight(std::string name, const char* text_key, std::vector<std::string> keys, Viewpoint viewpoint,
              const char* icon = "") {
  return {.id = "view." + std::move(name),
          .text_key = text_key,
          .icon = icon,
          .keys = std::move(keys),
          .menu = Menu::view,
          .available = hasProject,
          .command = always(FlyTo{viewpoint, {}})};
}

/// The same turning point and distance, seen from another side.
Action side(std::string name, const char* text_key, std::string key, Turn turn) {
  return {.id = "view." + std::move(name),
          .text_key = text_key,
          .keys = {std::move(key)},
          .menu = Menu::view,
          .submenu = "action.sides",
          .available = hasProject,
          .command = [turn](const ViewModel& view) {
            FlyTo there{Viewpoint::pose, view.camera};
            turn(there.pose);
            return there;
          }};
}

Action layer(std::string name, const char* text_key, render::Layer which) {
  return {.id = "layer." + std::move(name),
          .text_key = text_key,
          .menu = Menu::view,
          .submenu = "layers.title",
          .group = 1,
          .available = hasProject,
          .checked = [which](const ViewModel& view) { return !view.hidden_layers.contains(which); },
          .command =
              [which](const ViewModel& view) {
                return SetLayerVisible{which, view.hidden_layers.contains(which)};
              }};
}

}  // namespace

std::vector<Action> viewActions() {
  const std::string view_ = "view.";
  return {
      flight("home", "action.home", {"Home"}, Viewpoint::home, icon::home),
      flight("fit", "action.fit", {"F"}, Viewpoint::selection, icon::fit),
      flight("north", "action.north", {"N"}, Viewpoint::north_up),
      flight("top", "action.top", {"T", "7"}, Viewpoint::top),
      side("front", "action.front", "1",
           [](render::CameraPose& pose) { pose.azimuth_deg = 0, pose.elevation_deg = side_elevation_deg; }),
      side("right", "action.right", "3",
           [](render::CameraPose& pose) { pose.azimuth_deg = 270, pose.elevation_deg = side_elevation_deg; }),
      side("opposite", "action.opposite", "9",
           [](render::CameraPose& pose) { pose.azimuth_deg += pose.azimuth_deg < 180 ? 180 : -180; }),
      {.id = view_ + "ortho",
       .text_key = "action.ortho",
       .icon = icon::cube,
       .keys = {"5"},
       .menu = Menu::view,
       .available = hasProject,
       .checked = [](const ViewModel& view) { return view.orthographic; },
       .command = always(ToggleOrthographic{})},
      layer("roads", "layer.roads", render::Layer::roads),
      layer("bridges", "layer.bridges", render::Layer::bridges),
      layer("sensors", "layer.sensors", render::Layer::sensors),
      layer("terrain", "layer.terrain", render::Layer::terrain),
      layer("imagery", "layer.imagery", render::Layer::imagery),
      layer("buildings", "layer.buildings", render::Layer::buildings),
      layer("textures", "layer.textures", render::Layer::textures),
      layer("labels", "layer.labels", render::Layer::labels),
      layer("points", "layer.points", render::Layer::points),
      {.id = view_ + "lod_highest",
       .text_key = "action.lod_highest",
       .menu = Menu::view,
       .group = 1,
       .available = [](const ViewModel& view) { return view.project && view.lod.all.has_value(); },
       .command = always(SetLod{})},
      {.id = view_ + "no_result",
       .text_key = "action.no_result",
       .menu = Menu::view,
       .group = 1,
       .available = [](const ViewModel& view) { return !view.result_id.empty(); },
       .command = always(SetResult{})},
  };
}

}  // namespace hashimichi::app
