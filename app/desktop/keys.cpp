#include "app/desktop/keys.h"

#include <GLFW/glfw3.h>
#include <imgui.h>

namespace hashimichi::app {
namespace {

/// Point clouds and measuring.
std::optional<Command> pointCommandOf(int key, const ViewModel& view) {
  switch (key) {
    case GLFW_KEY_C:
      return ShowWindow{WindowId::points, !view.open_windows.contains(WindowId::points)};
    case GLFW_KEY_P:
      return PointCommand{SetPointTool{PointTool::pick}};
    case GLFW_KEY_M:
      return PointCommand{SetPointTool{PointTool::distance}};
    case GLFW_KEY_H:
      return PointCommand{SetPointTool{PointTool::height}};
    case GLFW_KEY_R:
      return PointCommand{SetPointTool{PointTool::area}};
    case GLFW_KEY_X:
      return PointCommand{SetPointTool{PointTool::section}};
    case GLFW_KEY_ENTER:
      return PointCommand{FinishPicks{}};
    case GLFW_KEY_BACKSPACE:
      return PointCommand{TakeBackPick{}};
    default:
      return std::nullopt;
  }
}

std::optional<Command> commandOf(int key, const ViewModel& view) {
  switch (key) {
    case GLFW_KEY_F:
      return FlyTo{Viewpoint::selection, {}};
    case GLFW_KEY_HOME:
      return FlyTo{Viewpoint::home, {}};
    case GLFW_KEY_N:
      return FlyTo{Viewpoint::north_up, {}};
    case GLFW_KEY_T:
      return FlyTo{Viewpoint::top, {}};
    case GLFW_KEY_5:
      return ToggleOrthographic{};
    case GLFW_KEY_S:
      return SetSubject{assess::Subject::snow};
    case GLFW_KEY_A:
      return SetSubject{assess::Subject::ageing};
    case GLFW_KEY_SPACE:
      return SetPlaying{!view.playing};
    case GLFW_KEY_LEFT_BRACKET:
      return StepTime{-1};
    case GLFW_KEY_RIGHT_BRACKET:
      return StepTime{1};
    case GLFW_KEY_ESCAPE:
      if (view.points.tool != PointTool::none) return PointCommand{SetPointTool{PointTool::none}};
      return SelectAsset{std::nullopt};
    case GLFW_KEY_L:
      return SetLanguage{view.language == Language::ja ? Language::en : Language::ja};
    case GLFW_KEY_F1:
      return ShowWindow{WindowId::keys, !view.open_windows.contains(WindowId::keys)};
    default:
      return view.project ? pointCommandOf(key, view) : std::nullopt;
  }
}

void pressWithControl(int key, const ViewModel& view, CommandQueue& out, PathDialog& dialog) {
  if (key == GLFW_KEY_Q) out.push(Quit{});
  if (key == GLFW_KEY_O) dialog.open(PathPurpose::open_project, view);
  if (key == GLFW_KEY_I) dialog.open(PathPurpose::import_files, view);
  if (key == GLFW_KEY_E && view.project) dialog.open(PathPurpose::export_pdf, view);
  if (key == GLFW_KEY_Z && view.project) out.push(EditCommand{Undo{}});
  if (key == GLFW_KEY_Y && view.project) out.push(EditCommand{Redo{}});
  if (key == GLFW_KEY_P && view.project) dialog.open(PathPurpose::picture, view);
}

}  // namespace

const std::vector<KeyBinding>& keyBindings() {
  static const std::vector<KeyBinding> bindings{
      {GLFW_KEY_F, false, "F", "keys.fit"},
      {GLFW_KEY_HOME, false, "Home", "keys.home"},
      {GLFW_KEY_N, false, "N", "keys.north"},
      {GLFW_KEY_T, false, "T", "keys.top"},
      {GLFW_KEY_5, false, "5", "keys.ortho"},
      {GLFW_KEY_S, false, "S", "keys.snow"},
      {GLFW_KEY_A, false, "A", "keys.ageing"},
      {GLFW_KEY_SPACE, false, "Space", "keys.play"},
      {GLFW_KEY_LEFT_BRACKET, false, "[", "keys.earlier"},
      {GLFW_KEY_RIGHT_BRACKET, false, "]", "keys.later"},
      {GLFW_KEY_ESCAPE, false, "Esc", "keys.deselect"},
      {GLFW_KEY_L, false, "L", "keys.language"},
      {GLFW_KEY_C, false, "C", "keys.points"},
      {GLFW_KEY_P, false, "P", "keys.pick"},
      {GLFW_KEY_M, false, "M", "keys.distance"},
      {GLFW_KEY_H, false, "H", "keys.height"},
      {GLFW_KEY_R, false, "R", "keys.area"},
      {GLFW_KEY_X, false, "X", "keys.section"},
      {GLFW_KEY_ENTER, false, "Enter", "keys.finish"},
      {GLFW_KEY_BACKSPACE, false, "Backspace", "keys.take_back"},
      {GLFW_KEY_Z, true, "Ctrl+Z", "edit.undo"},
      {GLFW_KEY_Y, true, "Ctrl+Y", "edit.redo"},
      {GLFW_KEY_O, true, "Ctrl+O", "keys.open"},
      {GLFW_KEY_I, true, "Ctrl+I", "keys.import"},
      {GLFW_KEY_E, true, "Ctrl+E", "keys.export"},
      {GLFW_KEY_P, true, "Ctrl+P", "keys.picture"},
      {GLFW_KEY_F1, false, "F1", "keys.help"},
      {GLFW_KEY_Q, true, "Ctrl+Q", "keys.quit"},
  };
  return bindings;
}

void pressKeys(const std::vector<Window::KeyPress>& pressed, const ViewModel& view, CommandQueue& out,
               PathDialog& dialog) {
  if (ImGui::GetIO().WantTextInput || dialog.isOpen()) return;
  for (const Window::KeyPress& key : pressed) {
    if (key.control) {
      pressWithControl(key.key, view, out, dialog);
    } else if (const std::optional<Command> command = commandOf(key.key, view)) {
      out.push(*command);
    }
  }
}

}  // namespace hashimichi::app
