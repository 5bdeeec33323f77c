#include "app/cli/console_progress.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace hashimichi::app::cli {
namespace {

volatile std::sig_atomic_t interrupted = 0;

void onInterrupt(int) {
  if (interrupted != 0) _exit(130);
  interrupted = 1;
}

}  // namespace

ConsoleProgress::ConsoleProgress() : terminal_(isatty(STDERR_FILENO) != 0) {
  interrupted = 0;
  std::signal(SIGINT, onInterrupt);
}

ConsoleProgress::~ConsoleProgress() {
  if (line_open_) std::fputs("\r\033[K", stderr);
  std::signal(SIGINT, SIG_DFL);
}

void ConsoleProgress::report(double fraction, std::string_view step) {
  const int percent = fraction < 0 ? -1 : static_cast<int>(fraction * 100);
  if (step == last_step_ && percent == last_percent_) return;
  const bool new_step = step != last_step_;
  last_step_ = step;
  last_percent_ = percent;
  if (terminal_) {
    if (percent < 0)
      std::fprintf(stderr, "\r\033[K%s …", last_step_.c_str());
    else
      std::fprintf(stderr, "\r\033[K%s %d %%", last_step_.c_str(), percent);
    std::fflush(stderr);
    line_open_ = true;
  } else if (new_step) {
    std::fprintf(stderr, "%s\n", last_step_.c_str());
  }
}

bool ConsoleProgress::cancelled() const {
  return interrupted != 0;
}

}  // namespace hashimichi::app::cli
