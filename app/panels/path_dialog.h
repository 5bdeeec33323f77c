#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "app/session/path_purpose.h"
#include "app/session/view_model.h"

namespace hashimichi::app {

/// A small window that asks for a path (typed or pasted) and says the command that wanted it.
class PathDialog {
 public:
  /// Fills in a sensible path beside the open project.
  void open(PathPurpose purpose, const ViewModel& view);
  bool isOpen() const { return purpose_.has_value(); }
  void draw(const ViewModel& view, CommandQueue& out, float scale);

 private:
  void drawFields(const ViewModel& view, float scale);
  void drawImportFields(const ViewModel& view, float scale);
  void confirm(CommandQueue& out);

  std::optional<PathPurpose> purpose_;
  bool fresh_ = false;
  std::string path_, project_, source_crs_;
  int encoding_ = 0;  ///< 0 = find out, 1 = UTF-8, 2 = CP932
};

/// "~/x" → the home folder's x; quotes and blanks around a pasted path are taken off.
std::filesystem::path pathFromTyped(std::string typed);

}  // namespace hashimichi::app
