#pragma once
#include "app/session/view_model.h"

namespace hashimichi::app {

/// The import report: what was read, what was not, what was skipped and what had to be assumed; by file and place.
class ImportPanel {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);

 private:
  void drawTools(const ViewModel& view, float scale);

  std::string filter_;
};

/// The report's lines of one kind, with those of pictures that are missing, in which the filter's words occur
/// (anywhere, case does not count). They live as long as the view's project and textures.
std::vector<const Problem*> reportLines(const ViewModel& view, ProblemKind kind, const std::string& filter);

/// The report's lines of one kind as tab-separated text, for the clipboard.
std::string reportAsText(const Problems& problems, ProblemKind kind);

}  // namespace hashimichi::app
