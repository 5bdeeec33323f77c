#pragma once
#include <optional>
#include <string>
#include <string_view>

/// Japan's two ways to cut the country into numbered rectangles: the grid square code (地域メッシュコード, JIS X 0410)
/// in latitude and longitude, and the map sheets (国土基本図図郭) of the plane rectangular zones in metres.
namespace hashimichi::crs {

/// Degrees of JGD2011.
struct LatLonRect {
  double south_deg = 0, west_deg = 0, north_deg = 0, east_deg = 0;
};

enum class MeshLevel {
  first,    ///< 1次: 40′ × 1° (about 80 km), 4 digits: 5339
  second,   ///< 2次: 5′ × 7.5′ (10 km), 6 digits: 533935
  third,    ///< 3次: 30″ × 45″ (1 km), 8 digits: 53393599
  half,     ///< 2分の1: 500 m, 9 digits; quarters numbered 1 south-west, 2 south-east, 3 north-west, 4 north-east
  quarter,  ///< 4分の1: 250 m, 10 digits
  eighth,   ///< 8分の1: 125 m, 11 digits
};

/// "53393599", also with hyphens ("5339-35-99"); nothing for any other text, and for digits that the level lacks
/// (8 and 9 in the second, 0 and 5 in the halves).
std::optional<LatLonRect> meshRect(std::string_view code);

/// The square that holds a place; its south and west sides belong to it. Empty outside Japan's grid.
std::string meshCodeOf(double lat_deg, double lon_deg, MeshLevel level);

/// A sheet's rectangle in its zone: eastings and northings in metres (the zone's own X is northing).
struct SheetRect {
  int epsg = 0;  ///< 6669…6687
  double west_m = 0, south_m = 0, east_m = 0, north_m = 0;
};

/// "08OF4060" (zone 08, sheet OF of 40 × 30 km, level 500: 400 × 300 m), "08OF40" (level 5000: 4 × 3 km), "08OF403"
/// (level 2500: 2 × 1.5 km), "08OF404B" (level 1000: 800 × 600 m), "08OF" (level 50000). Nothing for any other text.
std::optional<SheetRect> sheetRect(std::string_view name);

/// The sheet of a map level (50000, 5000, 2500, 1000, 500) that holds a place; empty for other levels, zones and places
/// more than 300 km north or south, or 160 km east or west of the zone's origin.
std::string sheetNameOf(int epsg, double easting_m, double northing_m, int level);

}  // namespace hashimichi::crs
