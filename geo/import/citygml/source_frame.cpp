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

bool namesKnownCrs(const FileHead& head, const Options& options) {
  return !head.srs_name.empty() && (options.source_crs.empty() || crs::describeCrs(crsDefinition(head.srs_name)));
}

std::string definitionFor(const FileHead& head, const Options& options) {
  return namesKnownCrs(head, options) ? crsDefinition(head.srs_name) : options.source_crs;
}

bool latLonSwapped(const crs::CrsInfo& info, Vec3d authority_order) {
  return info.geographic && std::fabs(authority_order.x) > 90 && std::fabs(authority_order.y) <= 90;
}

std::size_t PlaceMemo::apply(const Placer& way, std::span<Vec3d> points) {
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
                                        const Context& context) {
  Result<crs::CrsInfo> info = crs::describeCrs(definition);
  if (!info) return info.error();
  Result<Placer> placer = Placer::create({definition, info->north_first}, context.frame, {context.options.geoid});
  if (!placer) return placer.error();
  SourceFrame source(std::move(info).value(), std::move(placer).value(), context.frame, context.options.geoid);
  source.dimension_ = dimension;
  if (context.area && !context.area->empty()) source.area_ = context.area;
  return source;
}

bool SourceFrame::isFileCrs(std::string_view srs_name) {
  if (srs_name == last_srs_name_) return last_was_file_crs_;  // files repeat one spelling thousands of times
  last_srs_name_ = srs_name;
  last_was_file_crs_ = crsDefinition(srs_name) == crsDefinition(info_.definition);
  return last_was_file_crs_;
}

void SourceFrame::decideOrder(Vec3d first, const std::string& file, const std::string& place, Problems& problems) {
  if (decided_) return;
  decided_ = true;
  const SourcePlace stated{info_.definition, info_.north_first};
  Landing landing{Fit::here, stated, 0};
  if (latLonSwapped(info_, first)) {
    landing = {Fit::turned, {info_.definition, false}, 0};
    problems.assume(file, place, "axis.swapped",
                    fmt::format("Coordinates such as ({:.4f}, {:.4f}) are not in the order of {}; they were read with "
                                "east (longitude) first.",
                                first.x, first.y, info_.name),
                    "Check that the file lies where it should.");
  } else if (area_) {
    Bounds box;
    box.add(first);
    landing = judgePlace(stated, box, frame_, area_, near_m);
    reportLanding(landing, info_.name, file, place, problems);
    if (landing.fit == Fit::far || landing.fit == Fit::nowhere)
      problems.assume(file, place, "crs.far_from_project",
                      "The file lies more than 100 km from what the project holds already; it was read all the same.",
                      "Check its coordinate reference system.");
  }
  if (landing.place.definition == stated.definition && landing.place.north_first == stated.north_first) return;
  if (Result<Placer> other = Placer::create(landing.place, frame_, {geoid_})) {
    placer_ = std::move(other).value();
    memo_.forget();
  }
}

}  // namespace hashimichi::import::citygml
