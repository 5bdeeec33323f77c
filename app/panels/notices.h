#pragma once
#include <imgui.h>

#include <string>
#include <vector>

#include "app/session/view_model.h"

namespace hashimichi::app {

/// What the session has to say, in the lower right corner of the town. What was done fades after a few seconds; what
/// failed stays until it is dismissed and carries an icon and a word, never a colour alone.
class Notices {
 public:
  void draw(const ViewModel& view, CommandQueue& out, ImVec2 position, ImVec2 size, float scale);
  /// One of them is fading: frames are wanted.
  bool fading() const { return fading_; }

 private:
  struct Shown {
    std::string text;
    float age_s = 0;
  };
  void grow(const ViewModel& view);

  std::vector<Shown> shown_;  ///< beside the view's notices, in their order
  bool fading_ = false;
};

}  // namespace hashimichi::app
