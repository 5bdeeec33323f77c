#pragma once
#include "app/session/desk.h"

namespace hashimichi::app {

/// Search, and what is known at a place.
class FindDesk {
 public:
  explicit FindDesk(DeskTools tools) : tools_(std::move(tools)) {}

  void apply(const FindCommand& command);
  /// Another project, or the same one with another model, is shown now.
  void opened(bool same_place);

 private:
  DeskTools tools_;
};

}  // namespace hashimichi::app
