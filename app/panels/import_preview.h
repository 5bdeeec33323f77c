#pragma once
#include <string>

#include "app/session/view_model.h"

namespace hashimichi::app {

/// What an import would read, before it does: files, formats, types, levels of detail, place; and what of it is wanted.
class ImportPreview {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);

 private:
  void drawProblems(const ViewModel& view) const;
  void drawFiles(const ViewModel& view, float scale) const;
  void drawChoice(const ViewModel& view, float scale);
  void drawReading(const ViewModel& view, float scale);
  void drawMap(const ViewModel& view, float scale);

  std::shared_ptr<const PendingImport> shown_;
  ImportChoice choice_;
  bool dragging_ = false;
  double from_lon_ = 0, from_lat_ = 0;  ///< where the rectangle on the map was begun
};

/// "12.3 MB"
std::string sizeText(std::uint64_t bytes);

}  // namespace hashimichi::app
