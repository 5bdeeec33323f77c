#include "geo/import/citygml/plain_xml.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include "geo/import/citygml/limits.h"

namespace hashimichi::import::citygml {
namespace {

/// What a byte may need beside being passed over.
enum : std::uint8_t {
  stops_text = 1,   ///< < & ] line ends, control characters, the bytes of other letters than ASCII
  stops_value = 2,  ///< the same for attribute values: quotes and white space other than the blank, but not ]
  in_name = 4,
  begins_name = 8,
  blank = 16,
};
constexpr std::array<std::uint8_t, 256> makeClasses() {
  std::array<std::uint8_t, 256> classes{};
  for (int c = 0; c < 0x20; ++c) classes[static_cast<std::size_t>(c)] = stops_text | stops_value;
  for (int c = 0x80; c < 0x100; ++c) classes[static_cast<std::size_t>(c)] = stops_text | stops_value;
  for (const char c : {'<', '&'}) classes[static_cast<std::size_t>(c)] = stops_text | stops_value;
  for (const char c : {'"', '\''}) classes[static_cast<std::size_t>(c)] = stops_value;
  classes[']'] = stops_text;
  classes['\t'] = stops_value;
  for (const char c : {' ', '\t', '\n', '\r'}) classes[static_cast<std::size_t>(c)] |= blank;
  for (int c = 'a'; c <= 'z'; ++c) classes[static_cast<std::size_t>(c)] = in_name | begins_name;
  for (int c = 'A'; c <= 'Z'; ++c) classes[static_cast<std::size_t>(c)] = in_name | begins_name;
  for (int c = '0'; c <= '9'; ++c) classes[static_cast<std::size_t>(c)] = in_name;
  for (const char c : {'-', '.', ':'}) classes[static_cast<std::size_t>(c)] = in_name;
  classes['_'] = in_name | begins_name;
  return classes;
}
constexpr std::array<std::uint8_t, 256> classes = makeClasses();
bool is(char c, std::uint8_t what) {
  return (classes[static_cast<unsigned char>(c)] & what) != 0;
}

/// Past one character of two to four bytes as UTF-8 and XML allow it; nullptr when it is none. U+FFFE and U+FFFF are
/// no characters of XML.
const char* pastCharacter(const char* at, const char* end) {
  const auto byte = [&](int i) { return static_cast<unsigned char>(at[i]); };
  const auto follows = [&](int i, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(i) >= low && byte(i) <= high;
  };
  const std::ptrdiff_t room = end - at;
  const unsigned lead = byte(0);
  if (lead >= 0xC2 && lead <= 0xDF) return room >= 2 && follows(1) ? at + 2 : nullptr;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (room < 3 || !follows(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF) || !follows(2)) return nullptr;
    return lead == 0xEF && byte(1) == 0xBF && byte(2) > 0xBD ? nullptr : at + 3;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (room < 4 || !follows(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF)) return nullptr;
    return follows(2) && follows(3) ? at + 4 : nullptr;
  }
  return nullptr;
}

/// The ways in which the tools of this field declare XML in UTF-8; every other one is left to Expat.
std::size_t declarationBytes(std::string_view text) {
  constexpr std::string_view ways[] = {"<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
                                       "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
                                       "<?xml version='1.0' encoding='UTF-8'?>",
                                       "<?xml version='1.0' encoding='utf-8'?>",
                                       "<?xml version=\"1.0\"?>",
                                       "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>",
                                       "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>"};
  for (const std::string_view way : ways)
    if (text.starts_with(way)) return way.size();
  return 0;
}

class PlainReader {
 public:
  PlainReader(NameTable& names, XmlHandler& handler, std::uint64_t line)
      : names_(names), handler_(handler), line_(line) {}

  bool read(const XmlPiece& piece) {
    std::string_view text = piece.text;
    if (piece.first) {
      if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
      text.remove_prefix(declarationBytes(text));
    } else {
      const std::uint64_t line = line_;
      if (!content(piece.root_tag) || open_.size() != 1) return false;
      line_ = line;
    }
    if (!content(text)) return false;
    if (piece.last) return open_.empty() && seen_root_;
    return open_.size() == 1 && open_.back() == piece.root_name && leave();
  }
  const std::string& undeclared() const { return names_.undeclared(); }

 private:
  /// Text and tags until the end.
  bool content(std::string_view text) {
    at_ = text.data(), end_ = at_ + text.size();
    while (at_ != end_)
      if (*at_ == '<' ? !markup() : !characters()) return false;
    return true;
  }

  /// Up to the next tag. Around the root there is white space only.
  bool characters() {
    const char* begin = at_;
    if (open_.empty()) {
      while (at_ != end_ && is(*at_, blank)) pass();
      return at_ == end_ || *at_ == '<';
    }
    while (at_ != end_ && *at_ != '<') {
      if (!is(*at_, stops_text)) {
        ++at_;
      } else if (*at_ == '\n') {
        pass();
      } else if (*at_ == '\r') {  // CR LF is one LF to XML, and no other CR is in a piece
        tell(begin, at_++);
        begin = at_;
      } else if (*at_ == '&') {
        tell(begin, at_);
        if (!entity()) return false;
        begin = at_;
      } else if (*at_ == ']') {
        if (std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with("]]>")) return false;
        ++at_;
      } else if (!other()) {
        return false;
      }
    }
    tell(begin, at_);
    return true;
  }

  void tell(const char* begin, const char* end) {
    if (begin != end) handler_.text({begin, static_cast<std::size_t>(end - begin)});
  }

  bool entity() {
    constexpr std::pair<std::string_view, std::string_view> entities[] = {
        {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}};
    const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
    for (const auto& [written, meant] : entities)
      if (rest.starts_with(written)) return at_ += written.size(), handler_.text(meant), true;
    return false;
  }

  /// A letter beyond ASCII; no control character.
  bool other() {
    const char* past = pastCharacter(at_, end_);
    if (past) at_ = past;
    return past != nullptr;
  }

  void pass() {
    if (*at_++ == '\n') ++line_;
  }
  bool blanks() {
    const char* begin = at_;
    while (at_ != end_ && is(*at_, blank)) pass();
    return at_ != begin;
  }
  bool take(char c) { return at_ != end_ && *at_ == c && (++at_, true); }
  std::string_view name() {
    const char* begin = at_;
    if (at_ == end_ || !is(*at_, begins_name)) return {};
    while (at_ != end_ && is(*at_, in_name)) ++at_;
    return {begin, static_cast<std::size_t>(at_ - begin)};
  }

  bool markup() {
    const std::uint64_t line = line_;
    ++at_;
    if (at_ == end_) return false;
    if (*at_ == '/') return endTag();
    return *at_ == '!' ? comment() : startTag(line);
  }

  bool comment() {
    if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with("!--")) return false;
    for (at_ += 3; at_ != end_;) {
      if (*at_ == '-' && at_ + 1 != end_ && at_[1] == '-') return at_ += 2, take('>');
      if (static_cast<unsigned char>(*at_) >= 0x80) {
        if (!other()) return false;
      } else if (static_cast<unsigned char>(*at_) < 0x20 && !is(*at_, blank)) {
        return false;
      } else {
        pass();
      }
    }
    return false;
  }

  bool endTag() {
    ++at_;
    if (open_.empty()) return false;
    const std::string_view open = open_.back();
    if (static_cast<std::size_t>(end_ - at_) <= open.size() || std::memcmp(at_, open.data(), open.size()) != 0)
      return false;
    at_ += open.size();
    if (*at_ != '>') blanks();
    return take('>') && leave();
  }

  bool leave() {
    names_.leave(open_.size());
    open_.pop_back();
    handler_.end();
    return !handler_.satisfied();
  }

  bool startTag(std::uint64_t line) {
    const std::string_view element = name();
    if (element.empty() || open_.size() >= nesting_limit || (open_.empty() && seen_root_)) return false;
    seen_root_ = true;
    raw_.clear();
    bool closed = false;
    while (true) {
      const bool apart = blanks();
      if (take('>')) break;
      if (take('/')) {
        closed = true;
        if (!take('>')) return false;
        break;
      }
      if (!apart || !attribute()) return false;
    }
    open_.push_back(element);
    enter(element, line);
    if (names_.full() || handler_.satisfied()) return false;
    return !closed || leave();
  }

  bool attribute() {
    constexpr std::size_t most = 100;  // to be compared with each other
    const std::string_view key = name();
    const auto same = [&](const auto& other) { return other.first == key; };
    if (key.empty() || raw_.size() >= most || std::any_of(raw_.begin(), raw_.end(), same)) return false;
    blanks();
    if (!take('=')) return false;
    blanks();
    if (at_ == end_ || (*at_ != '"' && *at_ != '\'')) return false;
    const char quote = *at_++;
    const char* begin = at_;
    while (at_ != end_ && *at_ != quote) {
      if (!is(*at_, stops_value) || *at_ == '"' || *at_ == '\'')
        ++at_;
      else if (static_cast<unsigned char>(*at_) < 0x80 || !other())
        return false;
    }
    if (at_ == end_) return false;
    raw_.emplace_back(key, std::string_view(begin, static_cast<std::size_t>(at_ - begin)));
    ++at_;
    return true;
  }

  void enter(std::string_view element, std::uint64_t line) {
    for (const auto& [key, value] : raw_) names_.bindAttribute(key, value, open_.size());
    attributes_.clear();
    for (const auto& [key, value] : raw_) attributes_.push_back({names_.attribute(key), value});
    handler_.start(names_.element(element), attributes_, line);
  }

  Namespaces names_;
  XmlHandler& handler_;
  std::uint64_t line_;
  const char *at_ = nullptr, *end_ = nullptr;
  std::vector<std::string_view> open_;
  std::vector<std::pair<std::string_view, std::string_view>> raw_;
  std::vector<XmlAttribute> attributes_;
  bool seen_root_ = false;
};

}  // namespace

bool readPlainPiece(const XmlPiece& piece, NameTable& names, XmlHandler& handler, std::string& undeclared_prefix) {
  PlainReader reader(names, handler, piece.line);
  const bool read = reader.read(piece);
  undeclared_prefix = reader.undeclared();
  return read;
}

}  // namespace hashimichi::import::citygml
