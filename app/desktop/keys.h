#pragma once
#include "app/desktop/window.h"
#include "app/panels/path_dialog.h"
#include "app/session/view_model.h"

namespace hashimichi::app {

/// One key and the command that it says; also the rows of the keys window (F1).
struct KeyBinding {
  int glfw_key;
  bool control;
  const char* shown;     ///< "F", "Ctrl+Q"
  const char* text_key;  ///< what it does, for tr()
};
/// In the order in which the keys window lists them.
const std::vector<KeyBinding>& keyBindings();

/// Turns the keys pressed since the last frame into commands (or opens the dialog that asks for a path); nothing while
/// the person is typing into a field.
void pressKeys(const std::vector<Window::KeyPress>& pressed, const ViewModel& view, CommandQueue& out,
               PathDialog& dialog);

}  // namespace hashimichi::app
