#pragma once
#include <string>
#include <string_view>

namespace hashimichi::find {

/// A text as the search compares it, so that what people type and what records hold meet: full and half width, case,
/// katakana and hiragana (ﾊﾞｼ = ばし), voiced sounds (はし = ばし), small kana (っ = つ), long vowels (ー), rare and
/// old forms of kanji (髙﨑槗 = 高崎橋, 澤 = 沢), kanji numbers before 丁目, 番 and 号 (一丁目2番3号 = 1-2-3), all
/// dashes, spaces and middle dots. Valid UTF-8 in, valid UTF-8 out; bytes that are none are kept as they are. Pure.
std::string fold(std::string_view utf8);

/// Bytes of the UTF-8 character that begins with this byte; 1 for a byte that begins none.
std::size_t characterBytes(char first);
/// How many characters.
std::size_t characterCount(std::string_view utf8);

}  // namespace hashimichi::find
