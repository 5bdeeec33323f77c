#include "app/desktop/window.h"

#include <GLFW/glfw3.h>

#include <algorithm>
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

/// Never larger than the screen: where no window manager watches, the edges would be out of reach.
void fitToScreen(int& width_px, int& height_px) {
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  if (!monitor) return;
  int x = 0, y = 0, width = 0, height = 0;
  glfwGetMonitorWorkarea(monitor, &x, &y, &width, &height);
  if (width > 0 && height > 0) width_px = std::min(width_px, width), height_px = std::min(height_px, height);
}

}  // namespace

Result<std::unique_ptr<Window>> Window::open(int width_px, int height_px, const std::string& title) {
  if (!glfwInit()) return noDisplay(lastReason());
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  fitToScreen(width_px, height_px);
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
  listen();
}

Window& Window::of(GLFWwindow* handle) {
  Window& window = *static_cast<Window*>(glfwGetWindowUserPointer(handle));
  window.touched_ = true;
  return window;
}

// ImGui's own callbacks are put on top of these and pass everything on.
void Window::listen() {
  glfwSetDropCallback(window_, [](GLFWwindow* handle, int count, const char** paths) {
    for (int i = 0; i < count; ++i) of(handle).dropped_.emplace_back(reinterpret_cast<const char8_t*>(paths[i]));
  });
  glfwSetMouseButtonCallback(window_, [](GLFWwindow* handle, int button, int action, int) {
    Click click{button, action == GLFW_PRESS, 0, 0};
    glfwGetCursorPos(handle, &click.x, &click.y);
    of(handle).clicks_.push_back(click);
  });
  glfwSetKeyCallback(window_, [](GLFWwindow* handle, int key, int, int action, int modifiers) {
    if (action != GLFW_RELEASE) of(handle).keys_.push_back({key, (modifiers & GLFW_MOD_CONTROL) != 0});
    of(handle);
  });
  glfwSetCursorPosCallback(window_, [](GLFWwindow* handle, double, double) { of(handle); });
  glfwSetCursorEnterCallback(window_, [](GLFWwindow* handle, int) { of(handle); });
  glfwSetScrollCallback(window_, [](GLFWwindow* handle, double, double) { of(handle); });
  glfwSetCharCallback(window_, [](GLFWwindow* handle, unsigned character) { of(handle).typed_.push_back(character); });
  glfwSetWindowFocusCallback(window_, [](GLFWwindow* handle, int) { of(handle); });
  glfwSetWindowRefreshCallback(window_, [](GLFWwindow* handle) { of(handle); });
  glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* handle, int, int) { of(handle); });
  glfwSetWindowContentScaleCallback(window_, [](GLFWwindow* handle, float, float) { of(handle); });
  glfwSetWindowCloseCallback(window_, [](GLFWwindow* handle) { of(handle); });
}

Window::~Window() {
  glfwDestroyWindow(window_);
  glfwTerminate();
}

bool Window::waitForInput(double seconds) {
  if (seconds <= 0)
    glfwPollEvents();
  else
    glfwWaitEventsTimeout(seconds);
  return std::exchange(touched_, false);
}

std::vector<Window::Click> Window::takeClicks() {
  std::vector<Click> taken;
  while (!clicks_.empty()) {
    const Click& next = clicks_.front();
    if (std::ranges::any_of(taken, [&](const Click& click) { return click.button == next.button; })) break;
    taken.push_back(next);
    clicks_.pop_front();
  }
  return taken;
}

std::vector<Window::KeyPress> Window::takeKeys() {
  return std::exchange(keys_, {});
}

void Window::clear(float red, float green, float blue) {
  // VTK leaves its own framebuffer bound. This function is newer than what the system's header promises.
  using BindFramebuffer = void (*)(unsigned target, unsigned framebuffer);
  constexpr unsigned gl_framebuffer = 0x8D40;
  static const auto bind = reinterpret_cast<BindFramebuffer>(glfwGetProcAddress("glBindFramebuffer"));
  if (bind) bind(gl_framebuffer, 0);
  const Size size = framebuffer();
  glViewport(0, 0, size.width_px, size.height_px);
  glDisable(GL_SCISSOR_TEST);
  glClearColor(red, green, blue, 1);
  glClear(GL_COLOR_BUFFER_BIT);
}

void Window::swap() {
  glfwSwapBuffers(window_);
}
render::Image Window::read(float x, float y, float width, float height) const {
  int window_width = 1, window_height = 1;
  glfwGetWindowSize(window_, &window_width, &window_height);
  const Size all = framebuffer();
  const float fine = static_cast<float>(all.width_px) / static_cast<float>(std::max(1, window_width));
  const int left = std::clamp(static_cast<int>(x * fine), 0, all.width_px);
  const int top = std::clamp(static_cast<int>(y * fine), 0, all.height_px);
  render::Image image;
  image.width = std::clamp(static_cast<int>(width * fine), 0, all.width_px - left);
  image.height = std::clamp(static_cast<int>(height * fine), 0, all.height_px - top);
  std::vector<unsigned char> bottom_first(4 * static_cast<std::size_t>(image.width) *
                                          static_cast<std::size_t>(image.height));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(left, all.height_px - top - image.height, image.width, image.height, GL_RGBA, GL_UNSIGNED_BYTE,
               bottom_first.data());
  const auto row_bytes = static_cast<std::ptrdiff_t>(4) * image.width;
  for (int row = image.height - 1; row >= 0; --row)
    image.rgba.insert(image.rgba.end(), bottom_first.begin() + row * row_bytes,
                      bottom_first.begin() + (row + 1) * row_bytes);
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) image.rgba[i] = 255;  // the window itself is opaque
  return image;
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
