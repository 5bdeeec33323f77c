#pragma once
#include <optional>
#include <string_view>

namespace hashimichi::app {

/// A key as the window system numbers it (GLFW_KEY_…, by its place on an American keyboard).
struct KeyStroke {
  int glfw_key = 0;
  bool control = false;
  bool operator==(const KeyStroke&) const = default;
};

/// "F", "Ctrl+Z", "Home", "F1", "[" as the list of actions writes them; nothing for a name that is none.
std::optional<KeyStroke> keyFrom(std::string_view name);
/// The digits and signs of the number pad count as those above the letters.
int withoutPad(int glfw_key);

}  // namespace hashimichi::app
