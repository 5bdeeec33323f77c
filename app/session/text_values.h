#pragma once
#include <array>
#include <bitset>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "geo/core/date_time.h"
#include "geo/core/file.h"
#include "geo/core/geometry.h"
#include "geo/model/asset_ref.h"
#include "render/layer_id.h"

// Values of commands as JSON and back, for command_text.cpp alone. Writing and reading walk the same list of fields
// (Fields, EnumWords: command_words.h), so that neither can know a field that the other does not.
namespace hashimichi::app::text {

using Json = nlohmann::ordered_json;

/// The names of an enumeration's values in their order, from 0.
template <typename Enum>
struct EnumWords;
/// `each(io, c)` says io("name", c.field) for every field.
template <typename Struct>
struct Fields;

struct Probe {
  template <typename T>
  void operator()(const char*, T&) {}
  template <typename T>
  void flat(T&) {}
};
template <typename T>
concept Struct = requires(Probe& probe, T& t) {
  Fields<T>::each(probe, t);
};

template <typename T>
Json write(const T& value);
/// False when the JSON does not fit; `word` then names the innermost field where that is so.
template <typename T>
bool read(const Json& json, T& value, std::string& word);

class Writer {
 public:
  explicit Writer(Json& out) : out_(out) {}
  template <typename T>
  void operator()(const char* name, const T& value) {
    out_[name] = write(value);
  }
  /// Kind and id beside the other fields.
  void flat(const std::optional<model::AssetRef>& asset) {
    if (!asset) return;
    out_["kind"] = toString(asset->kind);
    out_["id"] = asset->id;
  }

 private:
  Json& out_;
};

class Reader {
 public:
  Reader(const Json& in, std::string& word) : in_(in), word_(word) {}
  template <typename T>
  void operator()(const char* name, T& value) {
    const auto found = in_.find(name);
    if (failed_ || found == in_.end()) return;
    ++used_;
    std::string inner;
    if (read(*found, value, inner)) return;
    failed_ = true;
    word_ = inner.empty() ? name : name + ("." + inner);
  }
  void flat(std::optional<model::AssetRef>& asset) {
    if (!in_.contains("kind") && !in_.contains("id")) return;
    asset.emplace();
    (*this)("kind", asset->kind);
    (*this)("id", asset->id);
  }
  bool failed() const { return failed_; }
  std::size_t used() const { return used_; }

 private:
  const Json& in_;
  std::string& word_;
  std::size_t used_ = 0;
  bool failed_ = false;
};

/// The names that `each` says, for telling which word of an object nobody knows.
struct Names {
  std::set<std::string> names;
  template <typename T>
  void operator()(const char* name, T&) {
    names.insert(name);
  }
  template <typename T>
  void flat(T&) {
    names.insert("kind");
    names.insert("id");
  }
};

template <typename T>
Json writeFields(const T& value) {
  Json all = Json::object(), plain = Json::object(), out = Json::object();
  Writer whole(all);
  Fields<T>::each(whole, value);
  const T fresh{};
  Writer defaults(plain);
  Fields<T>::each(defaults, fresh);
  for (const auto& [name, part] : all.items())
    if (!plain.contains(name) || plain[name] != part) out[name] = part;
  return out;
}

/// @param known  words of the object that are no fields ("do")
template <typename T>
bool readFields(const Json& json, T& value, std::string& word, std::size_t known = 0) {
  if (!json.is_object()) return false;
  Reader reader(json, word);
  Fields<T>::each(reader, value);
  if (reader.failed()) return false;
  if (reader.used() + known == json.size()) return true;
  Names names;
  Fields<T>::each(names, value);
  for (const auto& [name, part] : json.items())
    if (!names.names.contains(name) && !(known > 0 && name == "do")) word = name;
  return false;
}

// ---- single values

template <typename T>
struct Value;

template <Struct T>
struct Value<T> {
  static Json write(const T& value) { return writeFields(value); }
  static bool read(const Json& json, T& value, std::string& word) { return readFields(json, value, word); }
};

template <>
struct Value<bool> {
  static Json write(bool value) { return value; }
  static bool read(const Json& json, bool& value, std::string&) {
    if (json.is_boolean()) value = json.get<bool>();
    return json.is_boolean();
  }
};

template <std::integral T>
struct Value<T> {
  static Json write(T value) { return value; }
  static bool read(const Json& json, T& value, std::string&) {
    if (json.is_number_unsigned()) {
      const auto number = json.get<std::uint64_t>();
      if (number > static_cast<std::uint64_t>(std::numeric_limits<T>::max())) return false;
      value = static_cast<T>(number);
      return true;
    }
    if (!json.is_number_integer() || !std::is_signed_v<T>) return false;
    const auto number = json.get<std::int64_t>();
    if (number < static_cast<std::int64_t>(std::numeric_limits<T>::min())) return false;
    value = static_cast<T>(number);
    return true;
  }
};

template <>
struct Value<double> {
  static Json write(double value) {
    if (std::isfinite(value)) return value;
    return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }
  static bool read(const Json& json, double& value, std::string&) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (json.is_number()) return value = json.get<double>(), true;
    if (json == "inf") return value = infinity, true;
    if (json == "-inf") return value = -infinity, true;
    if (json == "nan") return value = std::nan(""), true;
    return false;
  }
};

template <>
struct Value<std::string> {
  static Json write(const std::string& value) { return value; }
  static bool read(const Json& json, std::string& value, std::string&) {
    if (json.is_string()) value = json.get<std::string>();
    return json.is_string();
  }
};

template <>
struct Value<std::filesystem::path> {
  static Json write(const std::filesystem::path& value) { return toUtf8(value); }
  static bool read(const Json& json, std::filesystem::path& value, std::string&) {
    if (!json.is_string()) return false;
    const std::string text = json.get<std::string>();
    value = std::filesystem::path(std::u8string(text.begin(), text.end()));
    return true;
  }
};

template <typename T>
requires std::is_enum_v<T>
struct Value<T> {
  static Json write(T value) {
    const auto i = static_cast<std::size_t>(value);
    return i < EnumWords<T>::words.size() ? Json(EnumWords<T>::words[i]) : Json();
  }
  static bool read(const Json& json, T& value, std::string&) {
    for (std::size_t i = 0; i < EnumWords<T>::words.size(); ++i)
      if (json == EnumWords<T>::words[i]) return value = static_cast<T>(i), true;
    return false;
  }
};

template <>
struct Value<Instant> {
  static Json write(Instant value) { return formatInstant(value); }
  static bool read(const Json& json, Instant& value, std::string&) {
    const auto moment = json.is_string() ? parseInstant(json.get<std::string>()) : std::nullopt;
    if (moment) value = *moment;
    return moment.has_value();
  }
};

template <>
struct Value<Vec3d> {
  static Json write(const Vec3d& value) {
    return Json::array({text::write(value.x), text::write(value.y), text::write(value.z)});
  }
  static bool read(const Json& json, Vec3d& value, std::string& word) {
    return json.is_array() && json.size() == 3 && text::read(json[0], value.x, word) &&
           text::read(json[1], value.y, word) && text::read(json[2], value.z, word);
  }
};

template <>
struct Value<render::LayerId> {
  static Json write(const render::LayerId& value) {
    if (const auto* layer = std::get_if<render::Layer>(&value)) return text::write(*layer);
    return model::toString(std::get<model::ObjectKind>(value));
  }
  static bool read(const Json& json, render::LayerId& value, std::string& word) {
    render::Layer layer{};
    if (text::read(json, layer, word)) return value = layer, true;
    for (const model::ObjectKind kind : model::object_kinds)
      if (json == model::toString(kind)) return value = kind, true;
    return false;
  }
};

template <std::size_t count>
struct Value<std::bitset<count>> {
  static Json write(const std::bitset<count>& value) {
    Json set = Json::array();
    for (std::size_t i = 0; i < count; ++i)
      if (value[i]) set.push_back(i);
    return set;
  }
  static bool read(const Json& json, std::bitset<count>& value, std::string& word) {
    if (!json.is_array()) return false;
    value.reset();
    for (const Json& one : json) {
      std::size_t i = 0;
      if (!text::read(one, i, word) || i >= count) return false;
      value.set(i);
    }
    return true;
  }
};

template <typename T>
struct Value<std::optional<T>> {
  static Json write(const std::optional<T>& value) { return value ? text::write(*value) : Json(); }
  static bool read(const Json& json, std::optional<T>& value, std::string& word) {
    value.reset();
    return json.is_null() || text::read(json, value.emplace(), word);
  }
};

template <typename T>
struct Value<std::vector<T>> {
  static Json write(const std::vector<T>& value) {
    Json list = Json::array();
    for (const T& one : value) list.push_back(text::write(one));
    return list;
  }
  static bool read(const Json& json, std::vector<T>& value, std::string& word) {
    if (!json.is_array()) return false;
    value.clear();
    for (const Json& one : json)
      if (!text::read(one, value.emplace_back(), word)) return false;
    return true;
  }
};

template <typename T, std::size_t count>
struct Value<std::array<T, count>> {
  static Json write(const std::array<T, count>& value) {
    return text::write(std::vector<T>(value.begin(), value.end()));
  }
  static bool read(const Json& json, std::array<T, count>& value, std::string& word) {
    std::vector<T> list;
    if (!text::read(json, list, word) || list.size() != count) return false;
    std::copy(list.begin(), list.end(), value.begin());
    return true;
  }
};
template <typename T>
struct Value<std::set<T>> {
  static Json write(const std::set<T>& value) { return text::write(std::vector<T>(value.begin(), value.end())); }
  static bool read(const Json& json, std::set<T>& value, std::string& word) {
    std::vector<T> list;
    if (!text::read(json, list, word)) return false;
    value = {list.begin(), list.end()};
    return true;
  }
};

template <typename T>
Json write(const T& value) {
  return Value<T>::write(value);
}
template <typename T>
bool read(const Json& json, T& value, std::string& word) {
  return Value<T>::read(json, value, word);
}

}  // namespace hashimichi::app::text
