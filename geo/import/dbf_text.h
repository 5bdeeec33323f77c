#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "geo/core/text.h"

namespace hashimichi::import {

/// In which encoding a Shapefile says that its DBF is written; both signs are often missing or wrong.
struct DbfClaim {
  std::string cpg;                   ///< content of the .cpg, trimmed; empty when there is none
  std::optional<Encoding> encoding;  ///< what the .cpg, else the language byte of the DBF says
  bool unknown_name = false;         ///< the .cpg names an encoding that is neither UTF-8 nor CP932
};
DbfClaim dbfClaim(const std::filesystem::path& shp);

/// "UTF-8", "65001", "Shift_JIS", "CP932", "932", "Windows-31J" …; nothing for others.
std::optional<Encoding> encodingFromName(std::string_view name);

/// Finds the encoding from the bytes themselves: UTF-8 when all of them are, else CP932.
class EncodingSniffer {
 public:
  void add(std::string_view bytes);
  bool onlyAscii() const { return only_ascii_; }
  /// Whether everything seen can be read in this encoding.
  bool fits(Encoding encoding) const { return encoding == Encoding::utf8 ? utf8_ : cp932_; }

 private:
  bool only_ascii_ = true, utf8_ = true, cp932_ = true;
};

/// Text in UTF-8. A last character that a fixed column cut in half is left out; nothing when it is not this encoding.
std::optional<std::string> decodeCell(std::string_view bytes, Encoding encoding);

}  // namespace hashimichi::import
