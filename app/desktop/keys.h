#pragma once
#include "app/desktop/window.h"
#include "app/session/view_model.h"

namespace hashimichi::app {

/// Turns the keys pressed since the last frame into the commands of the actions that have them; nothing while the
/// person is typing into a field, or while an action is not available.
/// @param answering  a question stands before everything (a path is asked for): keys belong to it
void pressKeys(const std::vector<Window::KeyPress>& pressed, const ViewModel& view, CommandQueue& out, bool answering);

}  // namespace hashimichi::app
