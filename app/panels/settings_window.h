#pragma once
#include "app/session/view_model.h"

namespace hashimichi::app {

/// Language, theme, text size, mouse, and how much memory point clouds may take.
class SettingsWindow {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);

 private:
  void textSize(const ViewModel& view, CommandQueue& out);

  int text_percent_ = 0;  ///< while the slider is held: the text grows only when it is let go
};

/// Buttons side by side of which one holds, broken into lines where there is no room; settings and first run share
/// them.
void languageChoice(const ViewModel& view, CommandQueue& out);
void mouseChoice(const ViewModel& view, CommandQueue& out);

}  // namespace hashimichi::app
