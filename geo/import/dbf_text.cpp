#include "geo/import/dbf_text.h"

#include <algorithm>

#include "geo/core/file.h"

namespace hashimichi::import {
namespace {

constexpr std::size_t cpg_limit_bytes = 256;  // one name
constexpr std::size_t language_byte_at = 29;  // in the DBF header

bool isAscii(std::string_view bytes) {
  return std::none_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// Side files come as .cpg and .CPG.
std::optional<std::string> sideFileHead(const std::filesystem::path& shp, const char* lower, const char* upper,
                                        std::size_t bytes) {
  for (const char* extension : {lower, upper}) {
    std::filesystem::path path = shp;
    Result<std::string> head = readHead(path.replace_extension(extension), bytes);
    if (head) return *std::move(head);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Encoding> encodingFromName(std::string_view raw) {
  const std::string name = toLower(raw);
  for (const std::string_view utf8 : {"utf-8", "utf8", "65001"})
    if (name == utf8) return Encoding::utf8;
  for (const std::string_view cp932 :
       {"shift_jis", "shift-jis", "sjis", "cp932", "932", "ms932", "windows-31j", "ansi 932", "shiftjis", "ms_kanji"})
    if (name == cp932) return Encoding::cp932;
  return std::nullopt;
}

DbfClaim dbfClaim(const std::filesystem::path& shp) {
  DbfClaim claim;
  if (const auto cpg = sideFileHead(shp, ".cpg", ".CPG", cpg_limit_bytes)) {
    std::string_view name = *cpg;
    if (name.starts_with("\xEF\xBB\xBF")) name.remove_prefix(3);
    claim.cpg = std::string(trim(name));
    claim.encoding = encodingFromName(claim.cpg);
    claim.unknown_name = !claim.cpg.empty() && !claim.encoding;
    if (claim.encoding) return claim;
  }
  const auto dbf = sideFileHead(shp, ".dbf", ".DBF", language_byte_at + 1);
  if (!dbf || dbf->size() <= language_byte_at) return claim;
  const auto language = static_cast<unsigned char>((*dbf)[language_byte_at]);
  constexpr unsigned char japanese_ms_dos = 0x13, japanese_windows = 0x7B;
  if (language == japanese_ms_dos || language == japanese_windows) claim.encoding = Encoding::cp932;
  return claim;
}

void EncodingSniffer::add(std::string_view bytes) {
  if (isAscii(bytes)) return;
  only_ascii_ = false;
  utf8_ = utf8_ && decodeCell(bytes, Encoding::utf8).has_value();
  cp932_ = cp932_ && decodeCell(bytes, Encoding::cp932).has_value();
}

std::optional<std::string> decodeCell(std::string_view bytes, Encoding encoding) {
  if (isAscii(bytes)) return std::string(bytes);
  const std::size_t longest_cut = encoding == Encoding::utf8 ? 3 : 1;
  for (std::size_t cut = 0; cut <= longest_cut && cut < bytes.size(); ++cut) {
    const std::string_view part = bytes.substr(0, bytes.size() - cut);
    if (encoding == Encoding::utf8 && isUtf8(part)) return std::string(part);
    if (encoding == Encoding::cp932)
      if (std::optional<std::string> text = utf8FromCp932(part)) return text;
    // Only the bytes of a character that was begun may be left out, never whole ASCII ones.
    if (static_cast<unsigned char>(bytes[bytes.size() - 1 - cut]) < 0x80) break;
  }
  return std::nullopt;
}

}  // namespace hashimichi::import
