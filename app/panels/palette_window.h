#pragma once
#include <string>
#include <vector>

#include "app/session/actions.h"

namespace hashimichi::app {

/// What is listed for typed letters, best first: actions whose words fit in Japanese or English, or whose id does.
/// Without letters all of them, in the order of the menus.
std::vector<const Action*> actionsFor(const std::string& typed);

/// The palette of commands (Ctrl+K): type a few letters, choose by arrows and Enter or by a click, Esc closes.
class PaletteWindow {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);

 private:
  void drawLines(const ViewModel& view, CommandQueue& out, bool entered, float scale);

  std::string typed_;
  bool shown_ = false;
  int chosen_ = 0;
};

}  // namespace hashimichi::app
