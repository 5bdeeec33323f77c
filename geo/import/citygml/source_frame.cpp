#include "geo/import/citygml/source_frame.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <limits>

namespace hashimichi::import::citygml {
namespace {

/// How far outside the project's area a file may lie and still be "here": a neighbouring city, not another ocean.
constexpr double near_m = 100'000;

std::string_view lastDigits(std::string_view text) {
  const std::size_t before = text.find_last_not_of("0123456789");
  return before == text.npos ? text : text.substr(before + 1);
}

}  // namespace

std::string crsDefinition(std::string_view srs_name) {
  const bool names_epsg = srs_name.find("EPSG") != srs_name.npos || srs_name.find("epsg") != srs_name.npos;
  // A compound URN (urn:ogc:def:crs,crs:EPSG::6677,crs:EPSG::6695) has several codes; PROJ reads it as it is.
  const bool compound = srs_name.find(',') != srs_name.npos;
  const std::string_view code = lastDigits(srs_name);
  if (!names_epsg || compound || code.empty() || code.size() > 6) return std::string(srs_name);
  return "EPSG:" + std::string(code);
}

bool latLonSwapped(const crs::CrsInfo& info, Vec3d authority_order) {
  return info.geographic && std::fabs(authority_order.x) > 90 && std::fabs(authority_order.y) <= 90;
}

std::size_t PlaceMemo::apply(const crs::ToLocal& way, std::span<Vec3d> points) {
  constexpr std::size_t places = 512;  // the corners of a large building; 24 KiB
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  if (entries_.empty()) entries_.assign(places, {{nan, nan, nan}, {}});
  std::size_t lost = 0;
  for (Vec3d& point : points) {
    // Multipliers of SplitMix64: neighbouring coordinates differ in their low bits.
    std::uint64_t hash = std::bit_cast<std::uint64_t>(point.x) * 0xBF58476D1CE4E5B9u;
    hash = (hash ^ std::bit_cast<std::uint64_t>(point.y)) * 0x94D049BB133111EBu;
    hash = (hash ^ std::bit_cast<std::uint64_t>(point.z)) * 0x9E3779B97F4A7C15u;
    Entry& entry = entries_[(hash >> 40) % places];
    if (!(entry.from == point)) {
      entry.from = point;
      entry.to = point;
      way.apply(std::span(&entry.to, 1));
    }
    point = entry.to;
    if (!isFinite(point)) ++lost;
  }
  return lost;
}

Result<SourceFrame> SourceFrame::create(const std::string& definition, std::optional<int> dimension,
                                        const crs::LocalFrame& frame, const std::optional<Bounds>& area) {
  Result<crs::CrsInfo> info = crs::describeCrs(definition);
  if (!info) return info.error();
  Result<crs::ToLocal> way = crs::ToLocal::create(definition, crs::AxisOrder::authority, frame);
  if (!way) return way.error();
  SourceFrame source(std::move(info).value(), std::move(way).value(), frame);
  source.dimension_ = dimension;
  if (area && !area->empty()) source.area_ = area;
  return source;
}

bool SourceFrame::isFileCrs(std::string_view srs_name) {
  if (srs_name == last_srs_name_) return last_was_file_crs_;  // files repeat one spelling thousands of times
  last_srs_name_ = srs_name;
  last_was_file_crs_ = crsDefinition(srs_name) == crsDefinition(info_.definition);
  return last_was_file_crs_;
}

bool SourceFrame::nearArea(const crs::ToLocal& way, Vec3d point) const {
  const std::optional<Vec3d> p = way(point);
  return p && p->x > area_->low.x - near_m && p->x < area_->high.x + near_m && p->y > area_->low.y - near_m &&
         p->y < area_->high.y + near_m;
}

void SourceFrame::decideOrder(Vec3d first, const std::string& file, const std::string& place, Problems& problems) {
  if (decided_) return;
  decided_ = true;
  bool swapped = latLonSwapped(info_, first);
  const bool wrong_place = area_ && !swapped && !nearArea(way_, first);
  if (!swapped && !wrong_place) return;
  Result<crs::ToLocal> other = crs::ToLocal::create(info_.definition, crs::AxisOrder::east_first, frame_);
  if (!other) return;
  swapped = swapped || nearArea(*other, first);
  if (swapped) {
    way_ = std::move(other).value();
    memo_.forget();
    problems.assume(file, place, "crs.axes_swapped",
                    fmt::format("Coordinates such as ({:.4f}, {:.4f}) are not in the order of {}; they were read with "
                                "east (longitude) first.",
                                first.x, first.y, info_.name),
                    "Check that the file lies where it should.");
  } else {
    problems.assume(file, place, "crs.far_from_project",
                    "The file lies more than 100 km from what the project holds already; it was read all the same.",
                    "Check its coordinate reference system.");
  }
}

}  // namespace hashimichi::import::citygml
