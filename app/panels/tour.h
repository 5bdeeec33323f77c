#pragma once
#include <imgui.h>

#include <optional>

#include "app/desktop/theme.h"
#include "app/session/view_model.h"

namespace hashimichi::app {

/// The first run: language and mouse, then five steps over the demo town, from looking round to a printed map. A step
/// is ticked when the person has done it; nobody is held up: every step can be passed over, the tour left at any time.
class Tour {
 public:
  static constexpr int steps = 5;

  /// @param position  of the view, in whose upper left corner the steps stand
  void draw(const ViewModel& view, CommandQueue& out, ImVec2 position, ImVec2 size, float scale);
  /// Whether what the present step asks for has been done.
  bool stepDone(const ViewModel& view) const;
  /// The button that leads on, in window pixels: for scripts and tests that click at real places. Size 0: none is
  /// shown.
  ImVec4 button() const { return button_; }
  /// Called every frame: how things stood when a step began.
  void follow(const ViewModel& view);

 private:
  bool leads(const char* words, const Palette& colours);
  void drawQuestions(const ViewModel& view, CommandQueue& out, float scale);
  void drawStep(const ViewModel& view, CommandQueue& out, int step, float scale);

  std::optional<int> step_;
  render::CameraPose camera_;
  Instant time_;
  bool map_written_ = false;
  ImVec4 button_{};  ///< x, y, width, height
};

}  // namespace hashimichi::app
