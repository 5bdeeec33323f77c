#include "geo/import/results/simulation_head.h"

#include <algorithm>
#include <array>
#include <map>

#include "geo/import/tables/csv_sniff.h"
#include "geo/import/tables/table.h"

namespace hashimichi::import {
namespace {

constexpr std::size_t searched_lines = 20;

enum class Place { none, x, y, z, lon, lat, northing, easting };

/// Heads of coordinates without their units, levelled (see level()).
Place placeOf(const std::string& word) {
  static const std::map<std::string, Place> words{
      {"x", Place::x},           {"points0", Place::x},    {"cellcenters0", Place::x}, {"ccx", Place::x},
      {"y", Place::y},           {"points1", Place::y},    {"cellcenters1", Place::y}, {"ccy", Place::y},
      {"z", Place::z},           {"points2", Place::z},    {"cellcenters2", Place::z}, {"ccz", Place::z},
      {"標高", Place::z},        {"高度", Place::z},       {"z座標", Place::z},        {"elevation", Place::z},
      {"lon", Place::lon},       {"lng", Place::lon},      {"longitude", Place::lon},  {"経度", Place::lon},
      {"lat", Place::lat},       {"latitude", Place::lat}, {"緯度", Place::lat},       {"x座標", Place::northing},
      {"y座標", Place::easting}, {"easting", Place::x},    {"northing", Place::y},     {"東距", Place::x},
      {"北距", Place::y}};
  const auto found = words.find(word);
  return found == words.end() ? Place::none : found->second;
}

/// Lower case, narrow, without blanks and joints: "Points:0" → "points0".
std::string level(std::string_view text) {
  std::string word = toLower(normalizeWidth(trim(text)));
  std::erase_if(word, [](char c) { return c == ' ' || c == '_' || c == ':' || c == '-' || c == '"'; });
  return word;
}

bool isOneOf(const std::string& word, std::initializer_list<const char*> words) {
  return std::ranges::any_of(words, [&](const char* each) { return word == each; });
}

/// What simulations of wind, snow and water tell. A table with coordinates and none of these is a list of places.
bool isSimulated(const std::string& level_name) {
  static constexpr std::array<std::string_view, 21> parts{
      "風速",   "風向",  "wind", "velocity", "積雪",          "snow",  "吹きだまり",
      "吹き溜", "drift", "swe",  "相当水量", "浸水",          "flood", "inundation",
      "水深",   "融雪",  "melt", "飛雪",     "concentration", "濃度",  "積算飛雪"};
  if (isOneOf(level_name, {"u0", "u1", "u2", "u", "umag"})) return true;
  return std::ranges::any_of(parts, [&](std::string_view part) { return level_name.find(part) != std::string::npos; });
}

/// Of "second", "hour" and their like; 0 for a clock.
double elapsedUnit(const std::string& name, const std::string& unit) {
  if (isOneOf(unit, {"s", "sec", "秒"})) return 1;
  if (isOneOf(unit, {"min", "分"})) return 60;
  if (isOneOf(unit, {"h", "hr", "hour", "時間"})) return 3600;
  return isOneOf(name, {"timestep", "timevalue", "経過秒"}) ? 1 : 0;
}

/// Tables whose readers know more of them than this one would.
bool isAnotherTable(const std::vector<std::string>& heads) {
  const Result<std::optional<TableHead>> known = recogniseHead(heads);
  return known && known->has_value() && (*known)->kind != TableKind::places;
}

void notePlace(SimulationHead& head, Place place, std::size_t index, std::array<bool, 2>& has) {
  const auto set = [&](std::size_t& slot, std::size_t which) {
    if (!has[which]) slot = index, has[which] = true;
  };
  if (place == Place::x || place == Place::lon || place == Place::easting) set(head.x, 0);
  if (place == Place::y || place == Place::lat || place == Place::northing) set(head.y, 1);
  if (place == Place::lon || place == Place::lat) head.degrees = true;
  if (place == Place::z && !head.z) head.z = index;
}

}  // namespace

QuantityWords quantityWords(std::string_view head) {
  std::string text(trim(head));
  if (text.size() > 1 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  for (const auto& [open, close] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"[", "]"}, {"(", ")"}, {"（", "）"}, {"［", "］"}}) {
    const auto from = text.rfind(open);
    if (from == std::string::npos || from == 0 || !text.ends_with(close)) continue;
    const std::size_t begin = from + open.size();
    return {std::string(trim(std::string_view(text).substr(0, from))),
            normalizeWidth(std::string_view(text).substr(begin, text.size() - close.size() - begin))};
  }
  static const std::array<std::pair<std::string_view, std::string_view>, 11> endings{{{"_kg_m2", "kg/m2"},
                                                                                      {"_kgm2", "kg/m2"},
                                                                                      {"_m_s", "m/s"},
                                                                                      {"_mps", "m/s"},
                                                                                      {"_ms", "m/s"},
                                                                                      {"_deg", "°"},
                                                                                      {"_cm", "cm"},
                                                                                      {"_mm", "mm"},
                                                                                      {"_pct", "%"},
                                                                                      {"_degc", "°C"},
                                                                                      {"_m", "m"}}};
  const std::string lower = toLower(text);
  for (const auto& [ending, unit] : endings)
    if (lower.size() > ending.size() && lower.ends_with(ending))
      return {text.substr(0, text.size() - ending.size()), std::string(unit)};
  return {text, {}};
}

std::optional<SimulationHead> simulationHead(const std::vector<std::string>& heads) {
  SimulationHead head;
  std::array<bool, 2> has{};
  std::vector<ValueColumn> others;
  bool simulated = false;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const QuantityWords words = quantityWords(heads[i]);
    const std::string name = level(words.name), unit = level(words.unit);
    if (name.empty()) continue;
    if (const Place place = placeOf(name); place != Place::none) {
      notePlace(head, place, i, has);
    } else if (isOneOf(name,
                       {"time", "datetime", "date", "時刻", "日時", "時間", "経過時間", "timestep", "timevalue"})) {
      if (!head.time) head.time = i, head.elapsed_unit_s = elapsedUnit(name, unit);
    } else if (isOneOf(name, {"id", "cell", "cellid", "pointid", "gmlid", "建物id", "メッシュ番号", "格子番号"})) {
      if (!head.id) head.id = i;
    } else if (isOneOf(name, {"variable", "quantity", "parameter", "項目", "変数", "要素"})) {
      head.variable = i;
    } else if (isOneOf(name, {"value", "値", "数値"})) {
      head.value = i;
    } else if (isOneOf(name, {"unit", "units", "単位"})) {
      head.unit = i;
    } else if (!isOneOf(name, {"name", "名称", "備考", "note", "i", "j", "row", "col", "vtkvalidpointmask"})) {
      others.push_back({i, std::string(trim(heads[i])), words.name, words.unit});
      simulated = simulated || isSimulated(name);
    }
  }
  if (!has[0] || !has[1]) return std::nullopt;
  if (!head.isLong()) {
    if (!simulated || isAnotherTable(heads)) return std::nullopt;
    head.values = std::move(others);
  }
  return head;
}

bool beginsLikeSimulation(std::string_view head_of_file) {
  if (head_of_file.starts_with("\xEF\xBB\xBF")) head_of_file.remove_prefix(3);
  // What is cut within the last line may be half a character: that line tells nothing anyhow.
  const auto last = head_of_file.find_last_of("\r\n");
  if (last == std::string_view::npos) return false;
  const std::optional<Decoded> text = decodeText(head_of_file.substr(0, last));
  if (!text) return false;
  const char separator = separatorOf(std::string(head_of_file));
  std::size_t line_count = 0;
  for (std::string_view line : split(text->utf8, '\n')) {
    if (++line_count > searched_lines) break;
    while (line.ends_with('\r')) line.remove_suffix(1);
    std::vector<std::string> heads;
    for (const std::string_view cell : split(line, separator)) heads.emplace_back(cell);
    if (heads.size() >= 3 && simulationHead(heads)) return true;
  }
  return false;
}

}  // namespace hashimichi::import
