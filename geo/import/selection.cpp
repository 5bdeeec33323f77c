#include "geo/import/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/dataset_names.h"
#include "geo/import/importer.h"

namespace hashimichi::import {
namespace {

using Ring = Selection::LonLatRing;
using Rings = std::vector<Ring>;
using Json = nlohmann::json;

/// An extent as a file names it may be rounded or of an older datum; a kilometre too much costs only time.
constexpr double margin_deg = 0.01;
constexpr std::size_t most_squares = 10000;
constexpr std::size_t most_area_points = 100'000;
constexpr std::size_t geojson_limit_bytes = 16u << 20;

Error badArea(const std::string& text, std::string what) {
  return {ErrorCode::bad_input, text, std::move(what),
          "Name two corners as lon1,lat1,lon2,lat2 in degrees, or a GeoJSON file with polygons."};
}

bool isPlace(double lon_deg, double lat_deg) {
  return std::fabs(lon_deg) <= 180 && std::fabs(lat_deg) <= 90;  // false for NaN too
}

Ring ringOf(double west, double south, double east, double north) {
  return {{west, south, 0}, {east, south, 0}, {east, north, 0}, {west, north, 0}};
}

bool overlaps(const Bounds& a, const Bounds& b) {
  return a.low.x <= b.high.x && b.low.x <= a.high.x && a.low.y <= b.high.y && b.low.y <= a.high.y;
}

bool touchesArea(const Selection& selection, Bounds bounds, double margin) {
  bounds.low = bounds.low - Vec3d{margin, margin, 0};
  bounds.high = bounds.high + Vec3d{margin, margin, 0};
  return std::any_of(selection.area.begin(), selection.area.end(), [&](const Ring& ring) {
    Bounds of_ring;
    for (const Vec3d& point : ring) of_ring.add(point);
    return overlaps(of_ring, bounds);
  });
}

/// @returns false when the ring is none
bool addRing(const Json& positions, Rings& rings) {
  if (!positions.is_array()) return false;
  Ring ring;
  for (const Json& position : positions) {
    if (!position.is_array() || position.size() < 2 || !position[0].is_number() || !position[1].is_number())
      return false;
    const Vec3d point{position[0].get<double>(), position[1].get<double>(), 0};
    if (!isPlace(point.x, point.y)) return false;
    ring.push_back(point);
  }
  if (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
  if (ring.size() < 3) return false;
  rings.push_back(std::move(ring));
  return true;
}

/// Adds the outer rings of what is a geometry, feature or collection. Only as deep as GeoJSON goes.
bool addPolygons(const Json& json, Rings& rings, int depth = 0) {
  if (!json.is_object() || depth > 4) return false;
  const auto member = [&](const char* name) { return json.contains(name) ? json[name] : Json(); };
  const Json type = member("type");
  const std::string kind = type.is_string() ? type.get<std::string>() : "";
  if (kind == "Feature") return addPolygons(member("geometry"), rings, depth + 1);
  if (kind == "FeatureCollection" || kind == "GeometryCollection") {
    bool good = true;
    for (const Json& part : member(kind == "FeatureCollection" ? "features" : "geometries"))
      good = addPolygons(part, rings, depth + 1) && good;
    return good;
  }
  const Json coordinates = member("coordinates");
  if (!coordinates.is_array() || coordinates.empty()) return false;
  if (kind == "Polygon") return addRing(coordinates[0], rings);
  if (kind != "MultiPolygon") return false;
  return std::all_of(coordinates.begin(), coordinates.end(), [&](const Json& polygon) {
    return polygon.is_array() && !polygon.empty() && addRing(polygon[0], rings);
  });
}

}  // namespace

bool Selection::wantsType(std::string_view type) const {
  if (types.empty()) return true;
  if (type == "BridgeRegister" || type == "Inspection") type = "Bridge";
  if (type == "Series") type = "Station";
  const std::string lower = toLower(type);
  return std::any_of(types.begin(), types.end(), [&](const std::string& wanted) { return toLower(wanted) == lower; });
}

Result<Ring> rectangleFrom(std::string_view text) {
  const auto parts = split(text, ',');
  std::vector<double> numbers;
  for (const std::string_view part : parts)
    if (const auto number = parseNumber(trim(part))) numbers.push_back(*number);
  if (parts.size() != 4 || numbers.size() != 4)
    return badArea(std::string(text), "This is no rectangle of four numbers.");
  const double west = std::min(numbers[0], numbers[2]), east = std::max(numbers[0], numbers[2]);
  const double south = std::min(numbers[1], numbers[3]), north = std::max(numbers[1], numbers[3]);
  if (!isPlace(west, south) || !isPlace(east, north))
    return badArea(std::string(text), "These are no longitudes and latitudes (longitude comes first).");
  if (!(west < east) || !(south < north)) return badArea(std::string(text), "The rectangle has no size.");
  return ringOf(west, south, east, north);
}

Result<Rings> polygonsFromGeoJson(const std::filesystem::path& path) {
  const std::string name = toUtf8(path);
  std::error_code ignored;
  if (const auto bytes = std::filesystem::file_size(path, ignored); !ignored && bytes > geojson_limit_bytes)
    return Error{ErrorCode::limit, name, "The file of the area is larger than 16 MiB.", "Simplify its polygons."};
  const Result<std::string> text = readFile(path);
  if (!text) return text.error();
  const Json json = Json::parse(*text, nullptr, false);
  Rings rings;
  if (json.is_discarded()) return badArea(name, "The file of the area is no GeoJSON.");
  if (!addPolygons(json, rings) || rings.empty())
    return badArea(name, "The file of the area holds something other than polygons in longitude and latitude.");
  std::size_t points = 0;
  for (const Ring& ring : rings) points += ring.size();
  if (points > most_area_points)
    return Error{ErrorCode::limit, name, fmt::format("The area has {} points, more than {}.", points, most_area_points),
                 "Simplify its polygons."};
  return rings;
}

Result<Rings> areaFrom(const std::string& text) {
  std::error_code ignored;
  if (std::filesystem::is_regular_file(text, ignored)) return polygonsFromGeoJson(text);
  const std::string lower = toLower(text);
  if (lower.ends_with(".geojson") || lower.ends_with(".json"))
    return Error{ErrorCode::not_found, text, "The file of the area does not exist.", "Check the path."};
  Result<Ring> ring = rectangleFrom(text);
  if (!ring) return ring.error();
  return Rings{std::move(*ring)};
}

Result<Rings> squaresFrom(std::string_view mesh_codes) {
  Rings rings;
  for (const std::string_view part : split(mesh_codes, ',')) {
    const std::string_view code = trim(part);
    if (code.empty()) continue;
    const auto square = crs::meshRect(code);
    if (!square)
      return Error{ErrorCode::bad_input, std::string(code), "This is no grid square code (地域メッシュコード).",
                   "Write 4 to 11 digits, e.g. 53394525; several with commas between them."};
    if (rings.size() == most_squares)
      return Error{ErrorCode::limit,
                   {},
                   fmt::format("More than {} grid squares are named.", most_squares),
                   "Name larger squares."};
    rings.push_back(ringOf(square->west_deg, square->south_deg, square->east_deg, square->north_deg));
  }
  if (rings.empty())
    return Error{ErrorCode::bad_input, std::string(mesh_codes), "No grid square is named.", "Write e.g. 53394525."};
  return rings;
}

Result<std::set<int>> lodsFrom(std::string_view text) {
  std::set<int> lods;
  for (const std::string_view part : split(text, ',')) {
    const std::string_view one = trim(part);
    if (one.size() != 1 || one[0] < '0' || one[0] > '4')
      return Error{ErrorCode::bad_input, std::string(text), "These are no levels of detail.",
                   "Write numbers from 0 to 4 with commas between them, e.g. 0,1,2."};
    lods.insert(one[0] - '0');
  }
  return lods;
}

std::optional<Unwanted> unwantedByName(const Selection& selection, const std::filesystem::path& path) {
  if (selection.area.empty() && selection.types.empty()) return std::nullopt;
  const DatasetName name = datasetNameOf(path);
  if (!selection.area.empty() && name.square) {
    Bounds bounds;
    bounds.add(Vec3d{name.square->west_deg, name.square->south_deg, 0});
    bounds.add(Vec3d{name.square->east_deg, name.square->north_deg, 0});
    // Features that reach over the edge of their square are filed under one of the squares that they touch.
    if (!touchesArea(selection, bounds, margin_deg)) return Unwanted::outside;
  }
  const auto types = typesOfPackage(name.package);
  if (!types.empty() && std::none_of(types.begin(), types.end(), [&](auto type) { return selection.wantsType(type); }))
    return Unwanted::type;
  return std::nullopt;
}

std::optional<Bounds> boundsInDegrees(const Peek& peek) {
  if (peek.bounds.empty() || peek.crs.empty()) return std::nullopt;
  const Result<crs::CrsInfo> info = crs::describeCrs(peek.crs);
  if (!info) return std::nullopt;
  if (info->geographic) return peek.bounds;
  const int epsg = info->horizontal_epsg != 0 ? info->horizontal_epsg : info->epsg;
  if (!info->metres || epsg == 0) return std::nullopt;
  const auto frame = crs::LocalFrame::create(epsg, {});
  if (!frame) return std::nullopt;
  const auto to_degrees = crs::FromLocal::create(*frame, "EPSG:6668");
  if (!to_degrees) return std::nullopt;
  Bounds bounds;
  constexpr int steps = 4;  // sides of a projected rectangle are curves in degrees
  for (int i = 0; i <= steps; ++i)
    for (int j = 0; j <= steps; ++j) {
      const Vec3d size = peek.bounds.high - peek.bounds.low;
      if (const auto at =
              (*to_degrees)({peek.bounds.low.x + size.x * i / steps, peek.bounds.low.y + size.y * j / steps, 0}))
        bounds.add(*at);
    }
  return bounds.empty() ? std::nullopt : std::optional(bounds);
}

std::optional<Unwanted> unwantedByPeek(const Selection& selection, const Peek& peek) {
  if (selection.area.empty()) return std::nullopt;
  const auto bounds = boundsInDegrees(peek);
  // What names no place in Japan's degrees cannot be judged from here; its features will be, one by one.
  if (!bounds || !isPlace(bounds->low.x, bounds->low.y) || !isPlace(bounds->high.x, bounds->high.y))
    return std::nullopt;
  return touchesArea(selection, *bounds, margin_deg) ? std::nullopt : std::optional(Unwanted::outside);
}

}  // namespace hashimichi::import
