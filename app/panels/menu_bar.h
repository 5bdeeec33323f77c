#pragma once
#include "app/session/view_model.h"

namespace hashimichi::app {

/// The menus over the window, and the open project's name at the right end. What stands in them is the list of actions;
/// a menu without any is left out.
class MenuBar {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);
  /// Where the menus end and the project's name begins, in window pixels: the room for a search box.
  float menusEnd() const { return menus_end_; }
  float nameBegins() const { return name_begins_; }

 private:
  void projectName(const ViewModel& view, float scale);

  float menus_end_ = 0, name_begins_ = 0;
};

}  // namespace hashimichi::app
