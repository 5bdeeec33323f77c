#pragma once
#include <string>

#include "geo/core/progress.h"

namespace hashimichi::app::cli {

/// A line that renews itself on a terminal, plain lines (one per step) in a log; both on standard error.
/// Ctrl+C once asks the work to stop (exit code 4); a second time ends the program at once.
class ConsoleProgress final : public Progress {
 public:
  ConsoleProgress();
  ~ConsoleProgress() override;
  void report(double fraction, std::string_view step) override;
  bool cancelled() const override;

 private:
  bool terminal_ = false;
  bool line_open_ = false;
  std::string last_step_;
  int last_percent_ = -1;
};

}  // namespace hashimichi::app::cli
