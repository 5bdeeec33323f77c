#include "app/widgets/guide_text.h"

#include <algorithm>
#include <utility>

namespace hashimichi::app {
namespace {

/// Stars of emphasis, back-quotes of code, and the address behind a link's words.
std::string plain(std::string_view line) {
  std::string text;
  bool code = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '`') {
      code = !code;
    } else if (code) {
      text += c;
    } else if (c == '*') {
      continue;
    } else if (c == '[' && line.find("](", i) != std::string_view::npos) {
      const std::size_t middle = line.find("](", i), end = line.find(')', middle);
      text += line.substr(i + 1, middle - i - 1);
      i = end == std::string_view::npos ? line.size() : end;
    } else {
      text += c;
    }
  }
  return text;
}

std::string_view trimmed(std::string_view line) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!line.empty() && blank(line.front())) line.remove_prefix(1);
  while (!line.empty() && blank(line.back())) line.remove_suffix(1);
  return line;
}

std::vector<std::string> cellsOf(std::string_view line) {
  std::vector<std::string> cells;
  line.remove_prefix(1);
  if (line.ends_with('|')) line.remove_suffix(1);
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find('|', at), line.size());
    cells.push_back(plain(trimmed(line.substr(at, end - at))));
    at = end + 1;
  }
  return cells;
}

bool isRule(std::string_view line) {
  return std::ranges::all_of(line, [](char c) { return c == '|' || c == '-' || c == ':' || c == ' '; });
}

/// The next line of a paragraph behind what there is of it.
void join(std::string& text, std::string_view more) {
  const auto wide = [](char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; };
  if (!text.empty() && !more.empty() && !(wide(text.back()) && wide(more.front()))) text += ' ';
  text += more;
}

class Reader {
 public:
  std::vector<GuideBlock> blocks;

  void line(std::string_view raw) {
    const bool was_row = std::exchange(after_row_, false);
    if (raw.starts_with("```")) {
      in_code_ = !in_code_, open_ = false;
      if (in_code_) add(GuideBlock::Kind::code, {});
      return;
    }
    if (in_code_) {
      std::string& text = blocks.back().text;
      text += (text.empty() ? "" : "\n") + std::string(raw);
      return;
    }
    const std::string_view line = trimmed(raw);
    if (line.empty())
      open_ = false;
    else if (line.starts_with('#'))
      heading(line);
    else if (line.starts_with("!["))
      picture(line);
    else if (line.starts_with('|'))
      row(line, was_row);
    else if (line.starts_with("* ") || line.starts_with("- "))
      add(GuideBlock::Kind::item, plain(line.substr(2)));
    else if (open_)
      join(blocks.back().text, plain(line));
    else
      add(GuideBlock::Kind::paragraph, plain(line));
  }

 private:
  void add(GuideBlock::Kind kind, std::string text) {
    GuideBlock block;
    block.kind = kind, block.text = std::move(text);
    blocks.push_back(std::move(block));
    open_ = kind == GuideBlock::Kind::paragraph || kind == GuideBlock::Kind::item;
  }
  void heading(std::string_view line) {
    const std::size_t level = std::min(line.find_first_not_of('#'), line.size());
    add(GuideBlock::Kind::heading, plain(trimmed(line.substr(level))));
    blocks.back().level = static_cast<int>(std::min<std::size_t>(level, 3));
  }
  void picture(std::string_view line) {
    const std::size_t middle = line.find("]("), end = line.rfind(')');
    if (middle == std::string_view::npos || end == std::string_view::npos || end < middle) return;
    add(GuideBlock::Kind::picture, plain(line.substr(2, middle - 2)));
    blocks.back().path = line.substr(middle + 2, end - middle - 2);
  }
  void row(std::string_view line, bool goes_on) {
    after_row_ = true;
    if (isRule(line)) return;
    if (!goes_on || blocks.back().kind != GuideBlock::Kind::table) add(GuideBlock::Kind::table, {});
    blocks.back().rows.push_back(cellsOf(line));
  }

  bool in_code_ = false, open_ = false, after_row_ = false;
};

}  // namespace

std::vector<GuideBlock> guideBlocks(std::string_view markdown) {
  Reader reader;
  for (std::size_t at = 0; at < markdown.size();) {
    const std::size_t end = std::min(markdown.find('\n', at), markdown.size());
    reader.line(markdown.substr(at, end - at));
    at = end + 1;
  }
  return std::move(reader.blocks);
}

}  // namespace hashimichi::app
