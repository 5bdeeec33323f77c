#include "app/desktop/icons.h"
#include "app/session/action_rules.h"

namespace hashimichi::app {
namespace {

std::string stepUndone(const ViewModel& view) {
  return view.edits.canUndo() ? view.edits.steps[view.edits.step - 1] : std::string();
}
std::string stepRedone(const ViewModel& view) {
  return view.edits.canRedo() ? view.edits.steps[view.edits.step] : std::string();
}

bool hasPicks(const ViewModel& view) {
  return !view.points.picks.empty();
}

/// A tool is laid aside first; what is selected stays until the key is pressed again.
Command layAside(const ViewModel& view) {
  if (view.points.tool != PointTool::none) return PointCommand{SetPointTool{PointTool::none}};
  return SelectAsset{std::nullopt};
}

}  // namespace

std::vector<Action> editActions() {
  const std::string edit = "edit.";
  const auto some_steps = [](const ViewModel& view) { return view.edits.canUndo(); };
  const auto redoable = [](const ViewModel& view) { return view.edits.canRedo(); };
  const auto note_selected = [](const ViewModel& view) { return !view.edits.selected_note.empty(); };
  return {
      {.id = edit + "undo",
       .text_key = "action.undo",
       .icon = icon::undo,
       .keys = {"Ctrl+Z"},
       .menu = Menu::edit,
       .available = some_steps,
       .detail = stepUndone,
       .command = always(EditCommand{Undo{}})},
      {.id = edit + "redo",
       .text_key = "action.redo",
       .icon = icon::redo,
       .keys = {"Ctrl+Y"},
       .menu = Menu::edit,
       .available = redoable,
       .detail = stepRedone,
       .command = always(EditCommand{Redo{}})},
      {.id = edit + "as_opened",
       .text_key = "action.as_opened",
       .menu = Menu::edit,
       .available = some_steps,
       .command = always(EditCommand{GoToStep{}})},
      {.id = edit + "history",
       .text_key = "action.history",
       .icon = icon::history,
       .menu = Menu::edit,
       .group = 1,
       .available = hasProject,
       .checked = isOpen(WindowId::history),
       .command = toggled(WindowId::history)},
      {.id = edit + "notebook",
       .text_key = "action.notebook",
       .icon = icon::note,
       .keys = {"B"},
       .menu = Menu::edit,
       .group = 1,
       .available = hasProject,
       .checked = isOpen(WindowId::notebook),
       .command = toggled(WindowId::notebook)},
      {.id = edit + "save_viewpoint",
       .text_key = "action.save_viewpoint",
       .icon = icon::bookmark,
       .keys = {"V"},
       .menu = Menu::edit,
       .group = 1,
       .available = hasProject,
       .command = always(EditCommand{SaveViewpoint{}})},
      {.id = edit + "remove_note",
       .text_key = "action.remove_note",
       .keys = {"Delete"},
       .menu = Menu::edit,
       .group = 1,
       .available = note_selected,
       .command = [](const ViewModel& view) { return EditCommand{RemoveNote{view.edits.selected_note}}; }},
      {.id = edit + "deselect",
       .text_key = "action.deselect",
       .keys = {"Esc"},
       .menu = Menu::edit,
       .group = 2,
       .command = layAside},
      {.id = edit + "finish",
       .text_key = "action.finish",
       .keys = {"Enter"},
       .menu = Menu::edit,
       .group = 2,
       .available = hasPicks,
       .command = always(PointCommand{FinishPicks{}})},
      {.id = edit + "take_back",
       .text_key = "action.take_back",
       .keys = {"Backspace"},
       .menu = Menu::edit,
       .group = 2,
       .available = hasPicks,
       .command = always(PointCommand{TakeBackPick{}})},
      {.id = edit + "clear_search",
       .text_key = "action.clear_search",
       .icon = icon::search,
       .menu = Menu::edit,
       .group = 3,
       .available = [](const ViewModel& view) { return !view.find.words.empty(); },
       .command = always(FindCommand{SearchFor{}})},
  };
}

}  // namespace hashimichi::app
