#pragma once
#include <deque>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "geo/core/result.h"
#include "render/prepared_town.h"

struct GLFWwindow;

namespace hashimichi::app {

/// The system's window with an OpenGL 3.3 core context, and what the person did to it since the last frame.
///
/// Main thread only; one at a time. Everything that the system reports (buttons, keys, wheel, drops) waits here in the
/// order in which it happened; GuiFrame hands it to ImGui, which only samples. So a click that is shorter than a frame
/// is not lost, and it counts at the place where it was made.
class Window {
 public:
  /// no_display when there is no display server or its OpenGL is older than 3.3.
  static Result<std::unique_ptr<Window>> open(int width_px, int height_px, const std::string& title);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  /// Waits for input for at most this long, so that an idle window costs nothing.
  /// @returns whether anything happened to the window since the last call
  bool waitForInput(double seconds);
  /// Makes the window's own framebuffer the one that is drawn into, all of it in one colour (0…1).
  void clear(float red, float green, float blue);
  void swap();
  /// A rectangle of what was drawn since the last swap (window coordinates, origin top left), cut at the edges.
  render::Image read(float x, float y, float width, float height) const;
  bool closeWanted() const;
  void keepOpen();
  void setTitle(const std::string& title);

  struct Size {
    int width_px = 0, height_px = 0;
  };
  Size framebuffer() const;
  float contentScale() const;  ///< 1 on an ordinary screen, 2 on a HiDPI one
  bool minimised() const;
  std::vector<std::filesystem::path> takeDropped();

  /// A mouse button that went down or up, and where the cursor was then (window coordinates).
  struct Click {
    int button = 0;
    bool down = false;
    double x = 0, y = 0;
  };
  struct KeyPress {
    int key = 0;  ///< GLFW_KEY_…
    bool control = false;
  };
  /// In order; at most one transition per button, so that no click vanishes between two frames. Empty when the mouse
  /// rests.
  std::vector<Click> takeClicks();
  bool clicksWaiting() const { return !clicks_.empty(); }
  /// Keys pressed (or repeated by holding) since the last call, for shortcuts.
  std::vector<KeyPress> takeKeys();
  /// Characters that were typed or that an input method committed, since the last call.
  std::vector<unsigned> takeTyped() { return std::exchange(typed_, {}); }
  GLFWwindow* handle() const { return window_; }

 private:
  explicit Window(GLFWwindow* window);
  void listen();
  static Window& of(GLFWwindow* handle);

  GLFWwindow* window_;
  std::vector<std::filesystem::path> dropped_;
  std::deque<Click> clicks_;
  std::vector<KeyPress> keys_;
  std::vector<unsigned> typed_;
  bool touched_ = true;
};

}  // namespace hashimichi::app
