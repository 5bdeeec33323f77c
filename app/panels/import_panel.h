#pragma once
#include "app/session/view_model.h"

namespace hashimichi::app {

/// The import report: what was read, what was not, what was skipped and what had to be assumed; by file and place.
class ImportPanel {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);
};

/// The report's lines of one kind as tab-separated text, for the clipboard.
std::string reportAsText(const Problems& problems, ProblemKind kind);

}  // namespace hashimichi::app
