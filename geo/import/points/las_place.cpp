#include "geo/import/points/las_place.h"

#include <fmt/format.h>

#include <cmath>

#include "geo/import/choose_frame.h"
#include "geo/import/source_crs.h"

namespace hashimichi::import {
namespace {

/// A cloud may reach this far beyond what the other files cover and still be meant for the same place.
constexpr double margin_m = 2000;

bool touches(const Bounds& a, const Bounds& b, double margin) {
  return !a.empty() && !b.empty() && a.low.x <= b.high.x + margin && b.low.x <= a.high.x + margin &&
         a.low.y <= b.high.y + margin && b.low.y <= a.high.y + margin;
}

/// No map projection reaches further than half around the Earth from its origin, false easting included.
bool onEarth(const Bounds& bounds) {
  constexpr double furthest_m = 4e7;
  return bounds.empty() || std::max({std::fabs(bounds.low.x), std::fabs(bounds.low.y), std::fabs(bounds.high.x),
                                     std::fabs(bounds.high.y)}) < furthest_m;
}

std::string rangeText(const Bounds& bounds) {
  return fmt::format("x {:.1f} to {:.1f}, y {:.1f} to {:.1f}", bounds.low.x, bounds.high.x, bounds.low.y,
                     bounds.high.y);
}

Error badCrs(const std::string& file, std::string what, std::string advice) {
  return {ErrorCode::bad_crs, file, std::move(what), std::move(advice)};
}

Result<LasPlace> withoutCrs(const LasHeader& header, const std::string& file, const Context& context) {
  const std::string frame_crs = fmt::format("EPSG:{}", context.frame.epsg());
  Bounds local;
  local.add(context.frame.toLocal(header.bounds.low));
  local.add(context.frame.toLocal(header.bounds.high));
  const bool here = context.area && touches(local, *context.area, margin_m);
  if (here || !context.area || header.bounds.empty()) {
    context.problems.assume(file, {}, "crs.assumed",
                            fmt::format("The file names no coordinate reference system: it was read in that of the "
                                        "project, {}{}.",
                                        context.frame.name(), here ? ", in whose area its coordinates lie" : ""),
                            "If that is wrong, name it with --source-crs EPSG:code.");
    return LasPlace{frame_crs, false, {}};
  }
  Bounds swapped;
  swapped.add(context.frame.toLocal({header.bounds.low.y, header.bounds.low.x, 0}));
  swapped.add(context.frame.toLocal({header.bounds.high.y, header.bounds.high.x, 0}));
  if (touches(swapped, *context.area, margin_m)) {
    context.problems.assume(file, {}, "axis.swapped",
                            fmt::format("The file names no coordinate reference system and writes northing first: it "
                                        "was read in that of the project, {}, with its axes swapped.",
                                        context.frame.name()),
                            "If that is wrong, name it with --source-crs EPSG:code.");
    return LasPlace{frame_crs, true, {}};
  }
  return badCrs(file,
                fmt::format("The file names no coordinate reference system, and its coordinates ({}) do not lie in the "
                            "project's area.",
                            rangeText(header.bounds)),
                "Name it with --source-crs EPSG:code.");
}

}  // namespace

Bounds localBounds(const Bounds& bounds, const crs::ToLocal& transform, bool swap_axes) {
  Bounds local;
  if (bounds.empty()) return local;
  const Vec3d size = bounds.size();
  for (int i = 0; i <= 2; ++i)
    for (int j = 0; j <= 2; ++j)
      for (const double z : {bounds.low.z, bounds.high.z}) {
        const Vec3d p{bounds.low.x + size.x * i / 2, bounds.low.y + size.y * j / 2, z};
        const auto place = transform(swap_axes ? Vec3d{p.y, p.x, p.z} : p);
        if (place && isFinite(*place)) local.add(*place);
      }
  return local;
}

Result<LasPlace> placeCloud(const LasHeader& header, const std::string& file, const Context& context) {
  if (header.geocentric)
    return badCrs(file, "The points are given from the Earth's centre (geocentric X, Y, Z), not on a map.",
                  "Convert the file to a projected system such as EPSG:6676 first.");
  if (!onEarth(header.bounds))
    return badCrs(file, fmt::format("The coordinates ({}) are no place on Earth.", rangeText(header.bounds)),
                  "Export the survey again in a projected system such as EPSG:6676.");
  const std::string crs = header.crs.empty() ? context.options.source_crs : header.crs;
  if (crs.empty()) return withoutCrs(header, file, context);

  const Result<crs::CrsInfo> info = crs::describeCrs(crs);
  if (!info) return badCrs(file, info.error().what, info.error().advice);
  if (info->geographic && (std::fabs(header.bounds.low.x) > 360 || std::fabs(header.bounds.high.y) > 360))
    return badCrs(file,
                  fmt::format("The file says that its coordinates are degrees ({}), but they are not ({}).", info->name,
                              rangeText(header.bounds)),
                  "Name the right system with --source-crs EPSG:code after removing the wrong one from the file.");
  // Surveys that give positions in feet give heights in feet, too, and seldom say so.
  const crs::HeightWish heights{context.options.geoid, info->horizontal_unit_m};
  const Result<Placer> placer = Placer::create({crs}, context.frame, heights);
  if (!placer) return badCrs(file, placer.error().what, placer.error().advice);
  SourcePlace source{crs};
  // The first cloud of a project may lie anywhere: there is nothing to hold it against.
  if (!context.area) return tellCrs(crs, placer->heights(), true, file, {}, context), LasPlace{crs, false, heights};
  if (const Status fits = checkPlace(file, {}, header.bounds, context, source); !fits) return fits.error();
  tellCrs(crs, placer->heights(), true, file, {}, context);
  return LasPlace{source.definition, source.north_first, heights};
}

}  // namespace hashimichi::import
