#pragma once
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <thread>

#include "render/target.h"
#include "tests/flow/program.h"

namespace hashimichi::tests {

/// The built program's window on the test run's display, driven from outside as a person would: by mouse and keys of
/// the X server. Ended by its own process id.
class DesktopRun {
 public:
  /// @param words  of the verb `view`, without the state file
  explicit DesktopRun(const std::vector<std::string>& words) {
    // One window at a time: two would take each other's clicks.
    lock_ =
        open((std::filesystem::temp_directory_path() / "hashimichi-test-display.lock").c_str(), O_CREAT | O_RDWR, 0600);
    flock(lock_, LOCK_EX);
    holdDisplay();
    std::vector<std::string> all{HASHIMICHI_PROGRAM, "view", "--state-file", stateFile()};
    all.insert(all.end(), words.begin(), words.end());
    pid_ = start(all, (folder_ / "config").string());
  }
  ~DesktopRun() {
    if (!ended()) {
      kill(pid_, SIGTERM);
      waitpid(pid_, nullptr, 0);
    }
    if (holder_ > 0) {
      kill(holder_, SIGTERM);
      waitpid(holder_, nullptr, 0);
    }
    close(lock_);
  }
  DesktopRun(const DesktopRun&) = delete;
  DesktopRun& operator=(const DesktopRun&) = delete;

  nlohmann::json state() const {
    std::ifstream stream(stateFile());
    return nlohmann::json::parse(stream, nullptr, false);
  }

  /// Looks at the state until it is as wanted; false when it has not come to that in time.
  bool waitFor(const std::function<bool(const nlohmann::json&)>& wanted, double seconds = 60) {
    for (const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
         std::chrono::steady_clock::now() < end && !ended(); pause(0.05))
      if (const nlohmann::json now = state(); now.is_object() && wanted(now)) return true;
    const nlohmann::json now = state();
    return now.is_object() && wanted(now);
  }
  bool waitForTown() {
    return waitFor([](const nlohmann::json& now) { return now["drew_town"] == true && !now["rows"].empty(); });
  }
  /// Keys go to the window only once it has the focus; there is no window manager to give it.
  bool takeFocus() {
    for (int i = 0; i < 100 && window_.empty() && !ended(); ++i, pause(0.1))
      window_ = outputOf("xdotool search --name '^橋道 Hashimichi$' 2>/dev/null | tail -n 1");
    return !window_.empty() && run("xdotool windowfocus " + window_);
  }

  void moveTo(double x, double y) {
    run("xdotool mousemove --window " + window_ + " " + std::to_string(std::lround(x)) + " " +
        std::to_string(std::lround(y)));
    pause(0.3);
  }
  void click(double x, double y, int button = 1) {
    moveTo(x, y);
    run("xdotool click " + std::to_string(button));
    pause(0.3);
  }
  void drag(double x, double y, double to_x, double to_y, int button = 1) {
    moveTo(x, y);
    run("xdotool mousedown " + std::to_string(button));
    pause(0.2);
    moveTo((x + to_x) / 2, (y + to_y) / 2);
    moveTo(to_x, to_y);
    run("xdotool mouseup " + std::to_string(button));
    pause(0.3);
  }
  void key(const std::string& name) {
    run("xdotool key " + name);
    pause(0.3);
  }
  void type(const std::string& text) {
    run("xdotool type --delay 60 " + quoted(text));
    pause(0.3);
  }

  void resize(int width, int height) {
    run("xdotool windowsize " + window_ + " " + std::to_string(width) + " " + std::to_string(height));
    pause(0.5);
  }
  /// As a window manager minimises and restores.
  void hideAndShow() {
    run("xdotool windowunmap " + window_);
    pause(0.5);
    run("xdotool windowmap " + window_);
    pause(0.5);
  }

  /// What stands on the screen.
  Result<render::Image> picture() {
    const std::string path = (folder_ / "window.png").string();
    run("import -window " + window_ + " " + quoted(path));
    return render::readPng(path);
  }

  /// Waits for the program to leave by itself; its exit code, or nothing when it does not.
  std::optional<int> exitCode(double seconds) {
    for (double waited = 0; waited < seconds && !ended(); waited += 0.05) pause(0.05);
    return ended() ? std::optional(WEXITSTATUS(status_)) : std::nullopt;
  }

  static void pause(double seconds) { std::this_thread::sleep_for(std::chrono::duration<double>(seconds)); }

 private:
  std::string stateFile() const { return (folder_ / "state.json").string(); }
  static pid_t start(std::vector<std::string> words, const std::string& config = {}) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const pid_t pid = fork();
    if (pid == 0) {
      setenv("HASHIMICHI_CONFIG_DIR", config.c_str(), 0);  // never the person's own
      execvp(arguments[0], arguments.data());
      _exit(127);
    }
    return pid;
  }
  /// A virtual display starts afresh when its last client leaves and refuses new ones meanwhile; a client that sleeps
  /// keeps it up for as long as this run lasts.
  void holdDisplay() {
    for (int i = 0; i < 50; ++i, pause(0.1)) {
      holder_ = start({"xdotool", "sleep", "600"});
      pause(0.2);
      if (waitpid(holder_, nullptr, WNOHANG) == 0) {
        if (run("xdotool getdisplaygeometry >/dev/null 2>&1")) return;
        kill(holder_, SIGTERM);
        waitpid(holder_, nullptr, 0);
      }
      holder_ = 0;
    }
  }
  bool ended() {
    if (!ended_) ended_ = waitpid(pid_, &status_, WNOHANG) == pid_;
    return ended_;
  }
  static bool run(const std::string& command) { return std::system(command.c_str()) == 0; }
  static std::string outputOf(const std::string& command) {
    std::string text;
    FILE* pipe = popen(command.c_str(), "r");
    for (int c; (c = fgetc(pipe)) != EOF;)
      if (c != '\n') text += static_cast<char>(c);
    pclose(pipe);
    return text;
  }

  TempFolder folder_;
  int lock_ = -1, status_ = 0;
  pid_t pid_ = 0, holder_ = 0;
  bool ended_ = false;
  std::string window_;
};

/// The part of a picture that lies in a region of the state file.
inline render::Image cut(const render::Image& image, const nlohmann::json& region) {
  const int x0 = std::max(0, region[0].get<int>()), y0 = std::max(0, region[1].get<int>());
  render::Image part;
  part.width = std::min(image.width - x0, region[2].get<int>());
  part.height = std::min(image.height - y0, region[3].get<int>());
  for (int y = y0; y < y0 + part.height; ++y) {
    const auto row = image.rgba.begin() + 4 * (static_cast<std::ptrdiff_t>(y) * image.width + x0);
    part.rgba.insert(part.rgba.end(), row, row + 4 * static_cast<std::ptrdiff_t>(part.width));
  }
  return part;
}

}  // namespace hashimichi::tests

/// Skips, saying why, where no window can be shown or nobody could click in it.
#define HASHIMICHI_NEEDS_DISPLAY()                                                         \
  if (const char* display = std::getenv("DISPLAY"); !display || !*display) {               \
    GTEST_SKIP() << "needs a display: run under ./hashimichi test, or set DISPLAY";        \
  }                                                                                        \
  if (std::system("command -v xdotool >/dev/null && command -v import >/dev/null") != 0) { \
    GTEST_SKIP() << "needs xdotool and ImageMagick's import, which are not installed";     \
  }                                                                                        \
  static_assert(true)
