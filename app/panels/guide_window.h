#pragma once
#include <memory>

#include "app/session/view_model.h"
#include "app/widgets/guide_text.h"

namespace hashimichi::app {

/// The user guide inside the program: headings to jump to on the left, the text on the right.
class GuideWindow {
 public:
  GuideWindow();
  ~GuideWindow();
  GuideWindow(const GuideWindow&) = delete;
  GuideWindow& operator=(const GuideWindow&) = delete;

  void draw(const ViewModel& view, CommandQueue& out, float scale);

 private:
  struct Pictures;
  void read(const ViewModel& view);
  void drawContents(float scale);
  void drawBlock(const ViewModel& view, const GuideBlock& block, std::size_t index, float scale);
  void drawTable(const GuideBlock& block, std::size_t index, const ViewModel& view) const;
  void drawPicture(const ViewModel& view, const GuideBlock& block);

  std::optional<Language> language_;  ///< of what was read
  std::vector<GuideBlock> blocks_;
  std::unique_ptr<Pictures> pictures_;
  std::optional<std::size_t> jump_to_;
};

}  // namespace hashimichi::app
