// The display server goes away under the window, on a display of the test's own.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <thread>

#include "geo/core/file.h"
#include "geo/project/project.h"
#include "tests/support/made_town.h"
#include "tests/support/shared_data.h"

namespace hashimichi {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

bool waitUntil(const std::function<bool()>& wanted, double seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  while (std::chrono::steady_clock::now() < end) {
    if (wanted()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return wanted();
}

/// A child process, ended by its own id.
class Child {
 public:
  Child(std::vector<std::string> words, const std::vector<std::pair<std::string, std::string>>& environment,
        int kept_open = -1) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_ = fork();
    if (pid_ != 0) return;
    for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
    if (kept_open >= 0) fcntl(kept_open, F_SETFD, 0);
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  ~Child() { end(SIGTERM); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  bool ended() {
    if (!ended_) ended_ = waitpid(pid_, &status_, WNOHANG) == pid_;
    return ended_;
  }
  void end(int signal) {
    if (ended()) return;
    kill(pid_, signal);
    waitpid(pid_, &status_, 0);
    ended_ = true;
  }
  int exitCode() const { return WIFEXITED(status_) ? WEXITSTATUS(status_) : -WTERMSIG(status_); }

 private:
  pid_t pid_ = 0;
  int status_ = 0;
  bool ended_ = false;
};

/// A virtual display with a free number.
class Display {
 public:
  Display() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return;
    server_ = std::make_unique<Child>(std::vector<std::string>{"Xvfb", "-displayfd", std::to_string(ends[1]), "-screen",
                                                               "0", "1280x800x24", "-nolisten", "tcp"},
                                      std::vector<std::pair<std::string, std::string>>{}, ends[1]);
    close(ends[1]);
    std::string number;
    for (char digit = 0; read(ends[0], &digit, 1) == 1 && digit != '\n';) number += digit;
    close(ends[0]);
    if (!number.empty()) name_ = ":" + number;
  }
  const std::string& name() const { return name_; }
  void kill() { server_->end(SIGKILL); }

 private:
  std::unique_ptr<Child> server_;
  std::string name_;
};

class LostDisplay : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("command -v Xvfb > /dev/null") != 0) GTEST_SKIP() << "needs Xvfb, which is not installed";
    project::Project project;
    project.folder = folder_, project.name = "town";
    project.model = tests::madeTown({.streets = 4, .buildings = 20, .bridges = 3, .terrain_side = 20});
    SilentProgress silent;
    ASSERT_TRUE(project::save(project, silent));
  }
  std::unique_ptr<Child> view(const Display& display, std::vector<std::string> words) {
    std::error_code ignored;
    fs::remove(state_, ignored);
    std::vector<std::string> all{HASHIMICHI_PROGRAM, "view", "--lang", "en", "--state-file", state_.string()};
    all.insert(all.end(), words.begin(), words.end());
    return std::make_unique<Child>(
        all, std::vector<std::pair<std::string, std::string>>{{"DISPLAY", display.name()},
                                                              {"HASHIMICHI_CONFIG_DIR", (temp_ / "config").string()}});
  }
  json state() const {
    std::ifstream stream(state_);
    return json::parse(stream, nullptr, false);
  }
  bool shows(Child& program, const std::function<bool(const json&)>& wanted) {
    return waitUntil(
               [&] {
                 const json now = state();
                 return program.ended() || (now.is_object() && wanted(now));
               },
               60) &&
           !program.ended();
  }
  static bool drewTown(const json& now) { return now["drew_town"] == true && now["jobs"] == 0; }

  tests::TempFolder temp_;
  fs::path folder_ = temp_ / "town.hashimichi", state_ = temp_ / "state.json";
};

TEST_F(LostDisplay, LeavesTheProjectWholeAndTheNextStartOffersToGoOn) {
  Display first;
  ASSERT_FALSE(first.name().empty());
  const auto program = view(first, {folder_.string()});
  ASSERT_TRUE(shows(*program, drewTown));
  first.kill();
  ASSERT_TRUE(waitUntil([&] { return program->ended(); }, 20)) << "it does not hang without its display";
  EXPECT_EQ(program->exitCode(), 3);
  EXPECT_TRUE(fs::exists(folder_ / "caches/session.json"));
  SilentProgress silent;
  EXPECT_TRUE(project::open(folder_, silent));

  Display second;
  ASSERT_FALSE(second.name().empty());
  const auto next = view(second, {});
  ASSERT_TRUE(shows(*next, [](const json& now) { return now["files"]["recovery_offered"] == true; }))
      << state().dump(1);
  if (std::system("command -v xdotool > /dev/null") != 0) return;
  const std::string keys =
      "DISPLAY=" + second.name() +
      " sh -c 'xdotool search --sync --name Hashimichi windowfocus && sleep 1 && xdotool key Return'";
  ASSERT_EQ(std::system((keys + " > /dev/null 2>&1").c_str()), 0);
  EXPECT_TRUE(shows(*next, drewTown)) << "one key takes it over: " << state().dump(1);
  EXPECT_EQ(state()["files"]["recovery_offered"], false);
}

TEST_F(LostDisplay, APoliteEndOfTheSystemIsAnEndThatLeavesNothingToRecover) {
  Display display;
  ASSERT_FALSE(display.name().empty());
  const auto program = view(display, {folder_.string()});
  ASSERT_TRUE(shows(*program, drewTown));
  program->end(SIGTERM);
  EXPECT_EQ(program->exitCode(), 0);
  EXPECT_FALSE(fs::exists(folder_ / "caches/session.json"));
  EXPECT_FALSE(fs::exists(folder_ / "project.lock"));
  const fs::path running = temp_ / "config/running";  // made with the first thing worth recovering
  EXPECT_TRUE(!fs::exists(running) || fs::is_empty(running));
}

}  // namespace
}  // namespace hashimichi
