#include "app/desktop/keys.h"

#include <imgui.h>

#include <map>

#include "app/desktop/key_names.h"
#include "app/session/actions.h"

namespace hashimichi::app {
namespace {

using ActionsByKey = std::map<std::pair<int, bool>, const Action*>;

const ActionsByKey& actionsByKey() {
  static const ActionsByKey all = [] {
    ActionsByKey map;
    for (const Action& action : actions())
      for (const std::string& name : action.keys)
        if (const std::optional<KeyStroke> stroke = keyFrom(name))
          map.emplace(std::pair(stroke->glfw_key, stroke->control), &action);
    return map;
  }();
  return all;
}

}  // namespace

void pressKeys(const std::vector<Window::KeyPress>& pressed, const ViewModel& view, CommandQueue& out, bool answering) {
  if (ImGui::GetIO().WantTextInput || answering) return;
  for (const Window::KeyPress& key : pressed) {
    const auto found = actionsByKey().find({withoutPad(key.key), key.control});
    if (found != actionsByKey().end() && found->second->availableIn(view)) out.push(found->second->command(view));
  }
}

}  // namespace hashimichi::app
