#include "app/desktop/desktop.h"

#include <imgui.h>

#include <chrono>
#include <map>

#include "app/desktop/gui_frame.h"
#include "app/desktop/keys.h"
#include "app/desktop/leaving.h"
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
/// The longest pause between two frames of a flight. (Playing time and running jobs are content with the idle pace.)
constexpr double flight_wait_s = 1.0 / 60;
/// ImGui needs a frame or two to settle after input (hover, popups, layout).
constexpr int frames_to_settle = 4;

/// The frames of one window, from opening to closing.
class Desktop {
 public:
  Desktop(Window& window, GuiFrame& gui, Viewport& viewport, Session& session, const DesktopOptions& options,
          std::chrono::steady_clock::time_point began)
      : window_(window),
        gui_(gui),
        viewport_(viewport),
        session_(session),
        options_(options),
        state_(options.state_file),
        began_(began) {}

  void run() {
    while (!session_.view().quit) {
      const bool touched = window_.waitForInput(pause());
      update();
      if (touched || window_.clicksWaiting()) awake_frames_ = frames_to_settle;
      if (window_.closeWanted() || leaving_.wanted()) return;
      if (window_.minimised() || (awake_frames_ == 0 && !moving())) continue;  // the last picture still holds
      frame();
      if (options_.quit_after_first_frame && viewport_.drewTown()) return;
    }
  }

 private:
  double pause() const {
    return awake_frames_ > 0                                                 ? 0
           : viewport_.flying() || viewport_.refining() || shell_.refining() ? flight_wait_s
                                                                             : idle_wait_s;
  }
  bool moving() const {
    return viewport_.flying() || viewport_.refining() || shell_.refining() || session_.view().playing ||
           !session_.view().jobs.empty() || shell_.moving();
  }

  /// Jobs that ended and time that plays; both change what is to be seen.
  void update() {
    const auto now = std::chrono::steady_clock::now();
    seconds_ = std::chrono::duration<double>(now - last_update_).count();
    last_update_ = now;
    const bool had_jobs = !session_.view().jobs.empty();
    session_.update(seconds_);
    if (had_jobs && session_.view().jobs.empty()) awake_frames_ = frames_to_settle;
  }

  void frame() {
    const ViewModel& view = session_.view();
    awake_frames_ = std::max(0, awake_frames_ - 1);
    gui_.begin(view.theme, view.text_scale);
    if (const std::optional<FlyTo> flight = session_.takeFlight()) viewport_.fly(*flight, view);
    if (const std::optional<PathPurpose> purpose = session_.takePathWanted()) shell_.dialog().open(*purpose, view);
    CommandQueue commands;
    pressKeys(gui_.keys(), view, commands, shell_.dialog().isOpen());
    takeDrops(commands);
    shell_.draw(view, commands, viewport_, gui_.scale(), seconds_);
    const ImVec4 behind = toVector(paletteOf(view.theme).window);
    window_.clear(behind.x, behind.y, behind.z);
    gui_.end();
    saveSection();
    window_.swap();
    afterFrame(commands.take());
  }

  /// What stands on the screen, before it is swapped away.
  void saveSection() {
    const std::optional<std::filesystem::path> path = session_.takeSectionPictureWanted();
    if (!path) return;
    const auto& area = shell_.section().plotArea();
    if (!area) return session_.notify(true, tr(session_.view().language, "section.closed"));
    const Status written = render::writePng(window_.read(area->at.x, area->at.y, area->size.x, area->size.y), *path);
    session_.notify(!written, written ? toUtf8(*path) : written.error().text());
  }

  void takeDrops(CommandQueue& out) {
    const std::vector<std::filesystem::path> dropped = window_.takeDropped();
    if (dropped.empty()) return;
    if (dropped.size() == 1 && project::isProjectFolder(dropped.front()))
      out.push(OpenProject{dropped.front()});
    else
      out.push(SurveyFiles{dropped, {}, {}});
  }

  void afterFrame(const std::vector<Command>& commands) {
    if (!commands.empty()) awake_frames_ = frames_to_settle;
    session_.cameraMoved(viewport_.camera());
    for (const Command& command : commands) session_.apply(command);
    if (const std::optional<std::filesystem::path> path = session_.takePictureWanted()) savePicture(*path);
    if (first_frame_ms_ < 0 && viewport_.drewTown())
      first_frame_ms_ = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began_).count();
    rememberLayout();
    rememberTour();
    state_.write(session_.view(), shell_, viewport_, first_frame_ms_);
  }

  /// The arrangement of the regions goes with the project: taken up when one is opened, kept when it was changed.
  void rememberLayout() {
    const std::filesystem::path folder =
        session_.view().project ? session_.view().project->folder : std::filesystem::path();
    if (folder.empty()) return;
    if (folder != arranged_for_) {
      arranged_for_ = folder;
      const auto& layouts = session_.preferences().layouts;
      if (const auto kept = layouts.find(folder.string()); kept != layouts.end())
        shell_.arrange(Layout::from(kept->second));
      kept_layout_ = shell_.layout().values();
    } else if (std::map<std::string, float> now = shell_.layout().values(); now != kept_layout_) {
      kept_layout_ = now;
      session_.keepLayout(folder, std::move(now));
    }
  }

  /// The first run is over as soon as its questions have been answered or waved away.
  void rememberTour() {
    const std::optional<int> step = session_.view().tour_step;
    if (asked_ && step != 0) session_.preferences().toured = true;
    asked_ = step == 0;
  }

  void savePicture(const std::filesystem::path& path) {
    const Status written = render::writePng(viewport_.picture(), path);
    session_.notify(!written, written ? toUtf8(path) : written.error().text());
  }

  Window& window_;
  GuiFrame& gui_;
  Viewport& viewport_;
  Session& session_;
  const DesktopOptions& options_;
  Leaving leaving_{[this] { session_.displayLost(); }};
  Shell shell_;
  StateFile state_;
  std::chrono::steady_clock::time_point began_, last_update_ = began_;
  double seconds_ = 0;
  double first_frame_ms_ = -1;
  int awake_frames_ = 10;
  std::filesystem::path arranged_for_;
  std::map<std::string, float> kept_layout_;
  bool asked_ = false;
};

}  // namespace

Status runDesktop(const DesktopOptions& options) {
  const auto began = std::chrono::steady_clock::now();
  Result<std::unique_ptr<Window>> window = Window::open(options.width_px, options.height_px, "橋道 Hashimichi");
  if (!window) return window.error();
  // The project is read while fonts and scene are made.
  Session session;
  session.apply(SetLanguage{languageFromEnvironment()});
  session.begin(options.project.has_value(), options.language);
  if (options.project)
    session.apply(OpenProject{*options.project});
  else if (!session.preferences().toured)
    session.apply(ShowTour{0});
  Result<std::unique_ptr<Viewport>> viewport = Viewport::create(**window);
  if (!viewport) return viewport.error();
  Result<std::unique_ptr<GuiFrame>> gui = GuiFrame::create(**window);
  if (!gui) return gui.error();
  Desktop(**window, **gui, **viewport, session, options, began).run();
  return done();  // the GUI goes first, then the picture, then the window with its context
}

}  // namespace hashimichi::app
