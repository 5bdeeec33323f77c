#pragma once
#include <array>
#include <memory>

#include "app/desktop/typed_glyphs.h"
#include "app/desktop/window.h"
#include "app/session/command.h"

namespace hashimichi::app {

/// ImGui's life in a window: context, backends, fonts, and the begin and end of each frame.
class GuiFrame {
 public:
  /// not_found when no Japanese font is installed.
  static Result<std::unique_ptr<GuiFrame>> create(Window& window);
  ~GuiFrame();
  GuiFrame(const GuiFrame&) = delete;
  GuiFrame& operator=(const GuiFrame&) = delete;

  /// Applies theme and text scale and begins the frame. Fonts are built again when the scale changed, by the person or
  /// because the window went to another screen, and when something was typed that they do not hold yet.
  void begin(ThemeId theme, double text_scale);
  /// Draws everything into the window's framebuffer.
  void end();
  /// What was pressed since the frame before this one.
  const std::vector<Window::KeyPress>& keys() const { return keys_; }
  /// Pixels per unit of LOOK's sizes: screen scale × text scale.
  float scale() const { return scale_; }

 private:
  explicit GuiFrame(Window& window) : window_(window) {}
  void feedMouse();
  void feedKeys();
  bool addTyped();

  static constexpr int mouse_buttons = 3;
  Window& window_;
  std::array<bool, mouse_buttons> down_{};
  std::vector<Window::KeyPress> keys_;
  TypedGlyphs typed_;
  float scale_ = 0;
  ThemeId theme_ = ThemeId::dark;
};

}  // namespace hashimichi::app
