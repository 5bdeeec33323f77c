#pragma once
#include <utility>

#include "app/session/actions.h"

namespace hashimichi::app {

// How the lists of actions are written: a few rules that many of them share.

inline bool hasProject(const ViewModel& view) {
  return view.project != nullptr;
}
inline bool hasRanking(const ViewModel& view) {
  return view.project && view.ranking();
}
inline bool hasSelection(const ViewModel& view) {
  return view.project && view.selection;
}

/// Always the same command.
inline std::function<Command(const ViewModel&)> always(Command command) {
  return [command = std::move(command)](const ViewModel&) { return command; };
}
/// Opens a window, or closes it when it is open.
inline std::function<Command(const ViewModel&)> toggled(WindowId window) {
  return [window](const ViewModel& view) { return ShowWindow{window, !view.open_windows.contains(window)}; };
}
inline std::function<bool(const ViewModel&)> isOpen(WindowId window) {
  return [window](const ViewModel& view) { return view.open_windows.contains(window); };
}

// One list per menu; actions.cpp puts them together.
std::vector<Action> fileActions();
std::vector<Action> editActions();
std::vector<Action> viewActions();
std::vector<Action> lookActions();
std::vector<Action> settingActions();
std::vector<Action> toolActions();
std::vector<Action> assessActions();
std::vector<Action> helpActions();

}  // namespace hashimichi::app
