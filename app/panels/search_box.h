#pragma once
#include <cstddef>
#include <string>

#include "app/session/view_model.h"

namespace hashimichi::app {

/// The search in the menu bar: a line to type into and, under it, what was found. Down, up, page and Home/End move,
/// Enter goes there, Esc closes; Ctrl+F comes here from anywhere.
class SearchBox {
 public:
  /// @param left, right  the room in the menu bar, window pixels; nothing is drawn where it is too narrow
  void draw(const ViewModel& view, CommandQueue& out, float left, float right, float scale);
  /// The next frame's keys go here.
  void focus() { wants_focus_ = true; }

  bool listOpen() const { return open_; }
  std::size_t chosen() const { return chosen_; }

 private:
  void line(const ViewModel& view, CommandQueue& out, float width);
  void keys(const ViewModel& view, CommandQueue& out);
  void list(const ViewModel& view, CommandQueue& out, float left, float width, float scale);
  void rows(const ViewModel& view, CommandQueue& out, float scale);
  void show(const ViewModel& view, CommandQueue& out, std::size_t index);

  std::string text_, said_;
  std::size_t chosen_ = 0;
  bool open_ = false, wants_focus_ = false, active_ = false, hovered_ = false, moved_ = false;
};

}  // namespace hashimichi::app
