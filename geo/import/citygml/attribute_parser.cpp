#include "geo/import/citygml/attribute_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "geo/core/text.h"
#include "geo/import/citygml/limits.h"

namespace hashimichi::import::citygml {
namespace {

std::string_view genericName(const FeatureTree& tree, NodeId element) {
  if (const auto name = tree.attribute(element, "name")) return *name;
  const NodeId child = tree.child(element, Family::gen, "name");
  return child == no_node ? std::string_view{} : tree.text(child);
}

/// The type that a generic attribute's own element states: gen:doubleAttribute, gen:DoubleAttribute.
std::optional<model::ValueType> statedType(const Name& name) {
  constexpr std::pair<std::string_view, model::ValueType> types[] = {
      {"tringAttribute", model::ValueType::text}, {"oubleAttribute", model::ValueType::number},
      {"ntAttribute", model::ValueType::number},  {"easureAttribute", model::ValueType::number},
      {"ateAttribute", model::ValueType::date},   {"riAttribute", model::ValueType::uri},
      {"odeAttribute", model::ValueType::code},
  };
  for (const auto& [ending, type] : types)
    if (name.family == Family::gen && name.local.size() == ending.size() + 1 && name.local.ends_with(ending))
      return type;
  return std::nullopt;
}

/// Texts that stand for "not known" in PLATEAU data, and would be measured as numbers and dates.
bool meansUnknown(const SimpleValue& value) {
  if (value.type != model::ValueType::number && value.type != model::ValueType::date) return false;
  const std::string_view text = value.value, name = value.name;
  if (text.starts_with("-9999") || text.starts_with("0001")) return true;
  const bool counts = name.starts_with("storeys") || name.ends_with("eight") || name.find("ear") != name.npos;
  return counts && text.starts_with("9999") && (text.size() == 4 || text[4] == '.' || text[4] == '-');
}

bool isSentinel(double number) {
  return number == -9999 || number == 9999;
}

}  // namespace

FeatureValues::FeatureValues(const FeatureTree& tree, NodeId feature, Codelists& codelists, Problems& problems,
                             const std::string& file)
    : tree_(tree), codelists_(codelists), problems_(problems), file_(file) {
  read(feature, {}, feature);
}

void FeatureValues::read(NodeId element, std::string_view owner, NodeId group) {
  for (const NodeId child : tree_.children(element)) {
    const Name& name = tree_.name(child);
    if (name.traits.leads_elsewhere || (name.traits.leads_to_part && !tree_.leaf(child))) continue;
    if (name.traits.generic_attribute || name.is(Family::gen, "genericAttributeSet") ||
        name.is(Family::gen, "GenericAttributeSet"))
      readGeneric(child, {});
    else if (tree_.leaf(child))
      add(child, name.family, owner, group, name.local);
    else if (name.family == Family::gml && name.traits.object)
      continue;  // geometry
    else if (name.traits.object)
      read(child, name.local, child);
    else
      read(child, owner, group);
  }
}

/// gen:stringAttribute name="…" / gen:value (2.0), gen:StringAttribute / gen:name, gen:value (3.0), and sets of them.
void FeatureValues::readGeneric(NodeId element, std::string_view set) {
  std::string_view full = genericName(tree_, element);
  if (!set.empty()) full = made_names_.emplace_back(fmt::format("{}/{}", set, full));
  for (const NodeId child : tree_.children(element)) {
    const Name& part = tree_.name(child);
    if (part.is(Family::gen, "value"))
      add(child, Family::gen, {}, element, full);
    else if (part.traits.generic_attribute)
      readGeneric(child, full);
    else if (part.is(Family::gen, "genericAttribute"))
      for (const NodeId inner : tree_.children(child)) readGeneric(inner, full);
  }
}

void FeatureValues::add(NodeId leaf, Family family, std::string_view owner, NodeId group, std::string_view name) {
  std::string_view text = tree_.text(leaf);
  const auto link = text.empty() ? tree_.attribute(leaf, "href", Family::xlink) : std::nullopt;
  if (link) text = *link;
  if (text.empty()) return;
  if (text.size() > attribute_text_limit) {
    problems_.skip(file_, tree_.place(leaf), "attribute.too_long",
                   fmt::format("The value of {} is longer than 16 KiB and was not read.", name));
    return;
  }
  SimpleValue value{family, owner, group, name, text, {}, {}, leaf};
  const auto code_space = tree_.attribute(leaf, "codeSpace");
  if (code_space && !code_space->empty()) value.label = codelists_.label(*code_space, text).value_or("");
  if (const auto unit = tree_.attribute(leaf, "uom")) value.unit = *unit;
  value.type = code_space ? model::ValueType::code : model::guessType(value.value);
  if (link) value.type = model::ValueType::uri;
  if (const auto stated = family == Family::gen ? statedType(tree_.name(tree_.parent(leaf))) : std::nullopt)
    value.type = *stated == model::ValueType::number && !parseNumber(value.value) ? model::ValueType::text : *stated;
  if (meansUnknown(value)) value.type = model::ValueType::text;
  if (!value.owner.empty() && (groups_.empty() || groups_.back() != group)) groups_.push_back(group);
  values_.push_back(value);
}

const SimpleValue* FeatureValues::find(std::string_view name) const {
  for (const SimpleValue& value : values_)
    if (value.name == name && value.family != Family::gen) return &value;
  return nullptr;
}

const SimpleValue* FeatureValues::find(std::string_view owner, std::string_view name) const {
  for (const SimpleValue& value : values_)
    if (value.owner == owner && value.name == name) return &value;
  return nullptr;
}

const SimpleValue* FeatureValues::findIn(NodeId group, std::string_view name) const {
  for (const SimpleValue& value : values_)
    if (value.group == group && value.name == name) return &value;
  return nullptr;
}

std::vector<const SimpleValue*> FeatureValues::all(std::string_view name) const {
  std::vector<const SimpleValue*> found;
  for (const SimpleValue& value : values_)
    if (value.name == name && value.family != Family::gen) found.push_back(&value);
  return found;
}

std::vector<NodeId> FeatureValues::groups(std::string_view owner) const {
  std::vector<NodeId> groups;
  for (const SimpleValue& value : values_)
    if (value.owner == owner && (groups.empty() || groups.back() != value.group)) groups.push_back(value.group);
  return groups;
}

std::uint16_t FeatureValues::groupNumber(const SimpleValue& value) const {
  constexpr std::size_t most = std::numeric_limits<std::uint16_t>::max();
  if (value.owner.empty()) return 0;
  const auto found = std::find(groups_.begin(), groups_.end(), value.group);
  return static_cast<std::uint16_t>(std::min<std::size_t>(most, 1 + static_cast<std::size_t>(found - groups_.begin())));
}

model::Attributes FeatureValues::flattened() const {
  constexpr std::string_view pair = "KeyValuePairAttribute";
  model::Attributes attributes;
  attributes.reserve(values_.size());
  std::string name;
  for (const SimpleValue& value : values_) {
    // A key and its value are two elements of one pair: 建物利用現況 → 1.
    if (value.owner == pair && value.name == "key") continue;
    const SimpleValue* key = value.owner == pair ? findIn(value.group, "key") : nullptr;
    name = prefixOf(value.family);
    if (!name.empty()) name += ':';
    if (!value.owner.empty()) (name += value.owner) += '/';
    name += key ? labelOf(key) : value.name;
    attributes.push_back(
        {std::string_view(name), std::string(value.value), value.label, value.unit, groupNumber(value), value.type});
  }
  return attributes;
}

void ValueReport::sentinel(const FeatureTree& tree, const SimpleValue& value) {
  constexpr std::size_t kinds_limit = 1000;  // a year that is no year could be any text
  if (sentinels_.size() >= kinds_limit) return;
  Seen& seen = sentinels_[{std::string(value.name), std::string(value.value)}];
  if (seen.count++ == 0) seen.first_place = tree.place(value.element);
}

void ValueReport::impossible(const FeatureTree& tree, const SimpleValue& value) {
  problems_.skip(file_, tree.place(value.element), "attribute.not_a_number",
                 fmt::format("{} is \"{}\", which is not a possible number.", value.name, value.value.substr(0, 100)));
}

void ValueReport::tell() {
  for (const auto& [key, seen] : sentinels_)
    problems_.assume(file_, seen.first_place, "attribute.sentinel",
                     fmt::format("{} is \"{}\" {} times, first here; that stands for \"not known\" and was read so.",
                                 key.first, key.second.substr(0, 100), seen.count));
  sentinels_.clear();
}

std::optional<double> positiveNumber(const FeatureTree& tree, const SimpleValue* value, ValueReport& report) {
  if (!value) return std::nullopt;
  const std::optional<double> number = parseNumber(value->value);
  if (number && *number >= 0 && !isSentinel(*number)) return number;
  if (number && isSentinel(*number))
    report.sentinel(tree, *value);
  else
    report.impossible(tree, *value);
  return std::nullopt;
}

std::optional<int> plausibleYear(const FeatureTree& tree, const SimpleValue* value, ValueReport& report) {
  if (!value) return std::nullopt;
  // gYear, or a date as CityGML 3.0 writes it: only the part before the first hyphen that is not a sign.
  const std::string_view text = value->value;
  const std::optional<double> number = parseNumber(text.substr(0, text.find('-', 1)));
  if (number && *number >= 1600 && *number <= 2200) return static_cast<int>(*number);
  report.sentinel(tree, *value);
  return std::nullopt;
}

std::string labelOf(const SimpleValue* value) {
  if (!value) return {};
  return std::string(value->label.empty() ? value->value : value->label);
}

}  // namespace hashimichi::import::citygml
