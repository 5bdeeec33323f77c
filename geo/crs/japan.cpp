#include "geo/crs/japan.h"

#include <array>
#include <cmath>
#include <numbers>

namespace hashimichi::crs {
namespace {

struct ZoneOrigin {
  double lat_deg, lon_deg;
};
// Zone origins of the public notice on plane rectangular coordinates (平成14年国土交通省告示第9号).
constexpr std::array<ZoneOrigin, plane_zone_count> zone_origins{{
    {33, 129.5},  {33, 131},          {36, 132 + 1 / 6.}, {33, 133.5},        {36, 134 + 1 / 3.},
    {36, 136},    {36, 137 + 1 / 6.}, {36, 138.5},        {36, 139 + 5 / 6.}, {40, 140 + 5 / 6.},
    {44, 140.25}, {44, 142.25},       {44, 144.25},       {26, 142},          {26, 127.5},
    {26, 124},    {26, 131},          {20, 136},          {26, 154},
}};
constexpr std::array<const char*, plane_zone_count> numerals{"I",    "II",  "III",  "IV",    "V",   "VI",   "VII",
                                                             "VIII", "IX",  "X",    "XI",    "XII", "XIII", "XIV",
                                                             "XV",   "XVI", "XVII", "XVIII", "XIX"};

double greatCircle(double lat1, double lon1, double lat2, double lon2) {
  const double r = std::numbers::pi / 180;
  const double s =
      std::sin(lat1 * r) * std::sin(lat2 * r) + std::cos(lat1 * r) * std::cos(lat2 * r) * std::cos((lon1 - lon2) * r);
  return std::acos(std::fmin(1.0, std::fmax(-1.0, s)));
}

}  // namespace

bool insideJapan(double lat_deg, double lon_deg) {
  return lat_deg > 20 && lat_deg < 46 && lon_deg > 122 && lon_deg < 154.5;
}

int proposePlaneZone(double lat_deg, double lon_deg) {
  int nearest = 0;
  double nearest_distance = 1e9;
  for (int i = 0; i < plane_zone_count; ++i) {
    const ZoneOrigin& origin = zone_origins[static_cast<std::size_t>(i)];
    // Zones are strips along meridians: being off in longitude costs scale error, being off in latitude costs none.
    const double lon_m = std::fabs(lon_deg - origin.lon_deg) * std::cos(lat_deg * std::numbers::pi / 180);
    const double distance =
        3 * lon_m * std::numbers::pi / 180 + greatCircle(lat_deg, lon_deg, origin.lat_deg, origin.lon_deg);
    if (distance < nearest_distance) nearest = i, nearest_distance = distance;
  }
  return first_plane_zone_epsg + nearest;
}

std::string planeZoneNumeral(int epsg) {
  const int index = epsg - first_plane_zone_epsg;
  return index >= 0 && index < plane_zone_count ? numerals[static_cast<std::size_t>(index)] : "";
}

int jgd2011ZoneOf(int epsg) {
  constexpr int jgd2000_first = 2443, tokyo_first = 30161;
  for (const int first : {first_plane_zone_epsg, jgd2000_first, tokyo_first})
    if (epsg >= first && epsg < first + plane_zone_count) return first_plane_zone_epsg + epsg - first;
  return 0;
}

int proposeUtmZone(double lat_deg, double lon_deg) {
  const int zone = static_cast<int>(std::floor((lon_deg + 180) / 6)) % 60 + 1;
  return (lat_deg < 0 ? 32700 : 32600) + zone;
}

}  // namespace hashimichi::crs
