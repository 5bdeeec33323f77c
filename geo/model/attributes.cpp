#include "geo/model/attributes.h"

#include <algorithm>
#include <array>

namespace hashimichi::model {
namespace {

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t digitsFrom(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && isDigit(text[end])) ++end;
  return end - at;
}

/// −12, 12.5, 1e-3 as JSON writes numbers, also with a leading "+".
bool isNumber(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const std::size_t whole = digitsFrom(text, at);
  if (whole == 0 || (whole > 1 && text[at] == '0')) return false;
  at += whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = digitsFrom(text, at + 1);
    if (fraction == 0) return false;
    at += 1 + fraction;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    const std::size_t exponent = digitsFrom(text, at);
    if (exponent == 0) return false;
    at += exponent;
  }
  return at == text.size();
}

bool isDate(std::string_view text) {
  return text.size() == 10 && digitsFrom(text, 0) == 4 && text[4] == '-' && digitsFrom(text, 5) == 2 &&
         text[7] == '-' && digitsFrom(text, 8) == 2;
}

}  // namespace

const char* toString(ValueType type) {
  constexpr std::array names{"text", "number", "boolean", "date", "code", "uri"};
  return names[static_cast<std::size_t>(type)];
}

ValueType guessType(std::string_view value) {
  if (isNumber(value)) return ValueType::number;
  if (isDate(value)) return ValueType::date;
  if (value == "true" || value == "false") return ValueType::boolean;
  return ValueType::text;
}

std::string textOf(const Attribute& attribute) {
  std::string text = attribute.value;
  if (!attribute.label.empty()) text += " (" + attribute.label.str() + ")";
  if (!attribute.unit.empty()) text += " " + attribute.unit.str();
  return text;
}

const Attribute* find(const Attributes& attributes, std::string_view name) {
  const auto found =
      std::find_if(attributes.begin(), attributes.end(), [&](const Attribute& a) { return a.name.view() == name; });
  return found == attributes.end() ? nullptr : &*found;
}

std::string textOf(const Attributes& attributes, std::string_view name) {
  const Attribute* found = find(attributes, name);
  return found ? textOf(*found) : std::string();
}

void append(Attributes& attributes, std::string_view name, std::string value) {
  Attribute attribute{name, std::move(value), {}, {}, 0, ValueType::text};
  attribute.type = guessType(attribute.value);
  attributes.push_back(std::move(attribute));
}

}  // namespace hashimichi::model
