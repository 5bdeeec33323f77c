#include "geo/import/points/point_text_importer.h"

#include <fmt/format.h>

#include "geo/core/file.h"
#include "geo/import/importer.h"
#include "geo/import/points/cloud_pour.h"
#include "geo/import/points/las_header.h"
#include "geo/import/points/las_place.h"
#include "geo/import/points/quick_look.h"
#include "geo/points/text_source.h"

namespace hashimichi::import {
namespace {

class PointTextImporter final : public Importer {
 public:
  std::string_view format() const override { return "XYZ"; }

  bool accepts(const std::filesystem::path& path, std::string_view head) const override {
    return isPly(head) ? points::isPointPly(path) : points::isPointText(path);
  }

  Result<Peek> peek(const std::filesystem::path& path, const Options& options, Problems&) const override {
    const Result<points::PointTextHead> head = points::peekPointText(path);
    if (!head) return head.error();
    return Peek{head->format, options.source_crs, crs::AxisOrder::east_first, head->bounds};
  }

  Status read(const std::filesystem::path& path, Context& context) const override {
    const std::string file = toUtf8(path);
    const Result<std::string> head = readHead(path, 4);
    if (!head) return head.error();
    const auto source = isPly(*head) ? points::openPlySource(path, context.problems, context.progress)
                                     : points::openTextSource(path, context.problems, context.progress);
    if (!source) return source.error();
    const points::SourceInfo& info = (*source)->info();
    LasHeader place_of;
    place_of.bounds = info.bounds, place_of.crs = info.crs;
    const Result<LasPlace> place = placeCloud(place_of, file, context);
    if (!place) return place.error();
    const auto transform = crs::ToLocal::create(place->crs, crs::AxisOrder::east_first, context.frame, place->heights);
    if (!transform) return transform.error();
    const std::uint64_t wanted = info.points <= read_whole_limit ? read_whole_limit : quick_look_points;
    const Result<QuickLook> look = quickLook(**source, wanted, context.options.threads, context.progress);
    if (!look) return look.error();
    if (look->sample.seen() == 0)
      return Error{ErrorCode::unreadable, file, "None of the lines holds three coordinates.",
                   "Check the file's columns."};
    tell(info, *look, file, context.problems);
    return pourCloud(path, look->sample,
                     {info.points - std::min(info.points, look->unusable), look->estimatedClasses(info.points),
                      info.bounds, std::nullopt, place->swap_axes},
                     *transform, context);
  }

 private:
  static bool isPly(std::string_view head) { return head.starts_with("ply\n") || head.starts_with("ply\r"); }

  static void tell(const points::SourceInfo& info, const QuickLook& look, const std::string& file, Problems& problems) {
    if (look.unusable > 0)
      problems.skip(file, {}, "text_cloud.not_numbers",
                    fmt::format("{} lines are no points: their coordinates are missing or no numbers.", look.unusable));
    if (info.stated > info.points)
      problems.skip(file, {}, "las.truncated",
                    fmt::format("The file promises {} points, but holds {} lines.", info.stated, info.points),
                    "What was read is used; copy the file again for the rest.");
    if (info.points > read_whole_limit)
      problems.assume(file, {}, quick_look_code,
                      fmt::format("Of the {} points {} from all over the file were read for the first look: the counts "
                                  "by class are estimates.",
                                  info.points, look.read),
                      "Building the octree counts every point; its numbers then take the place of these.");
  }
};

}  // namespace

const Importer& pointTextImporter() {
  static const PointTextImporter importer;
  return importer;
}

}  // namespace hashimichi::import
