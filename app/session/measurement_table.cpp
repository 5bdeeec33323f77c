#include "app/session/measurement_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "app/i18n/text.h"
#include "geo/export/writers.h"

namespace hashimichi::app {
namespace {

struct Unit {
  std::string_view ending;
  const char* shown;
  int decimals;
};
// Longest endings first: "_mm" ends in "m", too.
constexpr std::array units{Unit{"_percent", "%", 2}, Unit{"_deg", "°", 1}, Unit{"_cm", "cm", 1}, Unit{"_mm", "mm", 1},
                           Unit{"_m2", "m²", 2},     Unit{"_m3", "m³", 2}, Unit{"_m", "m", 3}};

/// The fields of results that have a translation.
constexpr std::array<std::pair<std::string_view, std::string_view>, 34> words{{
    {"distance", "result.distance"},
    {"horizontal", "result.horizontal"},
    {"height", "result.height"},
    {"slope", "result.slope"},
    {"azimuth", "result.azimuth"},
    {"sigma", "result.sigma"},
    {"planimetric", "result.planimetric"},
    {"surface", "result.surface"},
    {"plane", "result.plane"},
    {"perimeter", "result.perimeter"},
    {"tilt", "result.tilt"},
    {"lowest", "result.lowest"},
    {"lowest_girder", "result.lowest_girder"},
    {"clearance", "result.clearance"},
    {"below_z", "result.below_z"},
    {"chainage", "result.chainage"},
    {"offset", "result.offset"},
    {"points", "result.points"},
    {"points_after", "result.points_after"},
    {"cells", "result.cells"},
    {"cells_without_below", "result.cells_without_below"},
    {"mean_change", "result.mean_change"},
    {"median", "result.median"},
    {"mean", "result.mean"},
    {"significant", "result.significant"},
    {"count", "result.count"},
    {"unseen", "result.unseen"},
    {"depth", "result.depth"},
    {"volume", "result.volume"},
    {"net", "result.net"},
    {"gain", "result.gain"},
    {"loss", "result.loss"},
    {"area", "result.area"},
    {"not_measured", "result.not_measured"},
}};

MeasuredNumber takenApart(const std::string& field, double value, bool whole) {
  for (const Unit& unit : units)
    if (field.ends_with(unit.ending))
      return {field.substr(0, field.size() - unit.ending.size()), value, unit.shown, unit.decimals};
  return {field, value, "", whole ? 0 : 3};
}

void collect(const nlohmann::json& object, const std::string& before, int levels, std::vector<MeasuredNumber>& out) {
  for (const auto& [field, value] : object.items()) {
    if (value.is_number())
      out.push_back(takenApart(before + field, value.get<double>(), value.is_number_integer()));
    else if (value.is_object() && levels > 0)
      collect(value, before + field + ".", levels - 1, out);
  }
}

std::string_view headlineField(measure::SavedKind kind) {
  switch (kind) {
    case measure::SavedKind::distance:
      return "distance";
    case measure::SavedKind::height:
      return "height";
    case measure::SavedKind::area:
      return "planimetric";
    case measure::SavedKind::clearance:
      return "lowest.clearance";
    case measure::SavedKind::settlement:
      return "mean_change";
    case measure::SavedKind::change:
      return "summary.median";
    case measure::SavedKind::snow:
      return "depth";
    case measure::SavedKind::volume:
      return "net";
    default:
      return {};
  }
}

}  // namespace

const char* measuredKey(measure::SavedKind kind) {
  switch (kind) {
    case measure::SavedKind::distance:
      return "measured.distance";
    case measure::SavedKind::height:
      return "measured.height";
    case measure::SavedKind::area:
      return "measured.area";
    case measure::SavedKind::section:
      return "measured.section";
    case measure::SavedKind::clearance:
      return "measured.clearance";
    case measure::SavedKind::road_sections:
      return "measured.road_sections";
    case measure::SavedKind::settlement:
      return "measured.settlement";
    case measure::SavedKind::change:
      return "measured.change";
    case measure::SavedKind::snow:
      return "measured.snow";
    case measure::SavedKind::volume:
      break;
  }
  return "measured.volume";
}

std::vector<MeasuredNumber> numbersOf(const measure::SavedMeasurement& measurement) {
  std::vector<MeasuredNumber> numbers;
  const nlohmann::json json = nlohmann::json::parse(measurement.result_json, nullptr, false);
  if (json.is_object()) collect(json, "", 1, numbers);
  return numbers;
}

std::optional<MeasuredNumber> headlineOf(const measure::SavedMeasurement& measurement) {
  const std::vector<MeasuredNumber> numbers = numbersOf(measurement);
  const auto found = std::ranges::find(numbers, headlineField(measurement.kind), &MeasuredNumber::name);
  return found == numbers.end() ? std::nullopt : std::optional(*found);
}

std::string wordOf(Language language, const MeasuredNumber& number) {
  const std::size_t point = number.name.find('.');
  const auto part = [&](const std::string& name) -> std::string {
    for (const auto& [field, key] : words)
      if (field == name) return tr(language, key);
    std::string plain = name;
    std::ranges::replace(plain, '_', ' ');
    return plain;
  };
  if (point == std::string::npos) return part(number.name);
  const std::string whole = number.name.substr(0, point);
  if (whole == "basis" || whole == "summary") return part(number.name.substr(point + 1));
  return part(whole) + ": " + part(number.name.substr(point + 1));
}

std::string measurementTable(const measure::SavedMeasurements& saved, const crs::LocalFrame& frame) {
  std::string text =
      "\xEF\xBB\xBFid,name,kind,measured_at,unrefined,field,value,unit,easting_m,northing_m,height_m\r\n";
  for (const measure::SavedMeasurement& measurement : saved.all()) {
    std::string place = ",,";
    if (!measurement.points.empty()) {
      const Vec3d p = frame.toProjected(measurement.points.front());
      place = fmt::format("{:.3f},{:.3f},{:.3f}", p.x, p.y, p.z);
    }
    const std::string head = fmt::format("{},{},{},{},{}", exporting::csvText(measurement.id),
                                         exporting::csvText(measurement.name), toString(measurement.kind),
                                         formatInstant(measurement.at), measurement.unrefined ? "true" : "false");
    const std::vector<MeasuredNumber> numbers = numbersOf(measurement);
    if (numbers.empty()) text += fmt::format("{},,,,{}\r\n", head, place);
    for (const MeasuredNumber& number : numbers)
      text += fmt::format("{},{},{},{},{}\r\n", head, number.name, number.value, number.unit, place);
  }
  return text;
}

}  // namespace hashimichi::app
