#include "geo/import/osm_tags.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "geo/core/text.h"

namespace hashimichi::import {
namespace {

constexpr double metres_per_foot = 0.3048;
constexpr double longest_m = 9999;
constexpr int most_lanes = 32;

template <std::size_t n>
bool isOneOf(std::string_view value, const std::array<std::string_view, n>& list) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// Classes of the OpenStreetMap wiki (Key:highway) that motor vehicles use.
bool isRoadClass(std::string_view highway) {
  static constexpr std::array<std::string_view, 19> classes{
      "motorway",     "trunk",          "primary",       "secondary",    "tertiary",    "motorway_link", "trunk_link",
      "primary_link", "secondary_link", "tertiary_link", "unclassified", "residential", "living_street", "service",
      "pedestrian",   "track",          "road",          "busway",       "escape"};
  return isOneOf(highway, classes);
}

/// The number at the beginning and what follows it.
std::optional<double> leadingNumber(std::string_view& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  text = trim(text.substr(static_cast<std::size_t>(end - text.data())));
  return value;
}

/// A quoted text of the hstore form; `at` stands on its quote and ends behind it.
std::optional<std::string> quoted(std::string_view text, std::size_t& at) {
  if (at >= text.size() || text[at] != '"') return std::nullopt;
  std::string value;
  for (++at; at < text.size(); ++at) {
    if (text[at] == '"') return ++at, value;
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    value += text[at];
  }
  return std::nullopt;
}

OsmThing areaThing(const OsmTags& tags) {
  static constexpr std::array<std::string_view, 4> water_uses{"reservoir", "basin", "salt_pond", "aquaculture"};
  static constexpr std::array<std::string_view, 5> green{"wood", "scrub", "heath", "grassland", "tree_group"};
  const std::string natural = osmTag(tags, "natural"), use = osmTag(tags, "landuse");
  if (osmTag(tags, "man_made") == "bridge") return OsmThing::bridge;
  if (osmYes(tags, "building")) return OsmThing::building;
  const bool water = natural == "water" || osmTag(tags, "waterway") == "riverbank" || isOneOf(use, water_uses);
  if (water) return OsmThing::water;
  return isOneOf(natural, green) || use == "forest" ? OsmThing::vegetation : OsmThing::nothing;
}

}  // namespace

std::string osmTag(const OsmTags& tags, std::string_view key) {
  const auto found = tags.find(key);
  return found == tags.end() ? std::string() : found->second;
}

bool osmYes(const OsmTags& tags, std::string_view key) {
  const std::string value = osmTag(tags, key);
  return !value.empty() && value != "no";
}

OsmThing osmThing(const OsmTags& tags, bool area) {
  if (area)
    if (const OsmThing thing = areaThing(tags); thing != OsmThing::nothing) return thing;
  if (const std::string highway = osmTag(tags, "highway"); !highway.empty())
    return isRoadClass(highway) ? OsmThing::road : OsmThing::left_out_highway;
  if (area) return OsmThing::nothing;
  static constexpr std::array<std::string_view, 6> streams{"river", "stream", "canal",
                                                           "drain", "ditch",  "tidal_channel"};
  static constexpr std::array<std::string_view, 6> rails{"rail", "light_rail",   "subway",
                                                         "tram", "narrow_gauge", "monorail"};
  if (isOneOf(osmTag(tags, "waterway"), streams)) return OsmThing::water;
  return isOneOf(osmTag(tags, "railway"), rails) ? OsmThing::railway : OsmThing::nothing;
}

void addOtherTags(std::string_view hstore, OsmTags& tags) {
  for (std::size_t at = 0; at < hstore.size();) {
    const std::optional<std::string> key = quoted(hstore, at);
    if (!key || hstore.substr(at, 2) != "=>") return;
    at += 2;
    const std::optional<std::string> value = quoted(hstore, at);
    if (!value) return;
    tags.emplace(*key, *value);
    if (at < hstore.size() && hstore[at++] != ',') return;
  }
}

std::optional<double> osmMetres(std::string_view value) {
  std::string_view rest = trim(value);
  std::optional<double> length = leadingNumber(rest);
  if (!length) return std::nullopt;
  if (rest.starts_with('\'')) {
    rest = trim(rest.substr(1));
    double inches = 0;
    if (!rest.empty()) inches = leadingNumber(rest).value_or(0);
    if (!rest.empty() && rest != "\"") return std::nullopt;
    *length = (*length + inches / 12) * metres_per_foot;
  } else if (rest == "ft" || rest == "feet") {
    *length *= metres_per_foot;
  } else if (!rest.empty() && rest != "m" && rest != "metres" && rest != "meters") {
    return std::nullopt;
  }
  if (!(*length > 0 && *length < longest_m)) return std::nullopt;
  return length;
}

std::optional<int> osmCount(std::string_view value) {
  std::string_view rest = trim(value);
  const std::optional<double> number = leadingNumber(rest);
  if (!number || !(*number >= 1 && *number <= most_lanes)) return std::nullopt;
  if (!rest.empty() && !rest.starts_with(';')) return std::nullopt;
  return static_cast<int>(*number);
}

}  // namespace hashimichi::import
