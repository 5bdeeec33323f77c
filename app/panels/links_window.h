#pragma once
#include <filesystem>
#include <string>

#include "app/session/view_model.h"

namespace hashimichi::app {

/// Files that the project names and that are gone, and where they are now: a person names one file or a folder, and all
/// that is found there is mended at once.
class LinksWindow {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);

 private:
  void drawList(const ViewModel& view, float height);
  void drawRepair(const ViewModel& view, CommandQueue& out, float scale);

  std::filesystem::path chosen_;
  std::string found_;
};

}  // namespace hashimichi::app
