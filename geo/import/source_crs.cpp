#include "geo/import/source_crs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/crs/japan.h"

namespace hashimichi::import {
namespace {

constexpr double refused_beyond_m = 100e3;  // a town and its sources do not lie a prefecture apart
constexpr double near_margin_m = 5e3;       // data of the neighbouring town still belong
constexpr int samples_per_edge = 5;

Bounds swapped(const Bounds& box) {
  Bounds result;
  if (!box.empty()) {
    result.add(Vec3d{box.low.y, box.low.x, box.low.z});
    result.add(Vec3d{box.high.y, box.high.x, box.high.z});
  }
  return result;
}

/// Horizontal gap between two boxes, 0 when they meet.
double gap_m(const Bounds& a, const Bounds& b) {
  const double dx = std::max({0.0, a.low.x - b.high.x, b.low.x - a.high.x});
  const double dy = std::max({0.0, a.low.y - b.high.y, b.low.y - a.high.y});
  return std::hypot(dx, dy);
}

double margin_m(const Bounds& area) {
  return near_margin_m + std::hypot(area.size().x, area.size().y);
}

/// How far from the project the box lands under a definition; nothing when it cannot be transformed.
std::optional<double> distanceFromArea(const SourcePlace& place, const Bounds& box, const Context& context) {
  const Result<Placer> placer = Placer::create(place, context.frame);
  if (!placer) return std::nullopt;
  const Bounds local = localBounds(box, *placer);
  if (local.empty()) return std::nullopt;
  Bounds area = context.area.value_or(Bounds{});
  if (area.empty()) area.add(Vec3d{});  // the frame's origin: the centre of the project's data
  return gap_m(local, area);
}

std::string frameCode(const Context& context) {
  return fmt::format("EPSG:{}", context.frame.epsg());
}

}  // namespace

Result<Placer> Placer::create(const SourcePlace& place, const crs::LocalFrame& frame) {
  Result<crs::ToLocal> to_local = crs::ToLocal::create(place.definition, crs::AxisOrder::east_first, frame);
  if (!to_local) return to_local.error();
  return Placer(*std::move(to_local), place.north_first);
}

std::size_t Placer::apply(std::span<Vec3d> points) const {
  if (swap_)
    for (Vec3d& p : points) std::swap(p.x, p.y);
  return to_local_.apply(points);
}

Bounds localBounds(const Bounds& source, const Placer& placer) {
  Bounds local;
  if (source.empty()) return local;
  std::array<Vec3d, samples_per_edge * samples_per_edge> grid;
  for (int i = 0; i < samples_per_edge; ++i)
    for (int k = 0; k < samples_per_edge; ++k)
      grid[static_cast<std::size_t>(i * samples_per_edge + k)] = {
          source.low.x + source.size().x * i / (samples_per_edge - 1),
          source.low.y + source.size().y * k / (samples_per_edge - 1), 0};
  placer.apply(grid);
  for (const Vec3d& p : grid)
    if (isFinite(p)) local.add(p);
  return local;
}

bool looksLikeDegreesInJapan(const Bounds& box) {
  return !box.empty() && crs::insideJapan(box.low.y, box.low.x) && crs::insideJapan(box.high.y, box.high.x);
}

int zoneHint(std::string_view file_name) {
  const std::string name = toLower(normalizeWidth(file_name));
  for (std::size_t i = 0; i < name.size();) {
    if (name[i] < '0' || name[i] > '9') {
      ++i;
      continue;
    }
    int value = 0;
    const auto [end, error] = std::from_chars(name.data() + i, name.data() + name.size(), value);
    const std::string_view before = std::string_view(name).substr(0, i);
    const auto after_at = static_cast<std::size_t>(end - name.data());
    const std::string_view after = std::string_view(name).substr(after_at);
    i = after_at;
    if (error != std::errc{}) continue;
    if (!crs::planeZoneNumeral(value).empty()) return value;
    const bool says_zone = after.starts_with("系") || before.ends_with("zone") || before.ends_with("zone_");
    if (says_zone && value >= 1 && value <= crs::plane_zone_count) return crs::first_plane_zone_epsg + value - 1;
  }
  return 0;
}

SourcePlace assumePlace(const std::filesystem::path& path, const std::string& part, const Bounds& box,
                        const Context& context) {
  const std::string file = toUtf8(path);
  const auto assume = [&](const std::string& definition, const char* why) {
    context.problems.assume(file, part, "crs.assumed", fmt::format("Names no CRS; {} was taken: {}.", definition, why),
                            "Name it with --source-crs if this is wrong.");
  };
  const auto withSwapNoted = [&](SourcePlace place) {
    if (place.north_first)
      context.problems.assume(file, part, "axis.swapped", "The coordinates are written north first; they were turned.");
    return place;
  };
  if (!context.options.source_crs.empty()) {
    assume(context.options.source_crs, "it was named for such files");
    return {context.options.source_crs};
  }
  if (looksLikeDegreesInJapan(box) || looksLikeDegreesInJapan(swapped(box))) {
    assume("EPSG:6668", "the numbers are degrees in Japan");
    return withSwapNoted({"EPSG:6668", !looksLikeDegreesInJapan(box)});
  }
  const SourcePlace own{frameCode(context)}, turned{frameCode(context), true};
  for (const SourcePlace& place : {own, turned}) {
    const std::optional<double> distance = distanceFromArea(place, box, context);
    if (!distance || *distance > near_margin_m) continue;
    assume(own.definition, "the numbers lie inside the project's area");
    return withSwapNoted(place);
  }
  if (const int zone = zoneHint(toUtf8(path.filename()))) {
    assume(fmt::format("EPSG:{}", zone), "the file's name says so");
    return {fmt::format("EPSG:{}", zone)};
  }
  assume(own.definition, "it is the project's");
  return own;
}

Status checkPlace(const std::filesystem::path& path, const std::string& part, const Bounds& box, const Context& context,
                  SourcePlace& place) {
  if (box.empty()) return done();
  const std::string file = toUtf8(path);
  const std::string where = part.empty() ? file : file + " " + part;
  const std::optional<double> distance = distanceFromArea(place, box, context);
  const double allowed_m = context.area ? margin_m(*context.area) : refused_beyond_m;
  if (distance && *distance <= allowed_m) return done();
  SourcePlace turned{place.definition, !place.north_first};
  if (const std::optional<double> other = distanceFromArea(turned, box, context); other && *other <= near_margin_m) {
    place = turned;
    context.problems.assume(file, part, "axis.swapped",
                            "Northing or latitude stands before easting or longitude; the coordinates were turned.");
    return done();
  }
  const std::string name = place.definition.size() > 40 ? "its CRS" : place.definition;
  if (!distance)
    return Error{ErrorCode::bad_crs, where,
                 fmt::format("The coordinates (x {:.10g} … {:.10g}, y {:.10g} … {:.10g}) are no places of {}.",
                             box.low.x, box.high.x, box.low.y, box.high.y, name),
                 "Check the CRS of the file, or name it with --source-crs."};
  const std::string what =
      fmt::format("Under {} the data lie {:.0f} km from the project's area.", name, *distance / 1000);
  if (*distance > refused_beyond_m)
    return Error{ErrorCode::bad_crs, where, what, "Check the CRS of the file, or name it with --source-crs."};
  context.problems.assume(file, part, "crs.suspicious", what, "Check the CRS of the file.");
  return done();
}

}  // namespace hashimichi::import
