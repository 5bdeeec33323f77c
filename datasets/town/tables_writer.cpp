// The tables of the town hall: CP932, CRLF, Japanese heads, dates in whatever spelling the clerk of the day used.
#include <fmt/format.h>

#include <cmath>

#include "datasets/town/random.h"
#include "datasets/town/town_parts.h"
#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/crs/transform.h"

namespace hashimichi::datasets {
namespace {

using Row = std::vector<std::string>;

void append(std::string& csv, const Row& row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) csv += ',';
    const bool quote = row[i].find_first_of(",\"\n") != std::string::npos;
    csv += quote ? fmt::format("\"{}\"", row[i]) : row[i];
  }
  csv += "\r\n";
}

Status save(const std::filesystem::path& path, const std::string& utf8) {
  const auto bytes = cp932FromUtf8(utf8);
  if (!bytes)
    return Error{ErrorCode::write_failed, toUtf8(path), "a character of the table has no place in CP932.", ""};
  return writeFile(path, *bytes);
}

std::string fullWidth(int number) {
  std::string text;
  for (const char c : fmt::format("{}", number))
    text += fmt::format("{}{}", "\xEF\xBC", static_cast<char>(0x90 + (c - '0')));
  return text;
}

struct Era {
  const char *name, *letter;
  int first;  ///< year that is 元年
};
/// Era of a day, to the month: 平成 ends with April 2019.
Era eraOf(int year, int month) {
  if (year > 2019 || (year == 2019 && month >= 5)) return {"令和", "R", 2019};
  if (year >= 1989) return {"平成", "H", 1989};
  return {"昭和", "S", 1926};
}

std::string builtText(int year, int month, std::uint64_t luck) {
  if (year == 0) return "";
  const Era era = eraOf(year, month);
  const int n = year - era.first + 1;
  const std::string year_text = n == 1 ? "元" : fmt::format("{}", n);
  switch (luck % 6) {
    case 0:
      return fmt::format("{}{}年{}月", era.name, n == 1 ? "元" : fullWidth(n), fullWidth(month));
    case 1:
      return fmt::format("{}{}.{}", era.letter, n, month);
    case 2:
      return fmt::format("{}{}年", era.name, year_text);
    case 3:
      return fmt::format("{}", year);
    default:
      return fmt::format("{}{}年{}月", era.name, year_text, month);
  }
}

std::string inspectedText(Date date, std::uint64_t luck) {
  const Era era = eraOf(date.year, date.month);
  const int n = date.year - era.first + 1;
  switch (luck % 4) {
    case 0:
      return fmt::format("{}{}.{}.{}", era.letter, n, date.month, date.day);
    case 1:
      return fmt::format("{}{}年{}月{}日", era.name, n == 1 ? "元" : fmt::format("{}", n), date.month, date.day);
    case 2:
      return fmt::format("{}/{}/{}", date.year, date.month, date.day);
    default:
      return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
  }
}

std::string number(double value, int decimals) {
  return fmt::format("{:.{}f}", value, decimals);
}
std::string measured(std::optional<double> value, int decimals) {
  return value ? number(*value, decimals) : "";
}

/// "lat","lon" of a local place, 6 decimals (a decimetre).
std::pair<std::string, std::string> latLon(const crs::FromLocal& geographic, Vec3d place) {
  const Vec3d at = geographic(place).value_or(Vec3d{});
  return {number(at.y, 6), number(at.x, 6)};
}

Status writeRegister(const std::filesystem::path& path, const Town& town, const crs::FromLocal& geographic) {
  std::string csv;
  append(csv,
         {"施設ID", "橋梁名", "フリガナ", "路線名", "緯度", "経度", "橋長(m)", "幅員(m)", "架設年月", "構造形式",
          "材料", "管理者", "交差物件", "跨線橋", "跨道橋", "緊急輸送道路", "迂回路(km)", "交通量(台/日)", "バス路線"});
  for (std::size_t i = 0; i < town.bridges.size(); ++i) {
    const TownBridge& b = town.bridges[i];
    const Road& road = town.network.roads[static_cast<std::size_t>(b.road)];
    const auto [lat, lon] = latLon(geographic, b.axis[b.axis.size() / 2]);
    const char* owner = road.rank == RoadRank::national ? "国" : road.rank == RoadRank::prefectural ? "県" : "市";
    const char* emergency[] = {"指定なし", "第1次", "第2次", "第3次"};
    append(csv, {b.id, b.name, b.kana, b.route, lat, lon, number(b.length_m, 1), number(b.width_m, 1),
                 builtText(b.year, b.month, hashOf(town.options.seed, 601, static_cast<std::int64_t>(i))),
                 structureName(b.kind), materialName(b.kind), owner, b.crosses, "無", "無", emergency[road.emergency],
                 number(b.detour_km, 1), number(road.aadt, 0), road.bus > 0 ? "有" : "無"});
  }
  return save(path, csv);
}

Row inspectionRow(const TownBridge& bridge, const BridgeInspection& inspection, const InspectionRow& row,
                  const std::string& date, const crs::FromLocal& geographic) {
  const char* grades[] = {"", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"};
  Row cells{bridge.id,         date,       grades[inspection.soundness],
            inspection.status, row.member, row.member_grade,
            row.measure,       row.defect, row.damage};
  cells.push_back(row.size_mm > 0 ? fmt::format("{}", row.size_mm) : "");
  if (row.defect.empty()) {
    cells.insert(cells.end(), {"", "", ""});
  } else {
    const auto [lat, lon] = latLon(geographic, row.position);
    cells.insert(cells.end(), {lat, lon, number(row.position.z, 2)});
  }
  cells.insert(cells.end(), {row.event, row.note});
  return cells;
}

Status writeInspections(const std::filesystem::path& path, const Town& town, const crs::FromLocal& geographic) {
  std::string csv;
  append(csv, {"施設ID", "点検年月日", "判定区分", "措置状況", "部材", "部材判定", "対策区分", "損傷種類", "損傷程度",
               "損傷寸法(mm)", "緯度", "経度", "標高(m)", "特定事象", "所見"});
  for (std::size_t i = 0; i < town.bridges.size(); ++i)
    for (const BridgeInspection& inspection : town.bridges[i].inspections) {
      const std::string date = inspectedText(
          inspection.date, hashOf(town.options.seed, 602, static_cast<std::int64_t>(i), inspection.date.year));
      for (const InspectionRow& row : inspection.rows)
        append(csv, inspectionRow(town.bridges[i], inspection, row, date, geographic));
    }
  return save(path, csv);
}

std::string clockText(Instant time) {
  const ClockTime c = toClock(time);
  return fmt::format("{:04}/{:02}/{:02} {:02}:{:02}", c.date.year, c.date.month, c.date.day, c.hour, c.minute);
}

Status writeStations(const std::filesystem::path& path, const Town& town, const crs::FromLocal& geographic) {
  std::string csv;
  append(csv, {"観測局ID", "観測局名", "緯度", "経度", "標高(m)", "橋上"});
  for (const TownStation& station : town.weather.stations) {
    const auto [lat, lon] = latLon(geographic, station.place);
    append(csv, {station.id, station.name, lat, lon, number(station.place.z, 1), station.on_bridge ? "有" : "無"});
  }
  return save(path, csv);
}

Status writeObservations(const std::filesystem::path& path, const Town& town) {
  std::string csv;
  append(csv, {"日時", "観測局ID", "積雪深(cm)", "気温(℃)", "路面温度(℃)", "降水量(mm)"});
  for (const HourlyReading& reading : town.weather.readings)
    append(csv, {clockText(reading.time), town.weather.stations[reading.station].id, measured(reading.depth_cm, 0),
                 measured(reading.air_c, 1), measured(reading.road_c, 1), measured(reading.rain_mm, 1)});
  return save(path, csv);
}

Status writeForecast(const std::filesystem::path& path, const Town& town) {
  std::string csv;
  append(csv, {"発表日時", "対象日時", "降雪(cm)", "気温(℃)", "降水量(mm)", "風速(m/s)"});
  for (const ForecastHour& hour : town.weather.forecast)
    append(csv, {clockText(town.weather.issued), clockText(hour.time), number(hour.snow_cm, 1), number(hour.air_c, 1),
                 number(hour.rain_mm, 1), number(hour.wind_ms, 1)});
  return save(path, csv);
}

}  // namespace

Status writeTables(const std::filesystem::path& folder, const Town& town) {
  const auto geographic = crs::FromLocal::create(town.frame, "EPSG:6668");
  if (!geographic) return geographic.error();
  for (const Status& status :
       {writeRegister(folder / "bridge_register.csv", town, *geographic),
        writeInspections(folder / "bridge_inspections.csv", town, *geographic),
        writeStations(folder / "stations.csv", town, *geographic), writeObservations(folder / "observations.csv", town),
        writeForecast(folder / "forecast_48h.csv", town)})
    if (!status) return status;
  return done();
}

}  // namespace hashimichi::datasets
