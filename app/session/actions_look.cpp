#include "app/desktop/icons.h"
#include "app/session/action_rules.h"

namespace hashimichi::app {
namespace {

using LookFlag = bool render::Look::*;

Action flag(std::string name, const char* text_key, LookFlag which) {
  return {.id = "look." + std::move(name),
          .text_key = text_key,
          .menu = Menu::view,
          .group = 2,
          .available = hasProject,
          .checked = [which](const ViewModel& view) { return view.look.look.*which; },
          .command =
              [which](const ViewModel& view) {
                SetLook wanted{view.look.look};
                wanted.look.*which = !(wanted.look.*which);
                return LookCommand{wanted};
              }};
}

Action ground(std::string name, const char* text_key, render::GroundLook which) {
  return {.id = "look." + std::move(name),
          .text_key = text_key,
          .menu = Menu::view,
          .submenu = "action.ground",
          .group = 2,
          .available = hasProject,
          .checked = [which](const ViewModel& view) { return view.look.look.ground == which; },
          .command =
              [which](const ViewModel& view) {
                SetLook wanted{view.look.look};
                wanted.look.ground = which;
                return LookCommand{wanted};
              }};
}

Action moments(std::string name, const char* text_key, CompareView which) {
  return {.id = "look." + std::move(name),
          .text_key = text_key,
          .icon = icon::compare,
          .menu = Menu::view,
          .submenu = "action.moments",
          .group = 3,
          .available = hasProject,
          .checked = [which](const ViewModel& view) { return view.look.compare == which; },
          .command = always(LookCommand{SetMomentComparison{which}})};
}

}  // namespace

std::vector<Action> lookActions() {
  const std::string look = "look.";
  return {
      {.id = look + "window",
       .text_key = "action.look",
       .icon = icon::palette,
       .menu = Menu::view,
       .group = 2,
       .available = hasProject,
       .checked = isOpen(WindowId::look),
       .command = toggled(WindowId::look)},
      ground("imagery", "action.ground_imagery", render::GroundLook::imagery),
      ground("heights", "action.ground_heights", render::GroundLook::heights),
      ground("shaded", "action.ground_shaded", render::GroundLook::shaded),
      flag("sun", "action.sun", &render::Look::sun),
      flag("snow", "action.snow_surface", &render::Look::snow),
      flag("ambient", "action.ambient", &render::Look::ambient_occlusion),
      flag("labels", "action.labels_dense", &render::Look::labels_dense),
      {.id = look + "plain",
       .text_key = "action.look_plain",
       .menu = Menu::view,
       .group = 2,
       .available = hasProject,
       .command = always(LookCommand{SetLook{}})},
      moments("one_moment", "action.moment_one", CompareView::none),
      moments("side_by_side", "action.moment_beside", CompareView::side_by_side),
      moments("swipe", "action.moment_swipe", CompareView::swipe),
      {.id = look + "no_viewshed",
       .text_key = "action.no_viewshed",
       .menu = Menu::view,
       .group = 3,
       .available = [](const ViewModel& view) { return view.look.viewshed.has_value(); },
       .command = always(LookCommand{ShowViewshed{}})},
      {.id = look + "film",
       .text_key = "action.film",
       .icon = icon::film,
       .menu = Menu::view,
       .group = 3,
       .available = hasProject,
       .checked = isOpen(WindowId::film),
       .command = toggled(WindowId::film)},
  };
}

}  // namespace hashimichi::app
