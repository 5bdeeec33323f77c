#pragma once
#include <imgui.h>

#include "app/panels/legend.h"
#include "app/panels/path_dialog.h"
#include "app/session/view_model.h"

namespace hashimichi::app {

/// The little that may stand over the town: legend, compass, one line of hints, and what the mouse points at.
class Overlay {
 public:
  /// @param pointing  whether the mouse is over the town itself
  void draw(const ViewModel& view, CommandQueue& out, const render::CameraPose& camera, ImVec2 position, ImVec2 size,
            bool pointing, float scale);

 private:
  Legend legend_;
};

/// What stands where a town will be: drop files here, or open something.
void drawEmptyState(const ViewModel& view, CommandQueue& out, PathDialog& dialog, ImVec2 position, ImVec2 size,
                    float scale);

}  // namespace hashimichi::app
