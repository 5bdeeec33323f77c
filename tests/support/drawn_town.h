#pragma once
#include <cctype>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/date_time.h"
#include "geo/core/text.h"
#include "geo/model/city_model.h"

namespace hashimichi::tests {

/// How a drawn town is read. One character is one cell; the first drawn row is the northernmost, y = 0 there.
struct Drawing {
  double cell_m = 50;
  double width_m = 6;
  model::ClearingClass clearing_class = model::ClearingClass::class1;
  model::RoadAdministrator administrator = model::RoadAdministrator::city;
  /// Changes single segments, by id: {"AB", [](auto& road) { road.aadt = 1200; }}.
  std::map<std::string, std::function<void(model::RoadSegment&)>> change = {};
};

namespace drawing {

inline std::vector<std::string> rowsOf(std::string_view picture) {
  std::vector<std::string> rows;
  std::size_t indent = std::string::npos;
  for (const std::string_view line : split(picture, '\n')) {
    const std::size_t first = line.find_first_not_of(' ');
    if (first == std::string_view::npos && rows.empty()) continue;
    if (first != std::string_view::npos) indent = std::min(indent, first);
    rows.emplace_back(line);
  }
  for (std::string& row : rows) row = row.size() > indent ? row.substr(indent) : std::string();
  return rows;
}

inline char cellAt(const std::vector<std::string>& rows, std::size_t row, std::size_t column) {
  return row < rows.size() && column < rows[row].size() ? rows[row][column] : ' ';
}

inline model::Bridge bridgeBelow(const model::RoadSegment& road) {
  model::Bridge bridge;
  bridge.id = "bridge " + road.id;
  bridge.name = bridge.id;
  bridge.axis = road.centreline;
  bridge.geometry.lines = {road.centreline};
  bridge.position = (road.centreline.front() + road.centreline.back()) * 0.5;
  bridge.length_m = road.length_m;
  bridge.width_m = road.width_m;
  bridge.has_register_entry = true;
  return bridge;
}

}  // namespace drawing

/// A town as a test draws it: capital letters are junctions, - and | are roads between them, # is a road on a bridge.
/// The segment between A and B has the id "AB" (westernmost or northernmost letter first); a segment drawn with #
/// also gives a bridge "bridge AB".
///
///   A---B
///       #
///       C---D
inline model::CityModel drawTown(std::string_view picture, const Drawing& how = {}) {
  const std::vector<std::string> rows = drawing::rowsOf(picture);
  model::CityModel town;
  town.frame = *crs::LocalFrame::create(6676, {31000, 160000, 0});
  const auto place = [&](std::size_t row, std::size_t column) {
    return Vec3d{static_cast<double>(column) * how.cell_m, -static_cast<double>(row) * how.cell_m, 0};
  };
  const auto trace = [&](std::size_t row, std::size_t column, bool east) {
    const char from = drawing::cellAt(rows, row, column), along = east ? '-' : '|';
    std::size_t r = row, c = column;
    bool bridge = false;
    char cell = from;
    do {
      ++(east ? c : r);
      cell = drawing::cellAt(rows, r, c);
      bridge = bridge || cell == '#';
    } while (cell == along || cell == '#');
    const std::size_t steps = (r - row) + (c - column);
    if (steps < 2 || !std::isupper(static_cast<unsigned char>(cell))) return;
    model::RoadSegment road;
    road.id = {from, cell};
    road.name = "市道" + road.id + "線";
    road.source = "drawing";
    road.centreline = {place(row, column), place(r, c)};
    road.geometry.lines = {road.centreline};
    road.length_m = how.cell_m * static_cast<double>(steps);
    road.width_m = how.width_m;
    road.clearing_class = how.clearing_class;
    road.administrator = how.administrator;
    road.on_bridge = bridge;
    if (const auto change = how.change.find(road.id); change != how.change.end()) change->second(road);
    if (road.on_bridge) town.bridges.push_back(drawing::bridgeBelow(road));
    town.roads.push_back(std::move(road));
  };
  for (std::size_t row = 0; row < rows.size(); ++row)
    for (std::size_t column = 0; column < rows[row].size(); ++column)
      if (std::isupper(static_cast<unsigned char>(rows[row][column]))) {
        trace(row, column, true);
        trace(row, column, false);
      }
  return town;
}

/// Adds a station with one series of hourly values that ends at `last` (ISO 8601).
inline void addHourly(model::CityModel& town, const std::string& station_id, Vec3d position, sensors::Quantity quantity,
                      std::string_view last, const std::vector<double>& values) {
  const auto known = [&](const sensors::Station& station) { return station.id == station_id; };
  if (std::none_of(town.stations.begin(), town.stations.end(), known))
    town.stations.push_back({station_id, station_id, "drawing", position, false});
  sensors::Series series;
  series.station_id = station_id;
  series.quantity = quantity;
  series.source = "drawing";
  const Instant end = parseInstant(last).value();
  for (std::size_t i = 0; i < values.size(); ++i)
    series.values.push_back({end.plusHours(static_cast<double>(i + 1) - static_cast<double>(values.size())),
                             values[i],
                             sensors::Flag::not_checked,
                             {}});
  town.series.push_back(std::move(series));
}

}  // namespace hashimichi::tests
