#pragma once
#include <cstddef>
#include <istream>
#include <string>

#include "geo/core/result.h"

namespace hashimichi::import {

/// What one pass over the bytes of a text file tells; constant memory.
struct CsvFacts {
  std::size_t size = 0;
  std::size_t longest_line = 0, longest_line_at = 0;  ///< bytes, line number
  std::size_t nul_bytes = 0;
  std::size_t utf8_characters = 0, not_utf8_bytes = 0;  ///< beyond ASCII
  bool utf8_bom = false, utf16_bom = false;
  std::string head;  ///< the first bytes, for the separator

  bool onlyAscii() const { return utf8_characters == 0 && not_utf8_bytes == 0; }
  /// UTF-8, a few damaged characters among many good ones included.
  bool isUtf8() const { return not_utf8_bytes == 0 || not_utf8_bytes * 100 < utf8_characters; }
};

CsvFacts sniffCsv(std::istream& stream);

/// The sign that separates the cells of the first lines: , ; or tab.
char separatorOf(const std::string& head);

}  // namespace hashimichi::import
