#include "geo/import/vector_reader.h"

#include <fmt/format.h>

#include "geo/core/file.h"
#include "geo/import/source_crs.h"

namespace hashimichi::import {
namespace {

constexpr std::int64_t features_between_reports = 256;

Bounds extentOf(OGRLayer& layer) {
  Bounds bounds;
  OGREnvelope box;
  if (layer.GetExtent(&box) != OGRERR_NONE) return bounds;
  bounds.add(Vec3d{box.MinX, box.MinY, 0});
  bounds.add(Vec3d{box.MaxX, box.MaxY, 0});
  return bounds;
}

/// A drawing's closed lines become areas.
void closeLines(VectorShape& shape) {
  std::erase_if(shape.lines, [&](model::Polyline& line) {
    if (line.size() < 4 || line.front() != line.back()) return false;
    line.pop_back();
    if (model::signedArea2d(line) < 0) std::reverse(line.begin(), line.end());
    shape.polygons.push_back({std::move(line), {}});
    return true;
  });
}

}  // namespace

Result<SourcePlace> findPlace(OGRLayer& layer, const std::string& name, VectorFile& file) {
  const std::string path = toUtf8(file.path);
  const Bounds extent = extentOf(layer);
  const std::string part = file.dataset.GetLayerCount() > 1 ? fmt::format("layer \"{}\"", name) : std::string();
  SourcePlace place{definitionOf(layer.GetSpatialRef())};
  if (place.definition.empty()) place = assumePlace(file.path, part, extent, file.context);
  const Result<crs::CrsInfo> info = crs::describeCrs(place.definition);
  if (!info) return Error{info.error().code, path, info.error().what, info.error().advice};
  const Status placed = checkPlace(file.path, part, extent, file.context, place);
  if (!placed) return placed.error();
  return place;
}

bool FeatureTaker::goOn(std::int64_t expected, const std::string& step) {
  if (seen_++ % features_between_reports != 0) return true;
  const double fraction = expected > 0 ? static_cast<double>(seen_) / static_cast<double>(expected) : -1;
  file_.context.progress.report(fraction, step);
  return !file_.context.progress.cancelled();
}

Error FeatureTaker::stopped() const {
  return {ErrorCode::cancelled, toUtf8(file_.path), "The import was stopped.", ""};
}

std::string FeatureTaker::reason() const {
  return file_.messages.any() ? " (" + file_.messages.last() + ")" : std::string();
}

void FeatureTaker::skip(const OGRFeature& feature, const char* code, const std::string& what) {
  file_.context.problems.skip(toUtf8(file_.path), fmt::format("feature {}", feature.GetFID()), code, what);
}

void FeatureTaker::take(const OGRFeature& feature, const LayerPlan& plan, bool closed_lines_are_areas) {
  const OGRGeometry* geometry = feature.GetGeometryRef();
  if (!geometry || geometry->IsEmpty())
    return skip(feature, "geometry.missing", fmt::format("The feature has no geometry{}.", reason()));
  VectorShape shape = shapeOf(*geometry, placer_);
  if (shape.lost_points > 0)
    skip(feature, "geometry.outside",
         fmt::format("{} points are no places of the CRS; the parts with them are left out.", shape.lost_points));
  if (shape.bad_parts > 0)
    skip(feature, "geometry.degenerate",
         fmt::format("{} parts have too few points for a line or an area.", shape.bad_parts));
  if (shape.empty()) return;
  if (closed_lines_are_areas) closeLines(shape);
  flat_ += shape.all_zero;
  curved_ += shape.curved;
  readCells(feature, plan, text_, file_.context.problems, cells_);
  read_ += emitFeature(plan, feature.GetFID(), cells_, std::move(shape), file_.context);
}

void FeatureTaker::finish(const LayerPlan& plan, std::int64_t expected) {
  Problems& problems = file_.context.problems;
  const std::string place = fmt::format("layer \"{}\"", plan.name);
  if (seen_ < expected)
    problems.skip(plan.file, place, "file.truncated",
                  fmt::format("Announces {} features, but only {} are there{}.", expected, seen_, reason()),
                  "Export the file again from its source.");
  if (flat_ > 0)
    problems.assume(plan.file, place, "height.zero",
                    fmt::format("All heights of {} features are 0; they are taken as not given.", flat_));
  if (curved_ > 0)
    problems.assume(plan.file, place, "geometry.curved",
                    fmt::format("{} features have arcs; they were cut into straight pieces of at most {}° (4 mm off at "
                                "a radius of 100 m).",
                                curved_, arc_step_deg));
}

}  // namespace hashimichi::import
