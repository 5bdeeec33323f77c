#include "app/desktop/desktop.h"

#include <GL/glew.h>
#include <imgui.h>

#include <chrono>

#include "app/desktop/gui_frame.h"
#include "app/desktop/keys.h"
#include "app/desktop/shell.h"
#include "app/desktop/state_file.h"
#include "app/desktop/theme.h"
#include "app/i18n/text.h"
#include "app/session/session.h"
#include "app/session/workflow.h"
#include "geo/core/file.h"

namespace hashimichi::app {
namespace {

/// An idle window looks for finished jobs this often; input wakes it at once.
constexpr double idle_wait_s = 0.1;

/// The frames of one window, from opening to closing.
class Desktop {
 public:
  Desktop(Window& window, GuiFrame& gui, Viewport& viewport, const DesktopOptions& options)
      : window_(window), gui_(gui), viewport_(viewport), options_(options), state_(options.state_file) {
    session_.apply(SetLanguage{options.language.value_or(languageFromEnvironment())});
    if (options.project) session_.apply(OpenProject{*options.project});
  }

  void run() {
    while (!session_.view().quit) {
      window_.waitForInput(busy() ? 0 : idle_wait_s);
      if (window_.minimised()) continue;
      frame();
      if (options_.quit_after_first_frame && viewport_.drewTown()) return;
    }
  }

 private:
  bool busy() const {
    return awake_frames_ > 0 || viewport_.flying() || session_.view().playing || ImGui::IsAnyMouseDown();
  }

  void frame() {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - last_frame_).count();
    last_frame_ = now;
    session_.update(seconds);
    const ViewModel& view = session_.view();
    gui_.begin(view.theme, view.text_scale);
    if (const std::optional<FlyTo> flight = session_.takeFlight()) viewport_.fly(*flight, view);
    CommandQueue commands;
    pressKeys(view, commands);
    takeDrops(commands);
    shell_.draw(view, commands, viewport_, gui_.scale(), seconds);
    clearBehind(view.theme);
    gui_.end();
    window_.swap();
    afterFrame(commands.take());
  }

  void clearBehind(ThemeId theme) {
    const Window::Size size = window_.framebuffer();
    const ImVec4 colour = toVector(paletteOf(theme).window);
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    glViewport(0, 0, size.width_px, size.height_px);
    glClearColor(colour.x, colour.y, colour.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
  }

  void takeDrops(CommandQueue& out) {
    const std::vector<std::filesystem::path> dropped = window_.takeDropped();
    if (dropped.empty()) return;
    if (dropped.size() == 1 && project::isProjectFolder(dropped.front()))
      out.push(OpenProject{dropped.front()});
    else
      out.push(ImportFiles{dropped, {}, {}});
  }

  void afterFrame(const std::vector<Command>& commands) {
    // ImGui needs a frame or two to settle after input (hover, popups, layout).
    const ImGuiIO& io = ImGui::GetIO();
    const bool touched = !commands.empty() || io.MouseDelta.x != 0 || io.MouseDelta.y != 0 || io.MouseWheel != 0 ||
                         ImGui::IsAnyMouseDown();
    awake_frames_ = touched ? 4 : std::max(0, awake_frames_ - 1);
    for (const Command& command : commands) session_.apply(command);
    if (window_.closeWanted()) session_.apply(Quit{});
    if (const std::optional<std::filesystem::path> path = session_.takePictureWanted()) savePicture(*path);
    if (first_frame_ms_ < 0 && viewport_.drewTown())
      first_frame_ms_ = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began_).count();
    state_.write(session_.view(), shell_, viewport_, first_frame_ms_);
  }

  void savePicture(const std::filesystem::path& path) {
    const Status written = render::writePng(viewport_.picture(), path);
    session_.notify(!written, written ? toUtf8(path) : written.error().text());
  }

  Window& window_;
  GuiFrame& gui_;
  Viewport& viewport_;
  const DesktopOptions& options_;
  Session session_;
  Shell shell_;
  StateFile state_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now(), last_frame_ = began_;
  double first_frame_ms_ = -1;
  int awake_frames_ = 10;
};

}  // namespace

Status runDesktop(const DesktopOptions& options) {
  Result<std::unique_ptr<Window>> window = Window::open(options.width_px, options.height_px, "橋道 Hashimichi");
  if (!window) return window.error();
  Result<std::unique_ptr<Viewport>> viewport = Viewport::create(**window);
  if (!viewport) return viewport.error();
  Result<std::unique_ptr<GuiFrame>> gui = GuiFrame::create(**window);
  if (!gui) return gui.error();
  Desktop(**window, **gui, **viewport, options).run();
  return done();  // the GUI goes first, then the picture, then the window with its context
}

}  // namespace hashimichi::app
