#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace hashimichi::app {

/// A piece of the user guide: the little of Markdown that it is written in.
struct GuideBlock {
  enum class Kind { heading, paragraph, item, code, table, picture };
  Kind kind = Kind::paragraph;
  int level = 0;                               ///< of a heading: 1 … 3
  std::string text;                            ///< of a picture: its words
  std::string path;                            ///< of a picture: relative to the guide
  std::vector<std::vector<std::string>> rows;  ///< of a table, the head first
};

/// Marks of emphasis and code inside a line are taken off; a link keeps its words. Lines of a paragraph are joined:
/// with a blank between words, without one between Japanese letters.
std::vector<GuideBlock> guideBlocks(std::string_view markdown);

}  // namespace hashimichi::app
