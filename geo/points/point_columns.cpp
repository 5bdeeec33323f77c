#include "geo/points/point_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "geo/core/text.h"

namespace hashimichi::points {
namespace {

struct Meaning {
  int axis = -1;
  std::string_view field = {};
  int element = 0;
};

const std::map<std::string, Meaning, std::less<>>& meanings() {
  static const std::map<std::string, Meaning, std::less<>> known{{"x", {0}},
                                                                 {"easting", {0}},
                                                                 {"east", {0}},
                                                                 {"e", {0}},
                                                                 {"lon", {0}},
                                                                 {"longitude", {0}},
                                                                 {"東距", {0}},
                                                                 {"経度", {0}},
                                                                 {"y", {1}},
                                                                 {"northing", {1}},
                                                                 {"north", {1}},
                                                                 {"n", {1}},
                                                                 {"lat", {1}},
                                                                 {"latitude", {1}},
                                                                 {"北距", {1}},
                                                                 {"緯度", {1}},
                                                                 {"z", {2}},
                                                                 {"height", {2}},
                                                                 {"elevation", {2}},
                                                                 {"h", {2}},
                                                                 {"alt", {2}},
                                                                 {"altitude", {2}},
                                                                 {"標高", {2}},
                                                                 {"高さ", {2}},
                                                                 {"Z座標", {2}},
                                                                 {"X座標", {1}},
                                                                 {"Y座標", {0}},
                                                                 {"r", {-1, field::rgb, 0}},
                                                                 {"red", {-1, field::rgb, 0}},
                                                                 {"diffuse_red", {-1, field::rgb, 0}},
                                                                 {"g", {-1, field::rgb, 1}},
                                                                 {"green", {-1, field::rgb, 1}},
                                                                 {"diffuse_green", {-1, field::rgb, 1}},
                                                                 {"b", {-1, field::rgb, 2}},
                                                                 {"blue", {-1, field::rgb, 2}},
                                                                 {"diffuse_blue", {-1, field::rgb, 2}},
                                                                 {"i", {-1, field::intensity}},
                                                                 {"intensity", {-1, field::intensity}},
                                                                 {"scalar_intensity", {-1, field::intensity}},
                                                                 {"reflectance", {-1, field::intensity}},
                                                                 {"反射強度", {-1, field::intensity}},
                                                                 {"class", {-1, field::classification}},
                                                                 {"classification", {-1, field::classification}},
                                                                 {"scalar_classification", {-1, field::classification}},
                                                                 {"return number", {-1, field::return_number}},
                                                                 {"return_number", {-1, field::return_number}},
                                                                 {"returnnumber", {-1, field::return_number}},
                                                                 {"scalar_return_number", {-1, field::return_number}},
                                                                 {"number of returns", {-1, field::number_of_returns}},
                                                                 {"number_of_returns", {-1, field::number_of_returns}},
                                                                 {"numberofreturns", {-1, field::number_of_returns}},
                                                                 {"gpstime", {-1, field::gps_time}},
                                                                 {"gps_time", {-1, field::gps_time}},
                                                                 {"gps-time", {-1, field::gps_time}},
                                                                 {"scalar_gps_time", {-1, field::gps_time}},
                                                                 {"point_source_id", {-1, field::point_source_id}},
                                                                 {"pointsourceid", {-1, field::point_source_id}}};
  return known;
}

PointColumn columnOf(const Meaning& meaning, std::string name) {
  PointColumn column;
  column.name = std::move(name), column.axis = meaning.axis, column.element = meaning.element;
  if (meaning.axis < 0 && !meaning.field.empty()) column.field = standardField(meaning.field);
  return column;
}

PointColumn extraColumn(std::string name) {
  PointColumn column;
  column.field = {name};
  column.field.type = Scalar::f64;
  column.name = std::move(name);
  return column;
}

bool isByteLike(const ColumnRange& r) {
  return r.numbers > 0 && r.whole && r.low >= 0 && r.high <= 65535;
}
bool areColours(const std::vector<ColumnRange>& r, std::size_t first) {
  return first + 3 <= r.size() && isByteLike(r[first]) && isByteLike(r[first + 1]) && isByteLike(r[first + 2]);
}

}  // namespace

void ColumnRange::add(double value) {
  if (!std::isfinite(value)) return;
  ++numbers;
  low = std::min(low, value), high = std::max(high, value);
  whole = whole && value == std::floor(value);
}

std::vector<PointColumn> columnsByName(const std::vector<std::string>& names) {
  std::vector<PointColumn> columns;
  int axes = 0;
  for (const std::string& raw : names) {
    const std::string name(trim(raw));
    const auto known = meanings().find(meanings().contains(name) ? name : toLower(name));
    const bool taken =
        known != meanings().end() && std::any_of(columns.begin(), columns.end(), [&](const PointColumn& c) {
          return known->second.axis >= 0
                     ? c.axis == known->second.axis
                     : c.field.name == known->second.field && c.element == known->second.element && c.axis < 0;
        });
    if (known == meanings().end() || taken) {
      columns.push_back(extraColumn(name.empty() ? fmt::format("column {}", columns.size() + 1) : name));
    } else {
      columns.push_back(columnOf(known->second, name));
      if (known->second.axis >= 0) axes |= 1 << known->second.axis;
    }
  }
  if (axes != 7) return {};
  return columns;
}

std::vector<PointColumn> columnsByValue(const std::vector<ColumnRange>& ranges) {
  std::vector<PointColumn> columns;
  for (int axis = 0; axis < 3; ++axis) columns.push_back(columnOf({axis}, {}));
  const std::size_t rest = ranges.size() - 3;
  const auto add = [&](std::string_view field, int element = 0) {
    columns.push_back(columnOf({-1, field, element}, {}));
  };
  const auto addColours = [&] { add(field::rgb, 0), add(field::rgb, 1), add(field::rgb, 2); };
  if (rest >= 4 && areColours(ranges, 4)) {
    add(field::intensity), addColours();
  } else if (rest >= 3 && areColours(ranges, 3)) {
    addColours();
    if (rest >= 4) add(field::intensity);
  } else if (rest == 1) {
    add(field::intensity);
  }
  while (columns.size() < ranges.size()) columns.push_back(extraColumn(fmt::format("column {}", columns.size() + 1)));
  return columns;
}

std::string fitColumns(std::vector<PointColumn>& columns, const std::vector<ColumnRange>& ranges) {
  std::string assumed;
  double brightest = 0;
  bool whole = true;
  for (std::size_t i = 0; i < columns.size() && i < ranges.size(); ++i)
    if (columns[i].axis < 0 && columns[i].field.name == field::rgb)
      brightest = std::max(brightest, ranges[i].high), whole = whole && ranges[i].whole;
  for (std::size_t i = 0; i < columns.size() && i < ranges.size(); ++i) {
    PointColumn& column = columns[i];
    if (column.axis >= 0) continue;
    if (ranges[i].numbers == 0) {
      column.field.name.clear();  // a column of words
    } else if (column.field.name == field::rgb) {
      column.factor = brightest <= 1 && !whole ? 65535 : brightest <= 255 ? 257 : 1;
    } else if (column.field.name == field::intensity) {
      if (ranges[i].low >= 0 && ranges[i].high <= 1 && !ranges[i].whole)
        column.factor = 65535, assumed += " Intensities of 0 to 1 were taken as 0 to 65535.";
      else if (ranges[i].low < 0 && ranges[i].low >= -2048 && ranges[i].high <= 2047)
        column.shift = 2048, assumed += " Intensities from -2048 on were raised by 2048.";
    }
  }
  return assumed;
}

std::string columnWords(const std::vector<PointColumn>& columns) {
  static constexpr const char *axes[]{"x", "y", "z"}, *colours[]{"red", "green", "blue"};
  std::string words;
  for (const PointColumn& column : columns) {
    if (!words.empty()) words += ", ";
    if (column.axis >= 0)
      words += axes[column.axis];
    else if (column.field.name == field::rgb)
      words += colours[column.element];
    else
      words += column.field.name.empty() ? "(" + column.name + ")" : column.field.name;
  }
  return words;
}

}  // namespace hashimichi::points
