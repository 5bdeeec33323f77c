#include "geo/core/text.h"

#include <iconv.h>

#include <charconv>
#include <cmath>
#include <cstdint>

namespace hashimichi {
namespace {

std::optional<std::string> convert(std::string_view bytes, const char* from, const char* to) {
  const iconv_t converter = iconv_open(to, from);
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string result(bytes.size() * 3 + 4, '\0');
  char* in = const_cast<char*>(bytes.data());
  std::size_t in_left = bytes.size();
  char* out = result.data();
  std::size_t out_left = result.size();
  const std::size_t failed = iconv(converter, &in, &in_left, &out, &out_left);
  iconv_close(converter);
  if (failed == static_cast<std::size_t>(-1)) return std::nullopt;
  result.resize(result.size() - out_left);
  return result;
}

/// Length of the UTF-8 character that begins with this byte, 0 when none can.
std::size_t utf8Length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  if (first >= 0xF0 && first < 0xF5) return 4;
  return 0;
}

}  // namespace

const char* toString(Encoding encoding) {
  return encoding == Encoding::utf8 ? "UTF-8" : "CP932";
}

bool isUtf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t length = utf8Length(static_cast<unsigned char>(bytes[i]));
    if (length == 0 || i + length > bytes.size()) return false;
    for (std::size_t k = 1; k < length; ++k)
      if ((static_cast<unsigned char>(bytes[i + k]) & 0xC0) != 0x80) return false;
    i += length;
  }
  return true;
}

std::optional<std::string> utf8FromCp932(std::string_view bytes) {
  return convert(bytes, "CP932", "UTF-8");
}
std::optional<std::string> cp932FromUtf8(std::string_view utf8) {
  return convert(utf8, "UTF-8", "CP932");
}

std::optional<Decoded> decodeText(std::string_view bytes) {
  const bool bom = bytes.starts_with("\xEF\xBB\xBF");
  if (bom) bytes.remove_prefix(3);
  if (isUtf8(bytes)) return Decoded{std::string(bytes), Encoding::utf8, bom};
  if (bom) return std::nullopt;
  std::optional<std::string> utf8 = utf8FromCp932(bytes);
  if (!utf8) return std::nullopt;
  return Decoded{std::move(*utf8), Encoding::cp932, false};
}

std::string normalizeWidth(std::string_view utf8) {
  std::string result;
  result.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size();) {
    const auto b0 = static_cast<unsigned char>(utf8[i]);
    if (b0 >= 0xE0 && b0 < 0xF0 && i + 2 < utf8.size()) {
      const std::uint32_t code = (b0 & 0x0Fu) << 12 | (static_cast<unsigned char>(utf8[i + 1]) & 0x3Fu) << 6 |
                                 (static_cast<unsigned char>(utf8[i + 2]) & 0x3Fu);
      const bool full_width = code >= 0xFF01 && code <= 0xFF5E;  // the ASCII row, shifted
      const bool minus = code == 0x2212 || code == 0x2010;       // − and ‐ stand for - in CP932 tables
      if (full_width)
        result += static_cast<char>(code - 0xFF01 + 0x21);
      else if (code == 0x3000)
        result += ' ';
      else if (minus)
        result += '-';
      else
        result.append(utf8.substr(i, 3));
      i += 3;
      continue;
    }
    result += utf8[i++];
  }
  return result;
}

std::string_view trim(std::string_view text) {
  const char* blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end == std::string_view::npos ? end : end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

std::string toLower(std::string_view ascii) {
  std::string result(ascii);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::string escapeXml(std::string_view utf8) {
  std::string result;
  for (const char c : utf8) {
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '"')
      result += "&quot;";
    else
      result += c;
  }
  return result;
}

std::optional<double> parseNumber(std::string_view utf8) {
  std::string text = normalizeWidth(utf8);
  std::erase(text, ',');
  std::string_view digits = trim(text);
  if (digits.starts_with('+')) digits.remove_prefix(1);
  if (digits.empty()) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace hashimichi
