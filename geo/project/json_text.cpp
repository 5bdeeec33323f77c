#include "geo/project/json_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "geo/core/text.h"

namespace hashimichi::project {
namespace {

using Json = nlohmann::json;

std::string quoted(const std::string& text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Collects the members of one flat object, in order and with repetitions (a DOM would merge them).
struct FlatObject final : nlohmann::json_sax<Json> {
  model::Attributes members;
  int depth = 0;

  bool keep(std::string value) {
    if (depth == 1 && !members.empty()) members.back().second = std::move(value);
    return true;
  }
  bool null() override { return keep({}); }
  bool boolean(bool value) override { return keep(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return keep(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return keep(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return keep(text); }
  bool string(string_t& value) override { return keep(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return ++depth, true; }
  bool end_object() override { return --depth, true; }
  bool start_array(std::size_t) override { return ++depth, true; }
  bool end_array() override { return --depth, true; }
  bool key(string_t& name) override {
    if (depth == 1) members.emplace_back(std::move(name), std::string());
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }
};

template <typename Number>
std::optional<Number> wholeNumber(std::string_view text) {
  Number value{};
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

constexpr std::array kind_names = {"unknown", "ground",      "wall",    "roof",         "floor",
                                   "ceiling", "closure",     "deck",    "girder",       "substructure",
                                   "railing", "carriageway", "footway", "intersection", "road_other"};
constexpr std::size_t class_count = 256;

}  // namespace

std::string jsonFromAttributes(const model::Attributes& attributes) {
  if (attributes.empty()) return {};
  std::string json = "{";
  for (const auto& [name, value] : attributes) {
    if (json.size() > 1) json += ", ";
    json += quoted(name) + ": " + quoted(value);
  }
  return json + "}";
}

model::Attributes attributesFromJson(std::string_view json) {
  FlatObject object;
  if (!json.empty()) Json::sax_parse(json, &object);
  return std::move(object.members);
}

std::string jsonFromTexts(const std::vector<std::string>& texts) {
  return texts.empty() ? std::string() : Json(texts).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<std::string> textsFromJson(std::string_view json) {
  std::vector<std::string> texts;
  const Json parsed = Json::parse(json, nullptr, false);
  if (!parsed.is_array()) return texts;
  for (const Json& item : parsed)
    if (item.is_string()) texts.push_back(item.get<std::string>());
  return texts;
}

std::string jsonFromCounts(const std::map<std::string, std::size_t>& counts) {
  return counts.empty() ? std::string() : Json(counts).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::map<std::string, std::size_t> countsFromJson(std::string_view json) {
  std::map<std::string, std::size_t> counts;
  for (const auto& [name, value] : attributesFromJson(json))
    if (const auto count = wholeNumber<std::size_t>(value)) counts[name] = *count;
  return counts;
}

std::string jsonFromClassCounts(const std::vector<std::size_t>& count_by_class) {
  std::string json;
  for (std::size_t i = 0; i < count_by_class.size(); ++i)
    if (count_by_class[i] > 0)
      json += (json.empty() ? "\"" : ", \"") + std::to_string(i) + "\": " + std::to_string(count_by_class[i]);
  return count_by_class.empty() ? json : "{" + json + "}";
}

std::vector<std::size_t> classCountsFromJson(std::string_view json) {
  if (json.empty()) return {};
  std::vector<std::size_t> count_by_class(class_count, 0);
  for (const auto& [name, count] : countsFromJson(json))
    if (const auto index = wholeNumber<std::size_t>(name); index && *index < class_count)
      count_by_class[*index] = count;
  return count_by_class;
}

std::string textFromKinds(const std::vector<model::Surface>& surfaces) {
  std::string text;
  for (std::size_t begin = 0; begin < surfaces.size();) {
    std::size_t end = begin;
    while (end < surfaces.size() && surfaces[end].kind == surfaces[begin].kind) ++end;
    const auto kind = std::min(static_cast<std::size_t>(surfaces[begin].kind), kind_names.size() - 1);
    text += (text.empty() ? "" : " ") + std::string(kind_names[kind]) + ":" + std::to_string(end - begin);
    begin = end;
  }
  return text;
}

void applyKinds(std::string_view text, std::vector<model::Surface>& surfaces) {
  std::size_t next = 0;
  for (const std::string_view run : split(text, ' ')) {
    const std::size_t colon = run.find(':');
    if (colon == std::string_view::npos) return;
    const auto name = std::find(kind_names.begin(), kind_names.end(), run.substr(0, colon));
    const auto count = wholeNumber<std::size_t>(run.substr(colon + 1));
    if (name == kind_names.end() || !count) return;
    for (std::size_t i = 0; i < *count && next < surfaces.size(); ++i)
      surfaces[next++].kind = static_cast<model::SurfaceKind>(name - kind_names.begin());
  }
}

}  // namespace hashimichi::project
