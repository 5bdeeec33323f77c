#pragma once
#include "app/session/actions.h"

namespace hashimichi::app {

/// The actions of one menu, with their keys, in the order of the list; a line between groups, menus within the menu
/// where their first action stands.
void drawActionMenu(const ViewModel& view, CommandQueue& out, Menu menu);
/// Its words, and what it would do now: "Undo: note added".
std::string actionWords(const ViewModel& view, const Action& action, bool with_submenu);

}  // namespace hashimichi::app
