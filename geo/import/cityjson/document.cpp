#include "geo/import/cityjson/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <string_view>
#include <unordered_map>

#include "geo/import/cityjson/json_tree.h"
#include "geo/import/cityjson/limits.h"

namespace hashimichi::import::cityjson {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t extra_member_limit = 100;

/// A wish to belong together, by id, until all ids are known.
struct Edge {
  std::string relative;
  std::uint32_t object = 0;
  bool is_parent = false;  ///< the relative is the object's parent; else its child
};

class Scanner {
 public:
  Scanner(ByteSource& source, Progress& progress) : source_(source), progress_(progress) {}

  Document run() {
    skipSpace();
    if (source_.peek() != '{') {
      fail(source_.peek() < 0 ? "The text is empty." : "The text does not begin with \"{\".");
    } else {
      source_.next();
      members([this](const std::string& key) { return topMember(key); });
    }
    relate();
    return std::move(document_);
  }

 private:
  bool fail(std::string what, const char* code = "json.broken") {
    if (!document_.damage) document_.damage = Damage{source_.position(), code, std::move(what)};
    return false;
  }
  bool ended() { return fail("The text ends too early; it was cut off."); }
  void skipSpace() {
    while (true) {
      const int c = source_.peek();
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return;
      source_.next();
    }
  }

  /// Members of an object whose brace has been read; `take` reads the value.
  template <typename Take>
  bool members(Take take) {
    for (bool first = true;; first = false) {
      skipSpace();
      int c = source_.next();
      if (c == '}') return true;
      if (!first) {
        if (c < 0) return ended();
        if (c != ',') return fail("A comma is missing.");
        skipSpace();
        c = source_.next();
      }
      std::string key;
      if (c < 0) return ended();
      if (c != '"') return fail("A member has no name.");
      if (!readText(key)) return false;
      skipSpace();
      if (source_.next() != ':') return fail("A colon is missing.");
      skipSpace();
      if (!take(key)) return false;
    }
  }

  /// Behind the opening quote.
  bool readText(std::string& into) {
    std::string raw;
    while (true) {
      const int c = source_.next();
      if (c < 0) return ended();
      if (c == '"') break;
      raw.push_back(static_cast<char>(c));
      if (c == '\\') {
        const int escaped = source_.next();
        if (escaped < 0) return ended();
        raw.push_back(static_cast<char>(escaped));
      }
      if (raw.size() > name_bytes_limit)
        return fail(fmt::format("A name or id is longer than {} bytes.", name_bytes_limit), "json.name");
    }
    into = unescaped(raw);
    return true;
  }

  /// Any value, without looking into it; brackets and texts only.
  bool skipValue(ByteRange* where = nullptr) {
    const std::uint64_t from = source_.position();
    const int first = source_.peek();
    bool good = first == '{' || first == '[' ? skipNested() : first == '"' ? skipText() : skipWord();
    if (where) *where = {from, source_.position() - from};
    return good;
  }
  bool skipNested() {
    open_.clear();
    while (true) {
      const std::string_view ahead = source_.ahead();
      if (ahead.empty()) return ended();
      const std::size_t at = ahead.find_first_of("{}[]\"");
      source_.skip(at == ahead.npos ? ahead.size() : at);
      if (at == ahead.npos) continue;
      const char c = ahead[at];
      if (c == '"') {
        if (!skipText()) return false;
        continue;
      }
      source_.next();
      if (c == '{' || c == '[') {
        if (open_.size() >= nesting_limit)
          return fail(fmt::format("It is nested deeper than {} levels.", nesting_limit), "json.depth");
        open_.push_back(c);
        continue;
      }
      if (open_.back() != (c == '}' ? '{' : '[')) return fail("A bracket closes what another one opened.");
      open_.pop_back();
      if (open_.empty()) return true;
    }
  }
  bool skipText() {
    source_.next();
    while (true) {
      const std::string_view ahead = source_.ahead();
      if (ahead.empty()) return ended();
      const std::size_t at = ahead.find_first_of("\"\\");
      if (at == ahead.npos) {
        source_.skip(ahead.size());
        continue;
      }
      const bool escape = ahead[at] == '\\';
      source_.skip(at + 1);
      if (!escape) return true;
      if (source_.next() < 0) return ended();
    }
  }
  bool skipWord() {
    bool any = false;
    while (true) {
      const int c = source_.peek();
      if (c < 0) return ended();
      if (c == ',' || c == '}' || c == ']' || c == ' ' || c == '\n' || c == '\r' || c == '\t')
        return any || fail("A value is missing.");
      source_.next();
      any = true;
    }
  }

  bool text(std::string& into) {
    if (source_.peek() != '"') return skipValue();
    source_.next();
    return readText(into);
  }

  bool topMember(const std::string& key) {
    if (key == "type") return text(document_.type);
    if (key == "version") return text(document_.version);
    if (key == "id") return text(document_.id);
    if (key == "vertices") return vertices();
    if (key == "CityObjects" && source_.peek() == '{') {
      source_.next();
      return members([this](const std::string& id) { return object(id); });
    }
    ByteRange range;
    if (!skipValue(&range)) return false;
    if (key == "transform") document_.transform = {range};
    if (key == "metadata") document_.metadata = {range};
    if (key == "appearance") document_.appearance = {range};
    if (key == "geometry-templates") document_.templates = {range};
    if (key.starts_with('+') && document_.extra_members.size() < extra_member_limit)
      document_.extra_members.push_back(key);
    return true;
  }

  bool object(const std::string& id) {
    if ((document_.objects.size() & 0x3FF) == 0 && progress_.cancelled()) {
      document_.cancelled = true;
      return fail("Reading was stopped by the user.", "cancelled");
    }
    ObjectEntry entry;
    entry.id = id;
    entry.range.at = source_.position();
    const auto self = static_cast<std::uint32_t>(document_.objects.size());
    const std::size_t edges_before = edges_.size();
    if (source_.peek() == '{') {
      source_.next();
      if (!members([&](const std::string& key) {
            if (key == "type") return text(entry.type);
            if (key == "parents" || key == "children") return relatives(self, key == "parents");
            return skipValue();
          }))
        return edges_.resize(edges_before), false;
    } else if (!skipValue()) {
      return false;
    }
    entry.range.length = source_.position() - entry.range.at;
    if (!by_id_.try_emplace(id, self).second) {
      if (document_.duplicate_objects++ == 0) document_.first_duplicate = id;
      edges_.resize(edges_before);
      return true;
    }
    document_.objects.push_back(std::move(entry));
    return true;
  }

  bool relatives(std::uint32_t object, bool are_parents) {
    if (source_.peek() != '[') return skipValue();
    source_.next();
    while (true) {
      skipSpace();
      const int c = source_.peek();
      if (c < 0) return ended();
      if (c == ']') return source_.next(), true;
      if (c == ',') {
        source_.next();
        continue;
      }
      if (c != '"') {
        if (!skipValue()) return false;
        continue;
      }
      source_.next();
      Edge edge{{}, object, are_parents};
      if (!readText(edge.relative)) return false;
      edges_.push_back(std::move(edge));
    }
  }

  bool vertices() {
    if (source_.peek() != '[') return skipValue();
    source_.next();
    while (true) {
      skipSpace();
      const int c = source_.peek();
      if (c < 0) return ended();
      if (c == ']') return source_.next(), true;
      if (c == ',') {
        source_.next();
        continue;
      }
      if (document_.vertices.size() >= vertex_limit)
        return fail(fmt::format("It holds more than {} vertices.", vertex_limit), "vertex.too_many");
      if (!vertex()) return false;
    }
  }

  bool vertex() {
    Vec3d place{nan, nan, nan};
    bool good = source_.peek() == '[';
    if (!good && !skipValue()) return false;
    if (good) {
      source_.next();
      double values[3]{};
      std::size_t count = 0;
      while (true) {
        skipSpace();
        const int c = source_.peek();
        if (c < 0) return ended();
        if (c == ']') break;
        if (c == ',') {
          source_.next();
          continue;
        }
        double value = nan;
        if (!number(value)) return false;
        if (count < 3) values[count] = value;
        ++count;
      }
      source_.next();
      place = {values[0], values[1], values[2]};
      good = count == 3 && isFinite(place);
    }
    if (!good) place = {nan, nan, nan}, ++document_.bad_vertices;
    document_.vertices.push_back(place);
    return true;
  }

  /// NaN for what is no number, or one that no double holds.
  bool number(double& value) {
    const int first = source_.peek();
    if (first == '[' || first == '{' || first == '"') return skipValue();
    char word[64];
    std::size_t length = 0;
    while (true) {
      const int c = source_.peek();
      if (c < 0) return ended();
      if (c == ',' || c == ']' || c == '}' || c == ' ' || c == '\n' || c == '\r' || c == '\t') break;
      if (length < sizeof word) word[length] = static_cast<char>(c);
      ++length;
      source_.next();
    }
    if (length == 0) return fail("A value is missing.");
    if (length > sizeof word) return true;
    const auto [end, error] = std::from_chars(word, word + length, value);
    if (error != std::errc{} || end != word + length) value = nan;
    return true;
  }

  /// Parents and children, whichever side names the other. The first parent counts.
  void relate() {
    std::vector<ObjectEntry>& objects = document_.objects;
    for (const bool parents : {true, false})
      for (const Edge& edge : edges_) {
        if (edge.is_parent != parents) continue;
        const auto found = by_id_.find(edge.relative);
        if (found == by_id_.end()) {
          if (document_.missing_relatives++ == 0) document_.first_missing_relative = edge.relative;
          continue;
        }
        const std::uint32_t parent = parents ? found->second : edge.object;
        const std::uint32_t child = parents ? edge.object : found->second;
        if (parent == child || objects[child].parent != no_object) continue;
        if (objects[parent].type == "CityObjectGroup") continue;
        objects[child].parent = parent;
        objects[parent].children.push_back(child);
      }
  }

  ByteSource& source_;
  Progress& progress_;
  Document document_;
  std::vector<char> open_;
  std::vector<Edge> edges_;
  std::unordered_map<std::string, std::uint32_t> by_id_;
};

}  // namespace

Document scanDocument(ByteSource& source, Progress& progress) {
  return Scanner(source, progress).run();
}

std::vector<std::uint32_t> familyOf(const Document& document, std::uint32_t root) {
  std::vector<std::uint32_t> family{root};
  for (std::size_t i = 0; i < family.size(); ++i)
    for (const std::uint32_t child : document.objects[family[i]].children) family.push_back(child);
  return family;
}

Roots rootsOf(const Document& document) {
  Roots roots;
  std::vector<bool> reached(document.objects.size());
  for (std::uint32_t i = 0; i < document.objects.size(); ++i) {
    if (document.objects[i].parent != no_object) continue;
    roots.objects.push_back(i);
    for (const std::uint32_t member : familyOf(document, i)) reached[member] = true;
  }
  for (std::uint32_t i = 0; i < document.objects.size(); ++i)
    if (!reached[i]) roots.cyclic.push_back(i);
  return roots;
}

}  // namespace hashimichi::import::cityjson
