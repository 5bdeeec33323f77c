#include "geo/crs/mesh_code.h"

#include <fmt/format.h>

#include <cmath>

#include "geo/crs/japan.h"

namespace hashimichi::crs {
namespace {

// JIS X 0410: a first-level square is two thirds of a degree high and one degree wide, the second level an eighth of
// it, the third a tenth of that, and the finer ones halves.
constexpr double first_height_deg = 2.0 / 3, first_width_deg = 1;
constexpr int second_parts = 8, third_parts = 10;
/// A place that was computed to be on a side must not fall into the neighbour by the last bit.
constexpr double side_tolerance = 1e-9;

// Public survey's sheets: 20 rows of 30 km from 300 km north, 8 columns of 40 km from 160 km west.
constexpr double sheet_height_m = 30000, sheet_width_m = 40000, north_edge_m = 300000, west_edge_m = -160000;
constexpr int sheet_rows = 20, sheet_columns = 8;

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
int digit(char c) {
  return c - '0';
}

/// Splits a value in units of cells into the cell and what is left of it (0 … 1).
int takeCell(double& value, int parts) {
  value *= parts;
  const int cell = std::min(parts - 1, static_cast<int>(std::floor(value + side_tolerance)));
  value = std::max(0.0, value - cell);
  return cell;
}

}  // namespace

std::optional<LatLonRect> meshRect(std::string_view text) {
  std::string code;
  for (const char c : text) {
    if (c == '-') continue;
    if (!isDigit(c) || code.size() >= 11) return std::nullopt;
    code += c;
  }
  if (code.size() != 4 && code.size() != 6 && code.size() < 8) return std::nullopt;
  double height = first_height_deg, width = first_width_deg;
  double south = (digit(code[0]) * 10 + digit(code[1])) * height;
  double west = 100 + digit(code[2]) * 10 + digit(code[3]);
  for (const auto& [at, parts] : {std::pair{4U, second_parts}, std::pair{6U, third_parts}}) {
    if (code.size() <= at) break;
    const int row = digit(code[at]), column = digit(code[at + 1]);
    if (row >= parts || column >= parts) return std::nullopt;
    height /= parts, width /= parts;
    south += row * height, west += column * width;
  }
  for (std::size_t at = 8; at < code.size(); ++at) {
    const int quarter = digit(code[at]) - 1;
    if (quarter < 0 || quarter > 3) return std::nullopt;
    height /= 2, width /= 2;
    south += quarter / 2 * height, west += quarter % 2 * width;
  }
  return LatLonRect{south, west, south + height, west + width};
}

std::string meshCodeOf(double lat_deg, double lon_deg, MeshLevel level) {
  if (!insideJapan(lat_deg, lon_deg)) return {};
  double row = lat_deg / first_height_deg, column = lon_deg - 100;
  const int first_row = static_cast<int>(std::floor(row + side_tolerance));
  const int first_column = static_cast<int>(std::floor(column + side_tolerance));
  std::string code = fmt::format("{:02}{:02}", first_row, first_column);
  row = std::max(0.0, row - first_row), column = std::max(0.0, column - first_column);
  for (const auto& [of, parts] : {std::pair{MeshLevel::second, second_parts}, std::pair{MeshLevel::third, third_parts}})
    if (level >= of) {
      code += static_cast<char>('0' + takeCell(row, parts));
      code += static_cast<char>('0' + takeCell(column, parts));
    }
  for (const MeshLevel of : {MeshLevel::half, MeshLevel::quarter, MeshLevel::eighth})
    if (level >= of) {
      const int north = takeCell(row, 2), east = takeCell(column, 2);
      code += static_cast<char>('1' + north * 2 + east);
    }
  return code;
}

std::optional<SheetRect> sheetRect(std::string_view name) {
  if (name.size() < 4 || name.size() > 8 || !isDigit(name[0]) || !isDigit(name[1])) return std::nullopt;
  const int zone = digit(name[0]) * 10 + digit(name[1]), row = name[2] - 'A', column = name[3] - 'A';
  if (zone < 1 || zone > plane_zone_count || row < 0 || row >= sheet_rows || column < 0 || column >= sheet_columns)
    return std::nullopt;
  double height = sheet_height_m, width = sheet_width_m;
  double north = north_edge_m - row * height, west = west_edge_m + column * width;
  const auto narrow = [&](int parts, int down, int right) {
    height /= parts, width /= parts;
    north -= down * height, west += right * width;
  };
  const std::string_view rest = name.substr(4);
  if (rest.size() == 1) return std::nullopt;
  if (rest.size() >= 2) {
    if (!isDigit(rest[0]) || !isDigit(rest[1])) return std::nullopt;
    narrow(10, digit(rest[0]), digit(rest[1]));
  }
  if (rest.size() == 3) {  // level 2500: 1 north-west, 2 north-east, 3 south-west, 4 south-east
    const int quarter = rest[2] - '1';
    if (quarter < 0 || quarter > 3) return std::nullopt;
    narrow(2, quarter / 2, quarter % 2);
  } else if (rest.size() == 4) {
    if (!isDigit(rest[2])) return std::nullopt;
    const bool level_500 = isDigit(rest[3]);
    const int right = rest[3] - (level_500 ? '0' : 'A'), parts = level_500 ? 10 : 5;
    if (right < 0 || right >= parts || digit(rest[2]) >= parts) return std::nullopt;
    narrow(parts, digit(rest[2]), right);
  }
  return SheetRect{first_plane_zone_epsg + zone - 1, west, north - height, west + width, north};
}

std::string sheetNameOf(int epsg, double easting_m, double northing_m, int level) {
  if (planeZoneNumeral(epsg).empty()) return {};
  double down = (north_edge_m - northing_m) / (sheet_rows * sheet_height_m);
  double right = (easting_m - west_edge_m) / (sheet_columns * sheet_width_m);
  if (!(down >= 0 && down < 1 && right >= 0 && right < 1)) return {};
  std::string name = fmt::format("{:02}", epsg - first_plane_zone_epsg + 1);
  name += static_cast<char>('A' + takeCell(down, sheet_rows));
  name += static_cast<char>('A' + takeCell(right, sheet_columns));
  if (level == 50000) return name;
  if (level != 5000 && level != 2500 && level != 1000 && level != 500) return {};
  name += static_cast<char>('0' + takeCell(down, 10));
  name += static_cast<char>('0' + takeCell(right, 10));
  if (level == 5000) return name;
  const int parts = level == 2500 ? 2 : level == 1000 ? 5 : 10;
  const int row = takeCell(down, parts), column = takeCell(right, parts);
  if (level == 2500) return name + static_cast<char>('1' + row * 2 + column);
  name += static_cast<char>('0' + row);
  return name + static_cast<char>((level == 1000 ? 'A' : '0') + column);
}

}  // namespace hashimichi::crs
