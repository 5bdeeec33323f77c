#include <fmt/format.h>

#include "geo/core/file.h"
#include "geo/import/importer.h"
#include "geo/import/points/cloud_pour.h"
#include "geo/import/points/las_header.h"
#include "geo/import/points/las_place.h"
#include "geo/import/points/las_reader.h"
#include "geo/import/points/las_sample.h"
#include "geo/import/points/quick_look.h"
#include "geo/points/cloud_steps.h"
#include "geo/points/las_source.h"

namespace hashimichi::import {
namespace {

constexpr std::uint64_t points_between_reports = 1 << 16;

std::string formatOf(const LasHeader& header) {
  return header.compressed ? "LAZ" : "LAS";
}

/// Reads to the end, to damage, or until cancelled.
/// @returns false when cancelled
bool readPoints(LasReader& reader, const LasHeader& header, LasSample& sample, Progress& progress) {
  LasPoint point;
  while (sample.seen() < header.stated_points && reader.next(point)) {
    if (isFinite(point.position)) sample.offer(point);
    if (sample.seen() % points_between_reports != 0) continue;
    if (progress.cancelled()) return false;
    progress.report(static_cast<double>(sample.seen()) / static_cast<double>(header.plausible_points), "points");
  }
  return true;
}

void reportDamage(const LasHeader& header, const LasSample& sample, const std::string& damage, const std::string& file,
                  Problems& problems) {
  if (sample.seen() < header.stated_points)
    problems.skip(file, fmt::format("point {}", sample.seen() + 1), "las.truncated",
                  fmt::format("The header promises {} points, {} could be read: {}.", header.stated_points,
                              sample.seen(), damage.empty() ? "the others are not numbers" : damage),
                  "What was read is used; copy the file again for the rest.");
  const Bounds &said = header.bounds, &found = sample.bounds();
  // The header is rounded to the file's own step, a thousandth of the unit as a rule.
  const double slack = 0.01 + 1e-6 * std::max(found.size().x, found.size().y);
  if (said.empty() || found.low.x < said.low.x - slack || found.low.y < said.low.y - slack ||
      found.high.x > said.high.x + slack || found.high.y > said.high.y + slack)
    problems.assume(file, {}, "las.header_bounds",
                    "The extent in the header is not that of the points; that of the points was taken.");
}

class LasImporter final : public Importer {
 public:
  std::string_view format() const override { return "LAS"; }

  bool accepts(const std::filesystem::path&, std::string_view head) const override { return head.starts_with("LASF"); }

  Result<Peek> peek(const std::filesystem::path& path, const Options& options, Problems&) const override {
    Problems told_when_read;
    const Result<LasHeader> header = readLasHeader(path, told_when_read);
    if (!header) return header.error();
    if (header->stated_points == 0 || header->plausible_points == 0) return noPoints(*header, toUtf8(path));
    return Peek{formatOf(*header), header->crs.empty() ? options.source_crs : header->crs, crs::AxisOrder::east_first,
                header->bounds};
  }

  Status read(const std::filesystem::path& path, Context& context) const override {
    const std::string file = toUtf8(path);
    const Result<LasHeader> header = readLasHeader(path, context.problems);
    if (!header) return header.error();
    if (header->stated_points == 0 || header->plausible_points == 0) return noPoints(*header, file);
    const Result<LasPlace> place = placeCloud(*header, file, context);
    if (!place) return place.error();
    const auto transform = crs::ToLocal::create(place->crs, crs::AxisOrder::east_first, context.frame, place->heights);
    if (!transform) return transform.error();
    Result<LasReader> reader = LasReader::open(path, header->point_format);
    if (!reader) return reader.error();

    if (header->plausible_points > read_whole_limit && header->plausible_points == header->stated_points) {
      const Result<bool> looked = pourQuickLook(path, *header, *place, *transform, context);
      if (!looked) return looked.error();
      if (*looked) return done();
    }
    return pourWhole(path, *header, *place, *transform, context);
  }

 private:
  static Error cancelled(const std::string& file) {
    return {ErrorCode::cancelled, file, "Reading the points was cancelled.", {}};
  }

  /// Every point is read: counts and extent are exact.
  static Status pourWhole(const std::filesystem::path& path, const LasHeader& header, const LasPlace& place,
                          const crs::ToLocal& transform, Context& context) {
    const std::string file = toUtf8(path);
    Result<LasReader> reader = LasReader::open(path, header.point_format);
    if (!reader) return reader.error();
    LasSample sample(header.plausible_points);
    if (!readPoints(*reader, header, sample, context.progress)) return cancelled(file);
    if (sample.seen() == 0)
      return Error{ErrorCode::unreadable, file,
                   fmt::format("None of the {} points can be read: {}.", header.stated_points, reader->damage()),
                   "Copy the file again."};
    reportDamage(header, sample, reader->damage(), file, context.problems);
    return pourCloud(path, sample,
                     {sample.seen(), sample.countByClass(), sample.bounds(), header.surveyed, place.swap_axes},
                     transform, context);
  }

  /// Runs of points from all over the file; the octree counts the rest. False: something in it cannot be read that way,
  /// and the file must be read whole to say what is the matter.
  static Result<bool> pourQuickLook(const std::filesystem::path& path, const LasHeader& header, const LasPlace& place,
                                    const crs::ToLocal& transform, Context& context) {
    const std::string file = toUtf8(path);
    Problems told_when_indexed;
    const Result<points::PointSourcePtr> source = points::openLasSource(path, told_when_indexed);
    if (!source) return false;
    const Result<QuickLook> look = quickLook(**source, quick_look_points, context.options.threads, context.progress);
    if (!look && look.error().code == ErrorCode::cancelled) return cancelled(file);
    if (!look || !look->damage.empty() || look->sample.seen() == 0) return false;
    Bounds bounds = look->sample.bounds();
    if (points::doubtful((*source)->info(), bounds))
      context.problems.assume(file, {}, "las.header_bounds",
                              "The extent in the header is not that of the points; that of the points was taken.");
    else
      bounds.add(header.bounds);
    context.problems.assume(
        file, {}, quick_look_code,
        fmt::format("Of the {} points that the header promises, {} from all over the file were read for the first "
                    "look: the counts by class are estimates, the extent is the header's.",
                    header.stated_points, look->read),
        "Building the octree counts every point; its numbers then take the place of these.");
    const Status poured = pourCloud(
        path, look->sample,
        {header.stated_points, look->estimatedClasses(header.stated_points), bounds, header.surveyed, place.swap_axes},
        transform, context);
    if (!poured) return poured.error();
    return true;
  }

  static Error noPoints(const LasHeader& header, const std::string& file) {
    return {
        ErrorCode::bad_input, file,
        header.stated_points == 0
            ? std::string("The file holds no points.")
            : fmt::format("The header promises {} points, but the file ends before the first.", header.stated_points),
        "Copy or export it again."};
  }
};

}  // namespace

const Importer& lasImporter() {
  static const LasImporter importer;
  return importer;
}

}  // namespace hashimichi::import
