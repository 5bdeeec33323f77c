#include "geo/import/cityjson/attributes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/import/cityjson/limits.h"

namespace hashimichi::import::cityjson {
namespace {

constexpr std::size_t different_names_limit = 20'000;
constexpr std::size_t path_bytes_limit = 300;

bool isPlain(JsonValue value) {
  return !value.is(JsonType::array) && !value.is(JsonType::object);
}

/// Cut between characters.
std::string shortened(std::string text) {
  std::size_t end = attribute_bytes_limit;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  return text;
}

JsonValue unitOf(JsonValue value) {
  for (const char* name : {"uom", "unit", "unitOfMeasure"})
    if (const JsonValue unit = value[name]; unit.is(JsonType::text)) return unit;
  return {};
}

}  // namespace

bool AttributeReader::hasRoom(const model::Attributes& into) {
  if (into.size() < attribute_limit) return true;
  ++too_many_;
  return false;
}

void AttributeReader::add(JsonValue members, const std::string& prefix, model::Attributes& into) {
  if (!members.is(JsonType::object) || members.size() == 0 || !hasRoom(into)) return;
  groups_ = 0;
  for (const model::Attribute& known : into) groups_ = std::max(groups_, known.group);
  for (const JsonValue member : members) add(prefix + member.key(), member, 0, into);
}

void AttributeReader::addValue(const std::string& name, JsonValue value, model::Attributes& into) {
  if (!hasRoom(into)) return;
  groups_ = 0;
  for (const model::Attribute& known : into) groups_ = std::max(groups_, known.group);
  add(name, value, 0, into);
}

void AttributeReader::add(const std::string& name, JsonValue value, std::uint16_t group, model::Attributes& into) {
  if (!value || !hasRoom(into) || name.size() > path_bytes_limit) return;
  const auto newGroup = [&] { return groups_ < UINT16_MAX ? ++groups_ : groups_; };
  if (isPlain(value)) return put(name, value, {}, group, into);
  if (value.is(JsonType::object)) {
    const JsonValue unit = unitOf(value);
    if (unit && isPlain(value["value"])) return put(name, value["value"], unit, group, into);
    const std::uint16_t own = group ? group : newGroup();
    for (const JsonValue member : value) add(name + "/" + member.key(), member, own, into);
    return;
  }
  bool plain = true;
  for (const JsonValue member : value) plain = plain && isPlain(member);
  if (!plain) {
    for (const JsonValue member : value) add(name, member, newGroup(), into);
    return;
  }
  std::string list;
  for (const JsonValue member : value) {
    if (list.size() > attribute_bytes_limit) break;
    list += (list.empty() ? "" : ", ") + member.text();
  }
  put(name, value, {}, group, into);
  if (!into.empty() && into.back().name.view() == name) into.back().value = std::move(list);
}

void AttributeReader::put(const std::string& name, JsonValue value, JsonValue unit, std::uint16_t group,
                          model::Attributes& into) {
  if (value.is(JsonType::number) && !std::isfinite(value.number())) return;
  auto known = names_.find(name);
  if (known == names_.end()) {
    if (names_.size() >= different_names_limit) {
      ++too_many_names_;
      return;
    }
    known = names_.emplace(name, Interned(name)).first;
  }
  model::Attribute attribute{known->second, value.text(), {}, {}, group, model::ValueType::text};
  if (attribute.value.size() > attribute_bytes_limit) attribute.value = shortened(attribute.value), ++shortened_;
  if (value.is(JsonType::number)) attribute.type = model::ValueType::number;
  if (value.is(JsonType::boolean)) attribute.type = model::ValueType::boolean;
  // A text stays one, even when it looks like a number: codes and postcodes are written so. Dates are texts in JSON.
  if (value.is(JsonType::text) && model::guessType(attribute.value) == model::ValueType::date)
    attribute.type = model::ValueType::date;
  if (attribute.value.starts_with("http://") || attribute.value.starts_with("https://"))
    attribute.type = model::ValueType::uri;
  if (const std::string text = unit.text(); !text.empty() && text.size() < 40 && names_.size() < different_names_limit)
    attribute.unit = names_.emplace(text, Interned(text)).first->second;
  into.push_back(std::move(attribute));
}

void AttributeReader::tell(const std::string& file, Problems& problems) const {
  const auto tell = [&](std::size_t count, std::string what) {
    if (count > 0) problems.skip(file, {}, "attribute.limit", fmt::format("{} {}", count, what));
  };
  tell(too_many_, fmt::format("values were left out: a feature has more than {}.", attribute_limit));
  tell(too_many_names_, fmt::format("values were left out: the file has more than {} different attribute names.",
                                    different_names_limit));
  tell(shortened_, fmt::format("values longer than {} KiB were cut.", attribute_bytes_limit >> 10));
}

}  // namespace hashimichi::import::cityjson
