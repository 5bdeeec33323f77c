#include <algorithm>
#include <array>

#include "app/desktop/icons.h"
#include "app/session/action_rules.h"

namespace hashimichi::app {
namespace {

constexpr std::array<int, 7> text_sizes_percent{80, 90, 100, 125, 150, 175, 200};

Action theme(std::string name, const char* text_key, ThemeId which) {
  return {.id = "settings." + std::move(name),
          .text_key = text_key,
          .menu = Menu::view,
          .submenu = "action.theme",
          .group = 4,
          .checked = [which](const ViewModel& view) { return view.theme == which; },
          .command = always(SetTheme{which})};
}

Action mouse(std::string name, const char* text_key, MousePreset which) {
  return {.id = "settings." + std::move(name),
          .text_key = text_key,
          .menu = Menu::view,
          .submenu = "action.mouse",
          .group = 4,
          .checked = [which](const ViewModel& view) { return view.mouse == which; },
          .command = always(SetMousePreset{which})};
}

Action textSize(int percent) {
  Action action{.id = std::string("settings.") + "text_" + std::to_string(percent),
                .menu = Menu::view,
                .submenu = "action.text_size",
                .group = 4};
  action.ja = action.en = std::to_string(percent) + " %";
  if (percent == 100) action.keys = {"Ctrl+0"};
  action.checked = [percent](const ViewModel& view) { return view.text_scale * 100 == percent; };
  action.command = always(SetTextScale{percent / 100.0});
  return action;
}

/// The next step of the list, up or down.
Action nextTextSize(std::string name, const char* text_key, std::string key, bool larger) {
  return {.id = "settings." + std::move(name),
          .text_key = text_key,
          .keys = {std::move(key)},
          .menu = Menu::view,
          .submenu = "action.text_size",
          .group = 4,
          .command = [larger](const ViewModel& view) {
            int next = larger ? text_sizes_percent.back() : text_sizes_percent.front();
            for (const int percent : text_sizes_percent) {
              if (larger && percent > view.text_scale * 100 + 0.5) next = std::min(next, percent);
              if (!larger && percent < view.text_scale * 100 - 0.5) next = std::max(next, percent);
            }
            return SetTextScale{next / 100.0};
          }};
}

Action language(std::string name, const char* text_key, Language which) {
  return {.id = "settings." + std::move(name),
          .text_key = text_key,
          .menu = Menu::view,
          .submenu = "action.language",
          .group = 4,
          .checked = [which](const ViewModel& view) { return view.language == which; },
          .command = always(SetLanguage{which})};
}

}  // namespace

std::vector<Action> settingActions() {
  std::vector<Action> list{
      theme("dark", "action.dark", ThemeId::dark),
      theme("light", "action.light", ThemeId::light),
      theme("high_contrast", "action.high_contrast", ThemeId::high_contrast),
      nextTextSize("text_larger", "action.text_larger", "Ctrl+=", true),
      nextTextSize("text_smaller", "action.text_smaller", "Ctrl+-", false),
  };
  for (const int percent : text_sizes_percent) list.push_back(textSize(percent));
  list.push_back(mouse("mouse_qgis", "action.mouse_qgis", MousePreset::qgis));
  list.push_back(mouse("mouse_paraview", "action.mouse_paraview", MousePreset::paraview));
  list.push_back(mouse("mouse_plateau", "action.mouse_plateau", MousePreset::plateau));
  list.push_back(language("japanese", "action.japanese", Language::ja));
  list.push_back(language("english", "action.english", Language::en));
  const std::string settings = "settings.";
  list.push_back({.id = settings + "other_language",
                  .text_key = "action.other_language",
                  .keys = {"L"},
                  .menu = Menu::view,
                  .submenu = "action.language",
                  .group = 4,
                  .command = [](const ViewModel& view) {
                    return SetLanguage{view.language == Language::ja ? Language::en : Language::ja};
                  }});
  list.push_back({.id = settings + "window",
                  .text_key = "action.settings",
                  .icon = icon::settings,
                  .keys = {"Ctrl+,"},
                  .menu = Menu::view,
                  .group = 4,
                  .checked = isOpen(WindowId::settings),
                  .command = toggled(WindowId::settings)});
  return list;
}

}  // namespace hashimichi::app
