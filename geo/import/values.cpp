#include "geo/import/values.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "geo/core/date_time.h"
#include "geo/core/text.h"

namespace hashimichi::import {
namespace {

template <std::size_t n>
bool isOneOf(std::string_view text, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::string level(std::string_view utf8) {
  const std::string normal = toLower(normalizeWidth(utf8));
  return std::string(trim(normal));
}

/// Digits, other Latin letters than x and n, and ideographs but 欠 begin no blank cell; that settles most cells.
bool beginsWithContent(std::string_view utf8) {
  const char c = utf8.front();
  if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
    return c != 'x' && c != 'X' && c != 'n' && c != 'N';
  return c >= '\xE4' && c <= '\xE9' && !utf8.starts_with("欠");
}

}  // namespace

bool isBlankCell(std::string_view utf8) {
  if (utf8.empty()) return true;
  if (beginsWithContent(utf8)) return false;
  static constexpr std::array<std::string_view, 15> blanks{"",  "-",   "--", "---",  "―",    "‐",  "ー", "×",
                                                           "x", "///", "//", "欠測", "null", "na", "n/a"};
  return isOneOf(level(utf8), blanks);
}

std::optional<bool> yesNoFrom(std::string_view utf8) {
  static constexpr std::array<std::string_view, 13> yes{"1",    "有",   "あり", "有り", "○",    "◯", "〇",
                                                        "該当", "指定", "yes",  "y",    "true", "t"};
  static constexpr std::array<std::string_view, 13> no{"0",  "無", "なし",  "無し", "×", "非該当", "指定なし",
                                                       "no", "n",  "false", "f",    "-", "―"};
  const std::string text = level(utf8);
  if (isOneOf(text, yes)) return true;
  if (isOneOf(text, no)) return false;
  return std::nullopt;
}

std::optional<int> emergencyRouteFrom(std::string_view utf8) {
  const std::string text = level(utf8);
  static constexpr std::array<std::string_view, 8> none{"0", "なし", "無", "無し", "対象外", "指定なし", "no", "none"};
  if (isOneOf(text, none)) return 0;
  struct Form {
    std::string_view text;
    int value;
  };
  static constexpr std::array<Form, 6> forms{
      {{"1次", 1}, {"2次", 2}, {"3次", 3}, {"一次", 1}, {"二次", 2}, {"三次", 3}}};
  for (const Form& form : forms)
    if (text.find(form.text) != std::string::npos) return form.value;
  if (text.size() == 1 && text[0] >= '1' && text[0] <= '3') return text[0] - '0';
  return std::nullopt;
}

std::optional<double> degreesFrom(std::string_view utf8) {
  if (const std::optional<double> plain = parseNumber(utf8)) return plain;
  const std::string text = level(utf8);
  std::array<double, 3> part{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] < '0' || text[i] > '9') {
      ++i;
      continue;
    }
    if (count == part.size()) return std::nullopt;
    const auto [end, error] =
        std::from_chars(text.data() + i, text.data() + text.size(), part[count++], std::chars_format::fixed);
    if (error != std::errc{}) return std::nullopt;
    i = static_cast<std::size_t>(end - text.data());
  }
  if (count < 2 || part[1] >= 60 || part[2] >= 60) return std::nullopt;
  const bool negative = text.find_first_of("sw") != std::string::npos || text.starts_with('-');
  const double degrees = part[0] + part[1] / 60 + part[2] / 3600;
  return negative ? -degrees : degrees;
}

std::optional<int> yearFrom(std::string_view utf8) {
  const std::optional<Date> date = parseJapaneseDate(utf8);
  return date ? std::optional(date->year) : std::nullopt;
}

std::optional<double> amountFrom(std::string_view utf8, double factor) {
  constexpr double sentinel = 9999;  // 9999, 99999 … stand for "unknown" in many registers
  const std::optional<double> number = parseNumber(utf8);
  if (!number || *number < 0) return std::nullopt;
  const bool all_nines = *number >= sentinel && trim(utf8).find_first_not_of("9.0") == std::string_view::npos;
  if (all_nines) return std::nullopt;
  return *number * factor;
}

}  // namespace hashimichi::import
