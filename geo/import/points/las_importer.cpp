#include <fmt/format.h>

#include "geo/core/file.h"
#include "geo/import/choose_frame.h"
#include "geo/import/points/las_header.h"
#include "geo/import/points/las_place.h"
#include "geo/import/points/las_reader.h"
#include "geo/import/points/las_sample.h"

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

    LasSample sample(header->plausible_points);
    if (!readPoints(*reader, *header, sample, context.progress))
      return Error{ErrorCode::cancelled, file, "Reading the points was cancelled.", {}};
    if (sample.seen() == 0)
      return Error{ErrorCode::unreadable, file,
                   fmt::format("None of the {} points can be read: {}.", header->stated_points, reader->damage()),
                   "Copy the file again."};
    reportDamage(*header, sample, reader->damage(), file, context.problems);
    return pour(path, sample, *transform, *place, header->surveyed, context);
  }

 private:
  static Error noPoints(const LasHeader& header, const std::string& file) {
    return {
        ErrorCode::bad_input, file,
        header.stated_points == 0
            ? std::string("The file holds no points.")
            : fmt::format("The header promises {} points, but the file ends before the first.", header.stated_points),
        "Copy or export it again."};
  }

  static Status pour(const std::filesystem::path& path, const LasSample& sample, const crs::ToLocal& transform,
                     const LasPlace& place, std::optional<Instant> surveyed, Context& context) {
    const std::string file = toUtf8(path);
    LasSample::Local local = sample.toLocal(transform, place.swap_axes);
    if (local.sample.size() == 0)
      return Error{ErrorCode::bad_crs, file, "No point has a place in the project's coordinate reference system.",
                   "Check the file's own, or name it with --source-crs EPSG:code."};
    if (context.area && distanceBetween(local.bounds, *context.area) > same_town_m)
      return Error{ErrorCode::bad_crs, file, "The points lie more than 100 km from the project's area.",
                   "Check the file's coordinate reference system."};
    if (local.lost > 0)
      context.problems.skip(file, {}, "las.outside_projection",
                            fmt::format("{} of the {} points kept for drawing have no place in the project's "
                                        "coordinate reference system.",
                                        local.lost, local.lost + local.sample.size()));
    std::error_code error;
    const std::filesystem::path absolute = std::filesystem::absolute(path, error);
    model::PointCloud cloud;
    cloud.id = toUtf8(path.stem());
    cloud.path = toUtf8(error ? path : absolute);
    cloud.source = file;
    cloud.surveyed = surveyed;
    cloud.point_count = static_cast<std::size_t>(sample.seen());
    cloud.count_by_class = sample.countByClass();
    cloud.bounds = local.bounds;
    cloud.bounds.add(localBounds(sample.bounds(), transform, place.swap_axes));
    cloud.sample = std::move(local.sample);
    context.sink.add(std::move(cloud));
    return done();
  }
};

}  // namespace

const Importer& lasImporter() {
  static const LasImporter importer;
  return importer;
}

}  // namespace hashimichi::import
