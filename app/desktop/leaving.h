#pragma once
#include <functional>

namespace hashimichi::app {

/// Ends of the program that nobody chose in the window. One at a time, made on the main thread once the window is open.
///
/// A polite request of the system (SIGTERM, SIGHUP at logging out) only sets a mark that the window's loop looks at. A
/// display server that goes away lets Xlib end the process: before that, `keep` is called, then the process leaves with
/// one sentence.
class Leaving {
 public:
  explicit Leaving(std::function<void()> keep);
  ~Leaving();
  Leaving(const Leaving&) = delete;
  Leaving& operator=(const Leaving&) = delete;

  bool wanted() const;
};

}  // namespace hashimichi::app
