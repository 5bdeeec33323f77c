#include "app/desktop/leaving.h"

#include <dlfcn.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <utility>

namespace hashimichi::app {
namespace {

constexpr int exit_display_lost = 3;
volatile std::sig_atomic_t asked_to_leave = 0;
std::function<void()> keep_on_loss;

void onRequest(int) {
  asked_to_leave = 1;
}

/// Xlib's own type of handler, told without its headers: GLFW loads the library itself, or not at all.
using IoErrorHandler = int (*)(void* display);
using SetIoErrorHandler = IoErrorHandler (*)(IoErrorHandler);

int onDisplayLost(void*) {
  if (const auto keep = std::exchange(keep_on_loss, nullptr)) keep();
  std::fputs("The display was lost. What was shown is kept; the next start offers to go on from there.\n", stderr);
  std::fflush(stderr);
  ::_exit(exit_display_lost);  // a return would end the process, too, but through the exit of libraries that draw
}

void setIoErrorHandler(IoErrorHandler handler) {
  void* const library = ::dlopen("libX11.so.6", RTLD_LAZY | RTLD_NOLOAD);
  if (library == nullptr) return;
  if (const auto set = reinterpret_cast<SetIoErrorHandler>(::dlsym(library, "XSetIOErrorHandler"))) set(handler);
  ::dlclose(library);
}

}  // namespace

Leaving::Leaving(std::function<void()> keep) {
  asked_to_leave = 0;
  keep_on_loss = std::move(keep);
  std::signal(SIGTERM, onRequest);
  std::signal(SIGHUP, onRequest);
  setIoErrorHandler(onDisplayLost);
}

Leaving::~Leaving() {
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGHUP, SIG_DFL);
  keep_on_loss = nullptr;
}

bool Leaving::wanted() const {
  return asked_to_leave != 0;
}

}  // namespace hashimichi::app
