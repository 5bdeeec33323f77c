#include "geo/import/results/json_elements.h"

#include "geo/core/file.h"

namespace hashimichi::import {
namespace {

constexpr std::size_t crs_limit_bytes = 4096;
/// What broken elements may cost: so often the whole file is looked through again.
constexpr std::uint64_t most_passes = 8;

bool isBlank(int c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

Result<JsonElements> JsonElements::open(const std::filesystem::path& path, const std::string& member) {
  Result<cityjson::ByteSource> source = cityjson::ByteSource::open(path);
  if (!source) return source.error();
  JsonElements elements(std::move(*source));
  if (!elements.enter(member))
    return Error{ErrorCode::bad_input, toUtf8(path),
                 member.empty() ? "The file is no JSON list." : "The file is JSON without a list \"" + member + "\".",
                 "Export it again from its source."};
  return elements;
}

double JsonElements::fraction() const {
  return source_.size() == 0 ? 1 : static_cast<double>(source_.position()) / static_cast<double>(source_.size());
}

void JsonElements::skipBlanks() {
  while (isBlank(source_.peek())) source_.next();
}

bool JsonElements::enter(const std::string& member) {
  if (source_.peek() == 0xEF) source_.seek(3);
  skipBlanks();
  if (member.empty()) return source_.next() == '[';
  if (source_.next() != '{') return false;
  for (;;) {
    skipBlanks();
    if (source_.peek() != '"' || !takeValue()) return false;
    const std::string key = element_.substr(1, element_.size() - 2);
    skipBlanks();
    if (source_.next() != ':') return false;
    skipBlanks();
    if (key == member && source_.peek() == '[') return source_.next() == '[';
    if (!takeValue()) return false;
    if (key == "crs" && element_.size() <= crs_limit_bytes) crs_ = element_;
    skipBlanks();
    if (source_.next() != ',') return false;
  }
}

bool JsonElements::takeValue() {
  element_.clear();
  open_.clear();
  bool quoted = false, escaped = false;
  for (;;) {
    const int c = source_.peek();
    if (c < 0) return false;
    if (!quoted && open_.empty() && !element_.empty() && (c == ',' || c == ']' || c == '}' || c == ':' || isBlank(c)))
      return true;
    if (element_.size() == json_element_limit_bytes) return false;
    element_.push_back(static_cast<char>(source_.next()));
    if (quoted) {
      if (!escaped && c == '"') quoted = false;
      escaped = !escaped && c == '\\';
      if (!quoted && open_.empty()) return true;
      continue;
    }
    if (c == '"') quoted = true;
    if (c == '{' || c == '[') open_.push_back(c == '{' ? '}' : ']');
    if (c != '}' && c != ']') continue;
    if (open_.empty() || open_.back() != c) return false;
    open_.pop_back();
    if (open_.empty()) return true;
  }
}

bool JsonElements::findNewBeginning(std::uint64_t after) {
  lost_bytes_ += source_.position() - after;
  if (lost_bytes_ > most_passes * source_.size()) return false;
  source_.seek(after);
  // The letters of a beginning without its blanks; a '{' anywhere begins the comparison anew.
  std::string seen;
  std::uint64_t begin = 0;
  for (int c = source_.next(); c >= 0; c = source_.next()) {
    if (isBlank(c)) continue;
    if (c == '{') {
      seen.clear();
      begin = source_.position() - 1;
    }
    seen.push_back(static_cast<char>(c));
    constexpr std::string_view feature = "{\"type\":\"Feature\"", packet = "{\"id\":";
    if (seen == feature || seen == packet) {
      source_.seek(begin);
      return true;
    }
    if (!feature.starts_with(seen) && !packet.starts_with(seen)) seen = "-";
  }
  return false;
}

JsonElements::Next JsonElements::next() {
  if (ended_) return {};
  for (skipBlanks(); source_.peek() == ','; skipBlanks()) source_.next();
  const std::uint64_t at = source_.position();
  if (source_.peek() == ']' || source_.peek() < 0) {
    ended_ = true;
    cut_off_ = source_.peek() < 0;
    return {};
  }
  if (takeValue()) return {Kind::element, element_, index_++, at};
  if (!findNewBeginning(at + 1)) ended_ = cut_off_ = true;
  return {Kind::broken, {}, index_++, at};
}

}  // namespace hashimichi::import
