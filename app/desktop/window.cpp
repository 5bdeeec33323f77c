#include "app/desktop/window.h"

#include <GLFW/glfw3.h>

#include <utility>

namespace hashimichi::app {
namespace {

Error noDisplay(const std::string& reason) {
  return {ErrorCode::no_display,
          {},
          "The window cannot be opened: " + reason + ".",
          "Maps and pictures need no display: use hashimichi export and hashimichi snapshot."};
}

std::string lastReason() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text ? text : "there is no display";
}

}  // namespace

Result<std::unique_ptr<Window>> Window::open(int width_px, int height_px, const std::string& title) {
  if (!glfwInit()) return noDisplay(lastReason());
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  GLFWwindow* window = glfwCreateWindow(width_px, height_px, title.c_str(), nullptr, nullptr);
  if (!window) {
    const Error error = noDisplay(lastReason());
    glfwTerminate();
    return error;
  }
  glfwMakeContextCurrent(window);
  glfwSwapInterval(1);
  return std::unique_ptr<Window>(new Window(window));
}

Window::Window(GLFWwindow* window) : window_(window) {
  glfwSetWindowUserPointer(window_, this);
  glfwSetDropCallback(window_, [](GLFWwindow* handle, int count, const char** paths) {
    auto* self = static_cast<Window*>(glfwGetWindowUserPointer(handle));
    for (int i = 0; i < count; ++i) self->dropped_.emplace_back(reinterpret_cast<const char8_t*>(paths[i]));
  });
}

Window::~Window() {
  glfwDestroyWindow(window_);
  glfwTerminate();
}

void Window::waitForInput(double seconds) {
  if (seconds <= 0)
    glfwPollEvents();
  else
    glfwWaitEventsTimeout(seconds);
}

void Window::swap() {
  glfwSwapBuffers(window_);
}
bool Window::closeWanted() const {
  return glfwWindowShouldClose(window_) != 0;
}
void Window::keepOpen() {
  glfwSetWindowShouldClose(window_, GLFW_FALSE);
}
void Window::setTitle(const std::string& title) {
  glfwSetWindowTitle(window_, title.c_str());
}

Window::Size Window::framebuffer() const {
  Size size;
  glfwGetFramebufferSize(window_, &size.width_px, &size.height_px);
  return size;
}

float Window::contentScale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(window_, &x, &y);
  return x > 0 ? x : 1;
}

bool Window::minimised() const {
  return glfwGetWindowAttrib(window_, GLFW_ICONIFIED) != 0;
}
std::vector<std::filesystem::path> Window::takeDropped() {
  return std::exchange(dropped_, {});
}

}  // namespace hashimichi::app
