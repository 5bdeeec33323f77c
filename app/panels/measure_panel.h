#pragma once
#include <string>

#include "app/panels/path_dialog.h"
#include "app/session/view_model.h"

namespace hashimichi::app {

const char* wordOf(const ViewModel& view, PointTool tool);
/// What a click means now, as a text key.
const char* toolHintKey(PointTool tool);
const char* wordOf(const ViewModel& view, measure::SavedKind kind);

/// The tools, what the survey says of the picked point, and everything that was measured in this project.
class MeasurePanel {
 public:
  void draw(const ViewModel& view, CommandQueue& out, PathDialog& dialog, float scale);

 private:
  void drawSelected(const ViewModel& view, CommandQueue& out);

  std::string edited_id_, edited_name_;  ///< the name that is being typed
};

}  // namespace hashimichi::app
