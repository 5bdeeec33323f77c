#pragma once
#include "app/session/desk.h"

namespace hashimichi::app {

/// Notes, viewpoints and the list of edits that can be undone.
class EditDesk {
 public:
  explicit EditDesk(DeskTools tools) : tools_(std::move(tools)) {}

  void apply(const EditCommand& command);
  /// Another project, or the same one with another model, is shown now.
  void opened(bool same_place);

 private:
  DeskTools tools_;
};

}  // namespace hashimichi::app
