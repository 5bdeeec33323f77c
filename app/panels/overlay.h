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
  bool rests(const ViewModel& view);

  Legend legend_;
  ImVec2 rests_at_{-1, -1};
  double rested_s_ = 0;
};

/// A pin at the place of which everything known was asked, on the draw list of the current window.
void drawAskedPlace(const ViewModel& view, const render::CameraPose& camera, ImVec2 position, ImVec2 size, float scale);

/// What stands where a town will be: drop files here, or open something.
void drawEmptyState(const ViewModel& view, CommandQueue& out, PathDialog& dialog, ImVec2 position, ImVec2 size,
                    float scale);

}  // namespace hashimichi::app
