#include "geo/import/choose_frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/crs/japan.h"

namespace hashimichi::import {
namespace {

constexpr int web_mercator_epsg = 3857;
constexpr double web_mercator_radius_m = 6378137;

std::string crsOf(const Peek& peek, const Options& options) {
  return peek.crs.empty() ? options.source_crs : peek.crs;
}

/// The file's extent in a frame: corners and middles of the sides, because straight sides become curves.
Bounds boundsIn(const crs::LocalFrame& frame, const Peek& peek, const Options& options) {
  Bounds result;
  const std::string crs = crsOf(peek, options);
  if (crs.empty() || peek.bounds.empty()) return result;
  const Result<crs::ToLocal> to_local = crs::ToLocal::create(crs, crs::AxisOrder::east_first, frame);
  if (!to_local) return result;
  const Vec3d low = peek.bounds.low, size = peek.bounds.size();
  for (int i = 0; i <= 2; ++i)
    for (int j = 0; j <= 2; ++j)
      if (const auto p = (*to_local)({low.x + size.x * i / 2, low.y + size.y * j / 2, 0}); p && isFinite(*p))
        result.add(*p);
  return result;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

struct LatLon {
  double lat_deg = 0, lon_deg = 0;
};

/// The middle one of the files' centres: a single file far off does not move it.
std::optional<LatLon> middleOf(const std::vector<PeekedFile>& files, const Options& options) {
  const Result<crs::LocalFrame> world = crs::LocalFrame::create(web_mercator_epsg, {});
  if (!world) return std::nullopt;
  std::vector<double> lats, lons;
  for (const PeekedFile& file : files) {
    const Bounds bounds = boundsIn(*world, file.peek, options);
    if (bounds.empty()) continue;
    const Vec3d centre = bounds.centre();
    const double degree = 180 / std::numbers::pi;
    lons.push_back(centre.x / web_mercator_radius_m * degree);
    lats.push_back(std::atan(std::sinh(centre.y / web_mercator_radius_m)) * degree);
  }
  if (lats.empty()) return std::nullopt;
  return LatLon{median(lats), median(lons)};
}

/// The first CRS of a file in which a project can work; a zone of an older datum stands for that of JGD2011.
/// 0 when no file has one.
int firstProjectedEpsg(const std::vector<PeekedFile>& files, const Options& options) {
  for (const PeekedFile& file : files) {
    const std::string crs = crsOf(file.peek, options);
    if (crs.empty()) continue;
    const Result<crs::CrsInfo> info = crs::describeCrs(crs);
    if (info && info->projected && info->metres && info->horizontal_epsg > 0 &&
        info->horizontal_epsg != web_mercator_epsg && crs::LocalFrame::create(info->horizontal_epsg, {}))
      return info->horizontal_epsg;
  }
  return 0;
}

Result<int> epsgOf(const std::vector<PeekedFile>& files, const Options& options, Problems& problems) {
  if (!options.project_crs.empty()) {
    const Result<crs::CrsInfo> info = crs::describeCrs(options.project_crs);
    if (!info) return info.error();
    return info->horizontal_epsg;
  }
  if (const int epsg = firstProjectedEpsg(files, options); epsg > 0) {
    const int zone = crs::jgd2011ZoneOf(epsg);
    if (zone == 0 || zone == epsg) return epsg;
    problems.assume(
        {}, {}, "crs.project_assumed",
        fmt::format("The files are in EPSG:{}, a zone of an older datum; the project works in the same zone of "
                    "JGD2011, plane rectangular zone {} (EPSG:{}).",
                    epsg, crs::planeZoneNumeral(zone), zone),
        "If it has to keep the older datum, name it with --crs EPSG:code.");
    return zone;
  }
  const std::optional<LatLon> middle = middleOf(files, options);
  if (!middle)
    return Error{ErrorCode::bad_crs, files.empty() ? std::string() : files.front().path,
                 "No file tells where on Earth it lies: none names its coordinate reference system.",
                 "Name it with --source-crs EPSG:code."};
  const bool japan = crs::insideJapan(middle->lat_deg, middle->lon_deg);
  const int epsg = japan ? crs::proposePlaneZone(middle->lat_deg, middle->lon_deg)
                         : crs::proposeUtmZone(middle->lat_deg, middle->lon_deg);
  problems.assume({}, {}, "crs.project_assumed",
                  fmt::format("The files give latitude and longitude only; the project works in {} (EPSG:{}), whose "
                              "origin is nearest to {:.4f}° N {:.4f}° E.",
                              japan ? "plane rectangular zone " + crs::planeZoneNumeral(epsg) : "the UTM zone", epsg,
                              middle->lat_deg, middle->lon_deg),
                  "If your prefecture uses another zone, name it with --crs EPSG:code.");
  return epsg;
}

double roundTo100(double metres) {
  return std::round(metres / 100) * 100;
}

void reportFarOff(const std::string& file, double away_m, Problems& problems) {
  problems.assume(file, {}, "crs.suspicious", fmt::format("The file lies {:.0f} km from the others.", away_m / 1000),
                  "Check its coordinate reference system and the order of its axes.");
}

/// Files far from the middle one of all do not count.
std::optional<Bounds> areaOf(const std::vector<PeekedFile>& files, const Options& options, const crs::LocalFrame& frame,
                             Problems& problems) {
  std::vector<std::pair<const PeekedFile*, Bounds>> known;
  std::vector<double> xs, ys;
  for (const PeekedFile& file : files) {
    const Bounds bounds = boundsIn(frame, file.peek, options);
    if (bounds.empty()) continue;
    known.emplace_back(&file, bounds);
    xs.push_back(bounds.centre().x);
    ys.push_back(bounds.centre().y);
  }
  if (known.empty()) return std::nullopt;
  const Vec3d middle{median(xs), median(ys), 0};
  Bounds area;
  for (const auto& [file, bounds] : known) {
    const double away_m = distance2d(bounds.centre(), middle);
    if (away_m <= same_town_m)
      area.add(bounds);
    else
      reportFarOff(file->path, away_m, problems);
  }
  return area;
}

}  // namespace

double distanceBetween(const Bounds& a, const Bounds& b) {
  const double dx = std::max({0.0, a.low.x - b.high.x, b.low.x - a.high.x});
  const double dy = std::max({0.0, a.low.y - b.high.y, b.low.y - a.high.y});
  return std::hypot(dx, dy);
}

std::optional<Bounds> areaWith(const Bounds& town, const std::vector<PeekedFile>& files, const Options& options,
                               const crs::LocalFrame& frame, Problems& problems) {
  if (town.empty()) return areaOf(files, options, frame, problems);
  Bounds area = town;
  for (const PeekedFile& file : files) {
    const Bounds bounds = boundsIn(frame, file.peek, options);
    if (bounds.empty()) continue;
    const double away_m = distanceBetween(bounds, town);
    if (away_m <= same_town_m)
      area.add(bounds);
    else
      reportFarOff(file.path, away_m, problems);
  }
  return area;
}

Result<ChosenFrame> chooseFrame(const std::vector<PeekedFile>& files, const Options& options, Problems& problems) {
  const Result<int> epsg = epsgOf(files, options, problems);
  if (!epsg) return epsg.error();
  const Result<crs::LocalFrame> whole = crs::LocalFrame::create(*epsg, {});
  if (!whole) return whole.error();
  const std::optional<Bounds> area = areaOf(files, options, *whole, problems);
  if (!area) {
    // Files without a CRS are taken to be in the project's; their numbers tell where the origin belongs.
    Bounds raw;
    for (const PeekedFile& file : files)
      if (crsOf(file.peek, options).empty()) raw.add(file.peek.bounds);
    const Vec3d centre = raw.empty() ? Vec3d{} : raw.centre();
    const auto frame = crs::LocalFrame::create(*epsg, {roundTo100(centre.x), roundTo100(centre.y), 0});
    if (!frame) return frame.error();
    return ChosenFrame{*frame, std::nullopt};
  }
  const Vec3d centre = area->centre();
  const Vec3d origin{roundTo100(centre.x), roundTo100(centre.y), 0};
  const Result<crs::LocalFrame> frame = crs::LocalFrame::create(*epsg, origin);
  if (!frame) return frame.error();
  Bounds local;
  local.add(frame->toLocal(area->low));
  local.add(frame->toLocal(area->high));
  return ChosenFrame{*frame, local};
}

}  // namespace hashimichi::import
