#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "geo/core/result.h"

struct GLFWwindow;

namespace hashimichi::app {

/// The system's window with an OpenGL 3.3 core context, and what the person did to it since the last frame.
///
/// Main thread only; one at a time. Drops and closes are collected here; mouse and keys go to ImGui, which samples
/// them. A click shorter than a frame is not lost: the window counts presses itself.
class Window {
 public:
  /// no_display when there is no display server or its OpenGL is older than 3.3.
  static Result<std::unique_ptr<Window>> open(int width_px, int height_px, const std::string& title);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  /// Waits for input for at most this long, so that an idle window costs nothing.
  void waitForInput(double seconds);
  void swap();
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
  GLFWwindow* handle() const { return window_; }

 private:
  explicit Window(GLFWwindow* window);
  GLFWwindow* window_;
  std::vector<std::filesystem::path> dropped_;
};

}  // namespace hashimichi::app
