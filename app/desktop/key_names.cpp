#include "app/desktop/key_names.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <array>
#include <utility>

namespace hashimichi::app {
namespace {

using Named = std::pair<std::string_view, int>;
constexpr std::array<Named, 18> named_keys{{{"Home", GLFW_KEY_HOME},
                                            {"End", GLFW_KEY_END},
                                            {"Space", GLFW_KEY_SPACE},
                                            {"Esc", GLFW_KEY_ESCAPE},
                                            {"Enter", GLFW_KEY_ENTER},
                                            {"Backspace", GLFW_KEY_BACKSPACE},
                                            {"Delete", GLFW_KEY_DELETE},
                                            {"[", GLFW_KEY_LEFT_BRACKET},
                                            {"]", GLFW_KEY_RIGHT_BRACKET},
                                            {"=", GLFW_KEY_EQUAL},
                                            {"-", GLFW_KEY_MINUS},
                                            {",", GLFW_KEY_COMMA},
                                            {"F1", GLFW_KEY_F1},
                                            {"F2", GLFW_KEY_F2},
                                            {"F3", GLFW_KEY_F3},
                                            {"F5", GLFW_KEY_F5},
                                            {"F11", GLFW_KEY_F11},
                                            {"Tab", GLFW_KEY_TAB}}};

}  // namespace

std::optional<KeyStroke> keyFrom(std::string_view name) {
  constexpr std::string_view control = "Ctrl+";
  KeyStroke stroke;
  if (name.starts_with(control)) stroke.control = true, name.remove_prefix(control.size());
  if (const auto found = std::ranges::find(named_keys, name, &Named::first); found != named_keys.end()) {
    stroke.glfw_key = found->second;
    return stroke;
  }
  // Letters and digits have the number of their ASCII capital.
  if (name.size() != 1) return std::nullopt;
  const char letter = name.front();
  if (!(letter >= 'A' && letter <= 'Z') && !(letter >= '0' && letter <= '9')) return std::nullopt;
  stroke.glfw_key = letter;
  return stroke;
}

int withoutPad(int glfw_key) {
  if (glfw_key >= GLFW_KEY_KP_0 && glfw_key <= GLFW_KEY_KP_9) return GLFW_KEY_0 + glfw_key - GLFW_KEY_KP_0;
  if (glfw_key == GLFW_KEY_KP_ENTER) return GLFW_KEY_ENTER;
  if (glfw_key == GLFW_KEY_KP_ADD) return GLFW_KEY_EQUAL;
  if (glfw_key == GLFW_KEY_KP_SUBTRACT) return GLFW_KEY_MINUS;
  return glfw_key;
}

}  // namespace hashimichi::app
