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
std::optional<double> distanceFromArea(const SourcePlace& place, const Bounds& box, const crs::LocalFrame& frame,
                                       const std::optional<Bounds>& project_area) {
  const Result<Placer> placer = Placer::create(place, frame);
  if (!placer) return std::nullopt;
  const Bounds local = localBounds(box, *placer);
  if (local.empty()) return std::nullopt;
  Bounds area = project_area.value_or(Bounds{});
  if (area.empty()) area.add(Vec3d{});  // the frame's origin: the centre of the project's data
  return gap_m(local, area);
}

/// Another plane rectangular zone of the stated one's datum under which the box lies in the project.
std::optional<SourcePlace> otherZone(const SourcePlace& stated, int epsg, const Bounds& box,
                                     const crs::LocalFrame& frame, const std::optional<Bounds>& area) {
  const int zone = crs::jgd2011ZoneOf(epsg);
  if (zone == 0) return std::nullopt;
  const int first = epsg - (zone - crs::first_plane_zone_epsg);
  for (int other = first; other < first + crs::plane_zone_count; ++other) {
    if (other == epsg) continue;
    for (const bool north_first : {stated.north_first, !stated.north_first}) {
      const SourcePlace place{fmt::format("EPSG:{}", other), north_first};
      const std::optional<double> away_m = distanceFromArea(place, box, frame, area);
      if (away_m && *away_m <= near_margin_m) return place;
    }
  }
  return std::nullopt;
}

std::string frameCode(const Context& context) {
  return fmt::format("EPSG:{}", context.frame.epsg());
}

}  // namespace

Result<Placer> Placer::create(const SourcePlace& place, const crs::LocalFrame& frame, const crs::HeightWish& heights) {
  Result<crs::ToLocal> to_local = crs::ToLocal::create(place.definition, crs::AxisOrder::east_first, frame, heights);
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

namespace {

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

bool isZone(int number) {
  return number >= 1 && number <= crs::plane_zone_count;
}

/// A map sheet (国土基本図図郭) begins with its zone: "08of4060" in lower case, zone 08, sheet OF, then its numbers.
int sheetZone(std::string_view name) {
  constexpr std::size_t shortest = 6;  // 08OF40
  for (std::size_t i = 0; i + shortest <= name.size(); ++i) {
    const bool begins = i == 0 || !(isDigit(name[i - 1]) || (name[i - 1] >= 'a' && name[i - 1] <= 'z'));
    if (!begins || !isDigit(name[i]) || !isDigit(name[i + 1])) continue;
    const bool sheet = name[i + 2] >= 'a' && name[i + 2] <= 't' && name[i + 3] >= 'a' && name[i + 3] <= 'h';
    if (!sheet || !isDigit(name[i + 4]) || !isDigit(name[i + 5])) continue;
    const int zone = (name[i] - '0') * 10 + name[i + 1] - '0';
    if (isZone(zone)) return crs::first_plane_zone_epsg + zone - 1;
  }
  return 0;
}

/// 第八系.
int zoneInKanji(std::string_view name) {
  static constexpr std::array<std::string_view, 20> numerals{"",     "一",   "二",   "三",   "四",   "五",   "六",
                                                             "七",   "八",   "九",   "十",   "十一", "十二", "十三",
                                                             "十四", "十五", "十六", "十七", "十八", "十九"};
  for (int zone = crs::plane_zone_count; zone >= 1; --zone)
    if (name.find(fmt::format("第{}系", numerals[static_cast<std::size_t>(zone)])) != std::string_view::npos)
      return crs::first_plane_zone_epsg + zone - 1;
  return 0;
}

/// The numbers in a name: an EPSG code, or a zone where the words around say so.
int numberHint(std::string_view name) {
  for (std::size_t i = 0; i < name.size();) {
    if (!isDigit(name[i])) {
      ++i;
      continue;
    }
    int value = 0;
    const auto [end, error] = std::from_chars(name.data() + i, name.data() + name.size(), value);
    std::string_view before = name.substr(0, i);
    const auto after_at = static_cast<std::size_t>(end - name.data());
    const std::string_view after = name.substr(after_at);
    i = after_at;
    if (error != std::errc{}) continue;
    if (!crs::planeZoneNumeral(value).empty()) return value;
    while (before.ends_with('_') || before.ends_with('-') || before.ends_with(':')) before.remove_suffix(1);
    if (before.ends_with("epsg") && crs::describeCrs(fmt::format("EPSG:{}", value))) return value;
    const bool says_zone = after.starts_with("系") || before.ends_with("zone");
    if (says_zone && isZone(value)) return crs::first_plane_zone_epsg + value - 1;
  }
  return 0;
}

int hintIn(const std::filesystem::path& part) {
  const std::string name = toLower(normalizeWidth(toUtf8(part)));
  if (const int epsg = numberHint(name)) return epsg;
  const int sheet = sheetZone(name);
  return sheet != 0 ? sheet : zoneInKanji(name);
}

/// The only plane zone under which the numbers lie in the project's area; nothing without an area to compare with.
std::optional<SourcePlace> zoneThatFits(const Bounds& box, const Context& context) {
  if (!context.area || crs::planeZoneNumeral(context.frame.epsg()).empty()) return std::nullopt;
  std::optional<SourcePlace> found;
  for (int zone = 0; zone < crs::plane_zone_count; ++zone) {
    const SourcePlace place{fmt::format("EPSG:{}", crs::first_plane_zone_epsg + zone)};
    const std::optional<double> distance = distanceFromArea(place, box, context.frame, context.area);
    if (!distance || *distance > near_margin_m) continue;
    if (found) return std::nullopt;
    found = place;
  }
  return found;
}

}  // namespace

int zoneHint(const std::filesystem::path& path) {
  constexpr int folders = 3;  // 提供データ/第8系/道路/roads.shp
  std::filesystem::path part = path;
  for (int i = 0; i <= folders && part.has_filename(); ++i, part = part.parent_path())
    if (const int epsg = hintIn(part.filename())) return epsg;
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
    const std::optional<double> distance = distanceFromArea(place, box, context.frame, context.area);
    if (!distance || *distance > near_margin_m) continue;
    assume(own.definition, "the numbers lie inside the project's area");
    return withSwapNoted(place);
  }
  if (const int zone = zoneHint(path)) {
    assume(fmt::format("EPSG:{}", zone), "the name of the file or its folder says so");
    return {fmt::format("EPSG:{}", zone)};
  }
  if (const std::optional<SourcePlace> zone = zoneThatFits(box, context)) {
    assume(zone->definition, "only in this zone the numbers lie inside the project's area");
    return *zone;
  }
  assume(own.definition, "it is the project's");
  return own;
}

Landing judgePlace(const SourcePlace& stated, const Bounds& box, const crs::LocalFrame& frame,
                   const std::optional<Bounds>& area, double allowed_m) {
  Landing landing{Fit::here, stated, 0};
  if (box.empty()) return landing;
  const std::optional<double> distance = distanceFromArea(stated, box, frame, area);
  landing.away_m = distance.value_or(0);
  if (distance && *distance <= allowed_m) return landing;
  const auto lands = [&](const SourcePlace& place) {
    const std::optional<double> away_m = distanceFromArea(place, box, frame, area);
    return away_m && *away_m <= allowed_m;
  };
  if (const SourcePlace turned{stated.definition, !stated.north_first}; lands(turned))
    return {Fit::turned, turned, landing.away_m};
  const Result<crs::CrsInfo> info = crs::describeCrs(stated.definition);
  if (info && info->projected)
    for (const bool north_first : {false, true})
      if (looksLikeDegreesInJapan(north_first ? swapped(box) : box))
        if (const SourcePlace degrees{"EPSG:6668", north_first}; lands(degrees))
          return {Fit::degrees, degrees, landing.away_m};
  if (info)
    if (const auto zone = otherZone(stated, info->horizontal_epsg, box, frame, area))
      return {Fit::other_zone, *zone, landing.away_m};
  landing.fit = distance ? Fit::far : Fit::nowhere;
  return landing;
}

void reportLanding(const Landing& landing, const std::string& stated_crs, const std::string& file,
                   const std::string& place, Problems& problems) {
  const std::string name = stated_crs.size() > 60 ? "the stated CRS" : stated_crs;
  if (landing.fit == Fit::turned)
    problems.assume(
        file, place, "axis.swapped",
        fmt::format("The coordinates are not in the order of {}: with its axes swapped the file lies in the "
                    "project's area, and so it was read.",
                    name),
        "Check that it lies where it should.");
  else if (landing.fit == Fit::degrees)
    problems.assume(
        file, place, "crs.degrees",
        fmt::format("{} counts metres, but the numbers are degrees in Japan: they were read as {}, {} first.", name,
                    landing.place.definition, landing.place.north_first ? "latitude" : "longitude"),
        "Correct the CRS of the file.");
  else if (landing.fit == Fit::other_zone)
    problems.assume(file, place, "crs.wrong_zone",
                    fmt::format("Under {} the file lies {:.0f} km from the project's area, under {} in it: it was read "
                                "under the latter.",
                                name, landing.away_m / 1000, landing.place.definition),
                    "Correct the zone of the file, or start a project of its own for it.");
}

Status checkPlace(const std::filesystem::path& path, const std::string& part, const Bounds& box, const Context& context,
                  SourcePlace& place) {
  if (box.empty()) return done();
  const std::string file = toUtf8(path);
  const std::string where = part.empty() ? file : file + " " + part;
  const double allowed_m = context.area ? margin_m(*context.area) : refused_beyond_m;
  const Landing landing = judgePlace(place, box, context.frame, context.area, allowed_m);
  const std::string name = place.definition.size() > 40 ? "its CRS" : place.definition;
  if (landing.fit == Fit::nowhere)
    return Error{ErrorCode::bad_crs, where,
                 fmt::format("The coordinates (x {:.10g} … {:.10g}, y {:.10g} … {:.10g}) are no places of {}.",
                             box.low.x, box.high.x, box.low.y, box.high.y, name),
                 "Check the CRS of the file, or name it with --source-crs."};
  if (landing.fit != Fit::far) {
    reportLanding(landing, name, file, part, context.problems);
    place = landing.place;
    return done();
  }
  const std::string what =
      fmt::format("Under {} the data lie {:.0f} km from the project's area.", name, landing.away_m / 1000);
  if (landing.away_m > refused_beyond_m)
    return Error{ErrorCode::bad_crs, where, what, "Check the CRS of the file, or name it with --source-crs."};
  context.problems.assume(file, part, "crs.suspicious", what, "Check the CRS of the file.");
  return done();
}

namespace {

void tellHeights(const crs::CrsInfo& info, const crs::HeightWay& heights, const std::string& file,
                 const std::string& part, const Context& context) {
  const auto tell = [&](const char* code, const std::string& what, const char* advice = "") {
    context.problems.assume(file, part, code, what, advice);
  };
  if (heights.datum == crs::HeightDatum::ellipsoidal && heights.converted)
    tell("height.ellipsoidal_converted",
         fmt::format("{} counts heights from the ellipsoid: they were turned into heights above sea level (T.P.) with "
                     "the geoid {}.",
                     info.name, heights.geoid));
  else if (heights.datum == crs::HeightDatum::ellipsoidal)
    tell("height.ellipsoidal",
         fmt::format("{} counts heights from the ellipsoid, which lies 20 to 45 m below sea level in Japan; they were "
                     "kept as they are{}.",
                     info.name,
                     heights.geoid_error.empty()
                         ? std::string(": no geoid is at hand")
                         : fmt::format(": of the geoid {}, {}", heights.geoid, heights.geoid_error)),
         "Name Japan's geoid GSIGEO2011 with --geoid jp_gsi_gsigeo2011.tif.");
  const bool project_in_japan = crs::jgd2011ZoneOf(context.frame.epsg()) != 0;
  if (heights.datum == crs::HeightDatum::jgd2024)
    tell(
        "height.jgd2024",
        fmt::format("Its heights ({}) are those of JGD2024; no grid that turns them into JGD2011 is at hand: they were "
                    "kept as they are, some centimetres to decimetres off.",
                    heights.name));
  if (heights.datum == crs::HeightDatum::other && project_in_japan)
    tell("height.other_datum",
         fmt::format("Its heights ({}) are not counted from Tokyo Bay; they were kept as they are.", heights.name));
  if (std::fabs(heights.unit_m - 1) < 1e-9) return;
  if (heights.unit_named)
    tell("height.unit",
         fmt::format("Its heights are in units of {:.9g} m; they were turned into metres.", heights.unit_m));
  else
    tell("height.unit_assumed",
         fmt::format("{} names no unit of heights; that of its positions was taken ({:.9g} m).", info.name,
                     heights.unit_m),
         "Give the file a CRS with a vertical part if that is wrong.");
}

}  // namespace

void tellCrs(const std::string& definition, const crs::HeightWay& heights, bool has_heights, const std::string& file,
             const std::string& part, const Context& context) {
  const Result<crs::CrsInfo> info = crs::describeCrs(definition);
  if (!info) return;
  if (!info->substitute.empty())
    context.problems.assume(file, part, "crs.substituted",
                            fmt::format("The installed PROJ does not know {}; its parts {} were taken, which mean the "
                                        "same.",
                                        definition, info->substitute));
  for (const crs::GridUse& grid : crs::gridsBetween(definition, context.frame)) {
    if (grid.installed)
      context.problems.assume(file, part, "crs.grid_used",
                              fmt::format("Places were turned from {} into {} with the grid {}.", info->name,
                                          context.frame.name(), grid.name));
    else
      context.problems.assume(
          file, part, "crs.grid_missing",
          fmt::format("The exact way from {} to {} needs the grid {}, which is not installed: places "
                      "were turned by the general formula and may lie up to some metres off.",
                      info->name, context.frame.name(), grid.name),
          "Install PROJ's Japanese grids (proj-data) and import again.");
  }
  if (has_heights) tellHeights(*info, heights, file, part, context);
}

}  // namespace hashimichi::import
