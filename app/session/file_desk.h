#pragma once
#include "app/session/desk.h"

namespace hashimichi::app {

/// The project as a folder: packing, links, recent ones, recovery.
class FileDesk {
 public:
  explicit FileDesk(DeskTools tools) : tools_(std::move(tools)) {}

  void apply(const FileCommand& command);
  /// Another project, or the same one with another model, is shown now.
  void opened(bool same_place);

 private:
  DeskTools tools_;
};

}  // namespace hashimichi::app
