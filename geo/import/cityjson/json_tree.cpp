#include "geo/import/cityjson/json_tree.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <limits>

#include "geo/import/cityjson/limits.h"

namespace hashimichi::import::cityjson {
namespace {

constexpr char32_t replacement = 0xFFFD;

void appendUtf8(std::string& text, char32_t c) {
  const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) return put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
  if (c < 0x10000) return put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
}

/// The four digits after "\u"; nothing when they are not there.
std::optional<char32_t> hexAt(std::string_view raw, std::size_t at) {
  if (at + 4 > raw.size()) return std::nullopt;
  unsigned value = 0;
  const auto [end, error] = std::from_chars(raw.data() + at, raw.data() + at + 4, value, 16);
  if (error != std::errc{} || end != raw.data() + at + 4) return std::nullopt;
  return static_cast<char32_t>(value);
}

/// After "\u": one or, for characters beyond the first plane, two escapes. `at` moves behind them.
char32_t unicodeAt(std::string_view raw, std::size_t& at) {
  const auto first = hexAt(raw, at);
  if (!first) return replacement;
  at += 4;
  if (*first < 0xD800 || *first > 0xDFFF) return *first;
  if (*first > 0xDBFF || raw.substr(at, 2) != "\\u") return replacement;
  const auto second = hexAt(raw, at + 2);
  if (!second || *second < 0xDC00 || *second > 0xDFFF) return replacement;
  at += 6;
  return 0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00);
}

char plainEscape(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    default:
      return c;
  }
}

bool endsWord(char c) {
  return c == ',' || c == ']' || c == '}' || c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool looksLikeNumber(std::string_view word) {
  if (word == "NaN" || word == "Infinity" || word == "-Infinity") return true;
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  return end == word.data() + word.size() && error != std::errc::invalid_argument &&
         (word[0] == '-' || (word[0] >= '0' && word[0] <= '9'));
}

}  // namespace

std::string unescaped(std::string_view raw) {
  if (raw.find('\\') == raw.npos) return std::string(raw);
  std::string text;
  for (std::size_t at = 0; at < raw.size();) {
    const char c = raw[at++];
    if (c != '\\' || at >= raw.size()) {
      text.push_back(c);
    } else if (raw[at] == 'u') {
      appendUtf8(text, unicodeAt(raw, ++at));
    } else {
      text.push_back(plainEscape(raw[at++]));
    }
  }
  return text;
}

/// Fills a tree in one pass without recursion.
class JsonParser {
 public:
  JsonParser(std::string_view text, std::vector<JsonTree::Node>& nodes) : text_(text), nodes_(nodes) {}

  std::optional<JsonFault> run() {
    skipSpace();
    if (!value()) return fault_;
    while (!open_.empty())
      if (!step()) return fault_;
    skipSpace();
    if (at_ < text_.size() && !fail("Something follows the end of the value.")) return fault_;
    return std::nullopt;
  }

 private:
  bool fail(std::string what, const char* code = "json.broken") {
    fault_ = {at_, code, std::move(what)};
    return false;
  }
  void skipSpace() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
      ++at_;
  }
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  /// What comes next inside the innermost array or object.
  bool step() {
    const std::uint32_t parent = open_.back();
    const bool in_object = nodes_[parent].type == JsonType::object;
    skipSpace();
    if (here() == (in_object ? '}' : ']')) {
      ++at_;
      nodes_[parent].end = static_cast<std::uint32_t>(nodes_.size());
      open_.pop_back();
      return true;
    }
    if (nodes_[parent].count > 0) {
      if (here() != ',') return fail(at_ < text_.size() ? "A comma is missing." : "The text ends too early.");
      ++at_;
      skipSpace();
    }
    ++nodes_[parent].count;
    return in_object ? member() : value();
  }

  bool member() {
    if (here() != '"') return fail(at_ < text_.size() ? "A member has no name." : "The text ends too early.");
    std::uint32_t key_at = 0, key_length = 0;
    if (!quoted(key_at, key_length)) return false;
    skipSpace();
    if (here() != ':') return fail("A colon is missing.");
    ++at_;
    skipSpace();
    const std::size_t node = nodes_.size();
    if (!value()) return false;
    nodes_[node].key_at = key_at;
    nodes_[node].key_length = key_length;
    return true;
  }

  bool value() {
    if (at_ >= text_.size()) return fail("The text ends too early.");
    if (nodes_.size() >= value_count_limit)
      return fail(fmt::format("It holds more than {} values.", value_count_limit), "json.too_many");
    const auto self = static_cast<std::uint32_t>(nodes_.size());
    nodes_.emplace_back();
    JsonTree::Node& node = nodes_.back();
    node.end = self + 1;
    const char c = here();
    if (c == '{' || c == '[') {
      node.type = c == '{' ? JsonType::object : JsonType::array;
      if (open_.size() >= nesting_limit)
        return fail(fmt::format("It is nested deeper than {} levels.", nesting_limit), "json.depth");
      open_.push_back(self);
      ++at_;
      return true;
    }
    if (c == '"') {
      node.type = JsonType::text;
      return quoted(node.at, node.length);
    }
    return word(node);
  }

  bool quoted(std::uint32_t& from, std::uint32_t& length) {
    from = static_cast<std::uint32_t>(++at_);
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == '"') {
        length = static_cast<std::uint32_t>(at_++ - from);
        return true;
      }
    }
    return fail("A text has no end.");
  }

  bool word(JsonTree::Node& node) {
    const std::size_t from = at_;
    while (at_ < text_.size() && !endsWord(text_[at_])) ++at_;
    const std::string_view word = text_.substr(from, at_ - from);
    node.at = static_cast<std::uint32_t>(from);
    node.length = static_cast<std::uint32_t>(word.size());
    if (word == "null")
      node.type = JsonType::null;
    else if (word == "true" || word == "false")
      node.type = JsonType::boolean;
    else if (isShortWhole(word) || (!word.empty() && looksLikeNumber(word)))
      node.type = JsonType::number;
    else
      return at_ = from, fail(fmt::format("\"{}\" is no value.", word.substr(0, 40)));
    return true;
  }

  /// Nearly every value of a city is a vertex number.
  static bool isShortWhole(std::string_view word) {
    if (word.empty() || word.size() > 10) return false;
    for (const char c : word)
      if (c < '0' || c > '9') return false;
    return true;
  }

  std::string_view text_;
  std::vector<JsonTree::Node>& nodes_;
  std::vector<std::uint32_t> open_;
  std::size_t at_ = 0;
  JsonFault fault_;
};

std::optional<JsonFault> JsonTree::parse(std::string_view text) {
  nodes_.clear();
  text_ = text;
  if (text.size() > value_bytes_limit)
    return JsonFault{0, "json.too_large", fmt::format("It is larger than {} MiB.", value_bytes_limit >> 20)};
  std::optional<JsonFault> fault = JsonParser(text, nodes_).run();
  if (fault) nodes_.clear();
  return fault;
}

JsonType JsonValue::type() const {
  return tree_ ? tree_->nodes_[node_].type : JsonType::null;
}

std::string_view JsonValue::raw() const {
  if (!tree_) return {};
  const JsonTree::Node& node = tree_->nodes_[node_];
  return tree_->textAt(node.at, node.length);
}

double JsonValue::number() const {
  double value = std::numeric_limits<double>::quiet_NaN();
  if (!is(JsonType::number)) return value;
  const std::string_view word = raw();
  if (std::from_chars(word.data(), word.data() + word.size(), value).ec != std::errc{})
    return std::numeric_limits<double>::quiet_NaN();
  return value;
}

std::optional<std::uint32_t> JsonValue::index() const {
  if (!is(JsonType::number)) return std::nullopt;
  const std::string_view word = raw();
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return value;
}

bool JsonValue::isTrue() const {
  return is(JsonType::boolean) && raw() == "true";
}

std::string JsonValue::text() const {
  return is(JsonType::text) ? unescaped(raw()) : std::string(raw());
}

std::uint32_t JsonValue::size() const {
  return tree_ ? tree_->nodes_[node_].count : 0;
}

std::string JsonValue::key() const {
  if (!tree_) return {};
  const JsonTree::Node& node = tree_->nodes_[node_];
  return unescaped(tree_->textAt(node.key_at, node.key_length));
}

bool JsonValue::hasKey(std::string_view asked) const {
  if (!tree_) return false;
  const JsonTree::Node& node = tree_->nodes_[node_];
  return tree_->textAt(node.key_at, node.key_length) == asked;
}

JsonValue JsonValue::operator[](std::string_view asked) const {
  if (is(JsonType::object))
    for (const JsonValue member : *this)
      if (member.hasKey(asked)) return member;
  return {};
}

JsonValue::Iterator& JsonValue::Iterator::operator++() {
  node_ = tree_->nodes_[node_].end;
  return *this;
}

JsonValue::Iterator JsonValue::begin() const {
  return size() > 0 ? Iterator(tree_, node_ + 1) : end();
}

JsonValue::Iterator JsonValue::end() const {
  return tree_ ? Iterator(tree_, tree_->nodes_[node_].end) : Iterator(nullptr, 0);
}

}  // namespace hashimichi::import::cityjson
