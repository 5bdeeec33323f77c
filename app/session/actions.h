#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/session/view_model.h"

namespace hashimichi::app {

/// The menu in which an action stands.
enum class Menu { file, edit, view, tools, assess, review, help };

/// One thing that a person can do, and how: menus, keys, the list of keys, the palette and scripts all read this list.
///
/// What needs a value that only a mouse, a table or a file can give (a click's place, a name, a path) is no action;
/// what asks for it is. An action's command is plain data; nothing happens before the session applies it.
struct Action {
  std::string id{};                 ///< for scripts: view.home
  std::string text_key{};           ///< of its words; empty: `ja` and `en`
  std::string ja{}, en{};           ///< own words where no key has them (names of profiles, sizes)
  const char* icon = "";            ///< of app/desktop/icons.h
  std::vector<std::string> keys{};  ///< "F", "Ctrl+Z"; the first is shown in the menu
  Menu menu = Menu::view;
  std::string submenu{};                              ///< text key of a menu within the menu; empty: in the menu itself
  int group = 0;                                      ///< a line is drawn between groups
  std::function<bool(const ViewModel&)> available{};  ///< empty: always
  std::function<bool(const ViewModel&)> checked{};    ///< empty: it is nothing that is on or off
  std::function<std::string(const ViewModel&)> detail{};  ///< what it would do now: the step that is undone
  /// Call it only while it is available.
  std::function<Command(const ViewModel&)> command{};

  bool availableIn(const ViewModel& view) const { return !available || available(view); }
  std::string text(Language language) const;
  /// With the menu within the menu that gives it its sense: "Text size › 80 %".
  std::string fullText(Language language) const;
};

/// In the order of the menus.
const std::vector<Action>& actions();
/// nullptr when there is none of that name.
const Action* actionNamed(std::string_view id);

}  // namespace hashimichi::app
