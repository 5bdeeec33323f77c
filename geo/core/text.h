#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hashimichi {

/// Languages in which the program speaks: on screen, on paper and in reports.
enum class Language { ja, en };

enum class Encoding { utf8, cp932 };
const char* toString(Encoding encoding);

bool isUtf8(std::string_view bytes);

/// CP932 (Windows-31J, a superset of Shift_JIS that has 髙 and ①) to UTF-8. Nothing when a byte pair is not CP932.
std::optional<std::string> utf8FromCp932(std::string_view bytes);
/// UTF-8 to CP932. Nothing when a character has no place there (𠮷).
std::optional<std::string> cp932FromUtf8(std::string_view utf8);

/// A text whose encoding had to be found out.
struct Decoded {
  std::string utf8;
  Encoding encoding = Encoding::utf8;
  bool had_bom = false;
};
/// UTF-8 (a BOM is removed) when it is valid UTF-8, else CP932; nothing when it is neither.
std::optional<Decoded> decodeText(std::string_view bytes);

/// Full-width digits, letters, signs and spaces (０-９ Ａ-Ｚ ． － ／ ： 　) to ASCII; everything else as it is.
std::string normalizeWidth(std::string_view utf8);

std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string toLower(std::string_view ascii);
/// For element content and attribute values: & < > and the double quote.
std::string escapeXml(std::string_view utf8);

/// A number as Japanese tables write it: full width, thousands commas, spaces around; nothing when it is not one.
/// Locale-independent; "NaN" and "inf" are not numbers.
std::optional<double> parseNumber(std::string_view utf8);

}  // namespace hashimichi
