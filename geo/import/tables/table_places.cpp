#include "geo/import/tables/table_places.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "geo/crs/japan.h"
#include "geo/import/values.h"

namespace hashimichi::import {
namespace {

constexpr double project_reach_m = 100e3;  // stations of the next valley count, those of the next region do not

std::optional<double> withMinutes(const CellReader& cells, const FieldMatch& match, const char* degrees,
                                  const char* minutes) {
  std::optional<double> value = cells.degrees(degrees);
  if (!value || !match.has(minutes)) return value;
  const std::optional<double> part = cells.degrees(minutes);
  if (part && *part >= 0 && *part < 60) *value += *part / 60;
  return value;
}

bool isPlaneFrame(const Context& context) {
  return !crs::planeZoneNumeral(context.frame.epsg()).empty();
}

}  // namespace

const char* geographicCrsFor(Vec3d p) {
  return crs::insideJapan(p.y, p.x) || crs::insideJapan(p.x, p.y) ? "EPSG:6668" : "EPSG:4326";
}

std::optional<Vec3d> degreesOf(const CellReader& cells, const FieldMatch& match) {
  const std::optional<double> lat = withMinutes(cells, match, "latitude", "latitude_minutes");
  const std::optional<double> lon = withMinutes(cells, match, "longitude", "longitude_minutes");
  if (!lat || !lon || (*lat == 0 && *lon == 0)) return std::nullopt;
  if (std::fabs(*lat) > 180 || std::fabs(*lon) > 180) return std::nullopt;
  return Vec3d{*lon, *lat, 0};
}

Result<TablePlaces> TablePlaces::create(const FieldMatch& match, const std::string& file, Context& context) {
  const bool degrees = match.has("latitude") && match.has("longitude");
  const bool plane = match.has("northing") && match.has("easting");
  TablePlaces places(degrees ? Form::degrees : plane ? Form::plane : Form::none, match, file, context);
  if (places.form_ == Form::none) return places;
  std::string definition =
      degrees ? (isPlaneFrame(context) ? "EPSG:6668" : "EPSG:4326") : fmt::format("EPSG:{}", context.frame.epsg());
  if (!context.options.source_crs.empty()) {
    const Result<crs::CrsInfo> said = crs::describeCrs(context.options.source_crs);
    if (!said) return said.error();
    if (said->geographic == degrees) definition = context.options.source_crs;
  }
  Result<Placer> placer = Placer::create({definition}, context.frame);
  if (!placer) return placer.error();
  places.placer_ = *std::move(placer);
  context.problems.assume(file, {}, "crs.assumed",
                          degrees ? fmt::format("Latitude and longitude were taken as {}.", definition)
                                  : fmt::format("X (north) and Y (east) were taken as {}.", definition),
                          "Name it with --source-crs if this is wrong.");
  return places;
}

std::optional<Vec3d> TablePlaces::eastFirst(const CellReader& cells) const {
  if (form_ == Form::degrees) return degreesOf(cells, *match_);
  const std::optional<double> northing = cells.number("northing"), easting = cells.number("easting");
  if (!northing || !easting || (*northing == 0 && *easting == 0)) return std::nullopt;
  return Vec3d{*easting, *northing, 0};
}

bool TablePlaces::isInProject(Vec3d local) const {
  Bounds area = context_->area.value_or(Bounds{});
  if (area.empty()) area.add(Vec3d{});
  const double dx = std::max({0.0, area.low.x - local.x, local.x - area.high.x});
  const double dy = std::max({0.0, area.low.y - local.y, local.y - area.high.y});
  return std::hypot(dx, dy) <= project_reach_m;
}

std::optional<Vec3d> TablePlaces::inProject(Vec3d east_first) const {
  std::array<Vec3d, 1> point{east_first};
  placer_->apply(point);
  if (!isFinite(point[0]) || !isInProject(point[0])) return std::nullopt;
  return point[0];
}

std::optional<Vec3d> TablePlaces::of(const CellReader& cells) {
  if (form_ == Form::none) return std::nullopt;
  const std::optional<Vec3d> source = eastFirst(cells);
  if (!source) return std::nullopt;
  if (const std::optional<Vec3d> local = inProject(*source)) return local;
  if (const std::optional<Vec3d> turned = inProject({source->y, source->x, 0})) {
    context_->problems.assume(*file_, cells.place(), "axis.swapped",
                              "The two coordinates stand in each other's column; they were turned.");
    return turned;
  }
  context_->problems.skip(
      *file_, cells.place(), "place.far",
      fmt::format("The place ({:.10g}, {:.10g}) is more than {:.0f} km from the project and was not "
                  "used.",
                  source->y, source->x, project_reach_m / 1000),
      "Check the coordinates and their CRS.");
  return std::nullopt;
}

}  // namespace hashimichi::import
