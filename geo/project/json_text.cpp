#include "geo/project/json_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "geo/core/text.h"

namespace hashimichi::project {
namespace {

using Json = nlohmann::json;

/// ASCII and letters of two or three bytes in ranges where no sequence can be wrong but by its length, with nothing to
/// escape. Everything else is judged by the library.
bool isPlain(const std::string& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (byte(i) < 0x80) {
      if (byte(i) < 0x20 || text[i] == '"' || text[i] == '\\') return false;
      continue;
    }
    const bool two = byte(i) >= 0xC2 && byte(i) <= 0xDF, three = byte(i) >= 0xE1 && byte(i) <= 0xEC;
    for (int follow = two ? 1 : 2; follow > 0; --follow)
      if ((!two && !three) || ++i == text.size() || (byte(i) & 0xC0) != 0x80) return false;
  }
  return true;
}

/// Hundreds of thousands of features have a dozen texts each, and hardly one of them has anything to escape.
void appendQuoted(std::string& json, const std::string& text) {
  if (isPlain(text))
    ((json += '"') += text) += '"';
  else
    json += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <typename Number>
std::optional<Number> wholeNumber(std::string_view text) {
  Number value{};
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

constexpr std::array value_types = {model::ValueType::text, model::ValueType::number, model::ValueType::boolean,
                                    model::ValueType::date, model::ValueType::code,   model::ValueType::uri};

/// Collects the members of one object, in order and with repetitions (a DOM would merge them).
struct AttributeObject final : nlohmann::json_sax<Json> {
  model::Attributes members;
  std::string part;  ///< the member of an attribute that is itself an object
  int depth = 0;

  bool keep(std::string value) {
    if (members.empty()) return true;
    if (depth == 1) members.back().value = std::move(value);
    if (depth == 2) keepPart(std::move(value));
    return true;
  }
  void keepPart(std::string value) {
    model::Attribute& attribute = members.back();
    if (part == "value") attribute.value = std::move(value);
    if (part == "label") attribute.label = value;
    if (part == "unit") attribute.unit = value;
    if (part == "group") attribute.group = wholeNumber<std::uint16_t>(value).value_or(0);
    if (part != "type") return;
    for (const model::ValueType type : value_types)
      if (value == model::toString(type)) attribute.type = type;
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
    if (depth == 1) members.push_back({name, {}, {}, {}, 0, model::ValueType::text});
    part = depth == 2 ? std::move(name) : std::string();
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }
};

constexpr std::size_t class_count = 256;

void appendAttribute(std::string& json, const model::Attribute& attribute) {
  const bool plain = attribute.type == model::ValueType::text && attribute.label.empty() && attribute.unit.empty() &&
                     attribute.group == 0;
  if (plain) return appendQuoted(json, attribute.value);
  json += "{\"value\": ";
  appendQuoted(json, attribute.value);
  if (!attribute.label.empty()) appendQuoted(json += ", \"label\": ", attribute.label.str());
  if (!attribute.unit.empty()) appendQuoted(json += ", \"unit\": ", attribute.unit.str());
  if (attribute.group != 0) (json += ", \"group\": ") += std::to_string(attribute.group);
  if (attribute.type != model::ValueType::text) ((json += ", \"type\": \"") += model::toString(attribute.type)) += '"';
  json += '}';
}

}  // namespace

std::string jsonFromAttributes(const model::Attributes& attributes) {
  if (attributes.empty()) return {};
  std::string json = "{";
  for (const model::Attribute& attribute : attributes) {
    if (json.size() > 1) json += ", ";
    appendQuoted(json, attribute.name.str());
    appendAttribute(json += ": ", attribute);
  }
  return json + "}";
}

model::Attributes attributesFromJson(std::string_view json) {
  AttributeObject object;
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
  for (const model::Attribute& attribute : attributesFromJson(json))
    if (const auto count = wholeNumber<std::size_t>(attribute.value)) counts[attribute.name.str()] = *count;
  return counts;
}

std::string jsonFromLods(const std::map<std::string, std::map<int, std::size_t>>& lods) {
  std::map<std::string, std::size_t> flat;
  for (const auto& [type, counts] : lods)
    for (const auto& [lod, count] : counts) flat[type + "/" + std::to_string(lod)] = count;
  return jsonFromCounts(flat);
}

std::map<std::string, std::map<int, std::size_t>> lodsFromJson(std::string_view json) {
  std::map<std::string, std::map<int, std::size_t>> lods;
  for (const auto& [key, count] : countsFromJson(json)) {
    const std::size_t slash = key.rfind('/');
    if (slash == std::string::npos) continue;
    if (const auto lod = wholeNumber<int>(std::string_view(key).substr(slash + 1)))
      lods[key.substr(0, slash)][*lod] = count;
  }
  return lods;
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
    text += (text.empty() ? "" : " ") + std::string(model::toString(surfaces[begin].kind)) + ":" +
            std::to_string(end - begin);
    begin = end;
  }
  return text;
}

void applyKinds(std::string_view text, std::vector<model::Surface>& surfaces) {
  std::size_t next = 0;
  for (const std::string_view run : split(text, ' ')) {
    const std::size_t colon = run.find(':');
    if (colon == std::string_view::npos) return;
    const auto kind = model::surfaceKindFrom(run.substr(0, colon));
    const auto count = wholeNumber<std::size_t>(run.substr(colon + 1));
    if (!kind || !count) return;
    for (std::size_t i = 0; i < *count && next < surfaces.size(); ++i) surfaces[next++].kind = *kind;
  }
}

}  // namespace hashimichi::project
