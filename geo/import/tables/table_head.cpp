#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "geo/core/text.h"
#include "geo/import/tables/table.h"

namespace hashimichi::import {
namespace {

/// Heads of columns beside a quantity that are not the quantity: its quality, its instrument's height.
bool isBesideQuantity(const std::string& head) {
  static constexpr std::array<std::string_view, 8> words{"品質", "均質",    "現象なし", "フラグ",
                                                         "高さ", "quality", "flag",     "備考"};
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return head.find(word) != std::string::npos; });
}

/// The unit in brackets, or behind the last underscore: "snow_depth_m" → "m".
std::string unitOfHead(const std::string& raw, const Head& head) {
  if (!head.unit.empty()) return head.unit;
  const std::string level = toLower(raw);
  const std::size_t underscore = level.find_last_of('_');
  return underscore == std::string::npos ? std::string() : level.substr(underscore + 1);
}

/// Factor to the quantity's unit; nothing for units that are not known.
std::optional<double> quantityFactor(sensors::Quantity quantity, const std::string& unit) {
  using enum sensors::Quantity;
  using Units = std::map<std::string, double>;
  static const Units depth{{"cm", 1}, {"㎝", 1}, {"m", 100}, {"mm", 0.1}, {"㎜", 0.1}};
  static const Units water{{"mm", 1}, {"㎜", 1}, {"cm", 10}, {"mm/h", 1}};
  static const Units warmth{{"℃", 1}, {"°c", 1}, {"c", 1}, {"度", 1}, {"degc", 1}};
  static const Units speed{{"m/s", 1}, {"ms", 1}, {"km/h", 1 / 3.6}, {"kt", 0.514444}};
  static const Units share{{"%", 1}, {"pct", 1}};
  const Units& units = quantity == snow_depth_cm || quantity == new_snow_cm              ? depth
                       : quantity == precipitation_mm                                    ? water
                       : quantity == air_temperature_c || quantity == road_temperature_c ? warmth
                       : quantity == wind_speed_ms                                       ? speed
                                                                                         : share;
  const auto found = units.find(unit);
  return found == units.end() ? std::nullopt : std::optional(found->second);
}

std::vector<QuantityColumn> quantitiesOf(const std::vector<std::string>& heads, FieldMatch& match) {
  std::vector<QuantityColumn> columns;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const Head head = normalizeHead(heads[i]);
    const std::optional<sensors::Quantity> quantity = sensors::quantityFrom(heads[i]);
    if (!quantity || isBesideQuantity(head.whole)) continue;
    const bool taken = std::any_of(match.columns.begin(), match.columns.end(),
                                   [&](const auto& entry) { return entry.second.index == i; });
    if (taken) continue;
    const bool again =
        std::any_of(columns.begin(), columns.end(), [&](const QuantityColumn& c) { return c.quantity == *quantity; });
    if (again) {
      match.doubts.push_back(
          {"field.ambiguous", fmt::format("Column \"{}\" measures {} a second time and was not read.", heads[i],
                                          sensors::toString(*quantity))});
      continue;
    }
    const std::string unit = unitOfHead(heads[i], head);
    const std::optional<double> factor = quantityFactor(*quantity, unit);
    if (!factor && !head.unit.empty())
      match.doubts.push_back(
          {"unit.assumed", fmt::format("The unit \"{}\" of column \"{}\" is not known; {} was taken.", unit, heads[i],
                                       sensors::unitOf(*quantity))});
    columns.push_back({*quantity, i, heads[i], factor.value_or(1)});
  }
  return columns;
}

bool hasPlace(const FieldMatch& match) {
  return (match.has("latitude") && match.has("longitude")) || (match.has("northing") && match.has("easting"));
}

/// "ID, name, lat, lon" could be anything; a station's table says so in its heads.
bool namesStations(const FieldMatch& match) {
  for (const char* meaning : {"id", "name"}) {
    const Column* column = match.find(meaning);
    if (!column) continue;
    const std::string head = toLower(normalizeWidth(column->head));
    for (const std::string_view word : {"観測", "局", "地点", "station", "sensor", "gauge"})
      if (head.find(word) != std::string::npos) return true;
  }
  return false;
}

/// Whether a match is enough to be sure of the kind.
bool isEnough(TableKind kind, const FieldMap& map, const TableHead& head) {
  const FieldMatch& match = head.match;
  constexpr std::size_t telling_heads = 3;
  switch (kind) {
    case TableKind::forecast:
      return match.has("issued") && match.has("time") && !head.quantities.empty();
    case TableKind::observations:
      return match.has("time") && match.has("station_id") && !head.quantities.empty();
    case TableKind::inspections:
      return match.has("bridge_id") && (match.has("date") || match.has("fiscal_year")) &&
             (match.has("soundness") || match.has("member_soundness") || match.has("defect_type"));
    case TableKind::bridge_register:
      return (match.has("id") || match.has("name")) && map.tellingMatches(match) >= telling_heads;
    case TableKind::stations:
      return match.has("id") && hasPlace(match) && namesStations(match);
    case TableKind::places:
      return hasPlace(match) || match.has("wkt");
    case TableKind::column_names:
      break;
  }
  return false;
}

}  // namespace

const char* toString(TableKind kind) {
  switch (kind) {
    case TableKind::bridge_register:
      return "bridge register";
    case TableKind::inspections:
      return "bridge inspections";
    case TableKind::stations:
      return "stations";
    case TableKind::observations:
      return "observations";
    case TableKind::forecast:
      return "forecast";
    case TableKind::places:
      return "places";
    case TableKind::column_names:
      return "column names";
  }
  return "";
}

Result<std::optional<TableHead>> recogniseHead(const std::vector<std::string>& heads,
                                               const std::filesystem::path& own) {
  struct Candidate {
    TableKind kind;
    const char* map;
    bool measures;
  };
  // The most particular first: an inspection table also has what a register has.
  static constexpr std::array<Candidate, 6> candidates{{{TableKind::forecast, "forecast", true},
                                                        {TableKind::observations, "observations", true},
                                                        {TableKind::inspections, "inspections", false},
                                                        {TableKind::bridge_register, "register", false},
                                                        {TableKind::stations, "stations", false},
                                                        {TableKind::places, "places", false}}};
  if (heads.size() >= 2 && heads[0] == "original_name" && heads[1] == "display_name")
    return std::optional(TableHead{TableKind::column_names, heads, {}, {}, 0});
  for (const Candidate& candidate : candidates) {
    const Result<FieldMap> map = FieldMap::load(candidate.map, own);
    if (!map) return map.error();
    TableHead head{candidate.kind, heads, map->match(heads), {}, 0};
    if (candidate.measures) head.quantities = quantitiesOf(heads, head.match);
    if (isEnough(candidate.kind, *map, head)) return std::optional(std::move(head));
  }
  return std::optional<TableHead>{};
}

}  // namespace hashimichi::import
