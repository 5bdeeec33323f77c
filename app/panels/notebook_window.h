#pragma once
#include <imgui.h>

#include <optional>
#include <string>

#include "app/session/view_model.h"

namespace hashimichi::app {

/// Notes and viewpoints of the project, and the card that asks for a new note's words after a click with the note tool.
class NotebookWindow {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);

 private:
  void drawNotes(const ViewModel& view, CommandQueue& out, float scale);
  void drawSelectedNote(const ViewModel& view, CommandQueue& out, float scale);
  void drawViewpoints(const ViewModel& view, CommandQueue& out, float scale);
  void drawQuestion(const ViewModel& view, CommandQueue& out, float scale);
  void answer(const ViewModel& view, CommandQueue& out);

  // What is being typed; it becomes an edit when the person is done.
  std::string edited_note_, edited_text_;
  std::string edited_viewpoint_, edited_name_, new_name_;
  std::optional<Vec3d> asked_;  ///< where the words of a new note are asked for
  std::optional<model::AssetRef> asked_asset_;
  ImVec2 asked_at_{};  ///< of the mouse, then
  std::string new_text_;
  int frames_since_asked_ = 0;
};

}  // namespace hashimichi::app
