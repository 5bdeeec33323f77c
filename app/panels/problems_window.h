#pragma once
#include <deque>
#include <string>
#include <vector>

#include "app/session/view_model.h"

namespace hashimichi::app {

/// One line of the problems window.
struct ProblemLine {
  enum class Kind { failed, skipped, assumption, project } kind = Kind::project;
  std::string where;              ///< file and place in it; empty: the project as a whole
  std::string what;               ///< reason and advice
  std::optional<ShowProblem> to;  ///< where the line leads; nothing: nowhere
};

/// Everything that is wrong at present, worst first: what failed in this run, what the project itself complains of, and
/// the lines of the import report. Lines that know their place lead there.
class ProblemsWindow {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);

 private:
  void remember(const ViewModel& view);

  std::deque<std::string> failures_;  ///< sentences that were shown and may have been dismissed, newest first
};

std::vector<ProblemLine> problemLines(const ViewModel& view, const std::deque<std::string>& failures);

}  // namespace hashimichi::app
