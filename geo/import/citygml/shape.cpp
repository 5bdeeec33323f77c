#include "geo/import/citygml/shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace hashimichi::import::citygml {
namespace {

/// Heights this close to 0 are a by-product of tools (−0.00001), not terrain.
constexpr double flat_height_m = 0.001;

bool hasSurfaces(const std::pair<const int, LodShape>& level) {
  return !level.second.surfaces.empty();
}
bool hasLines(const std::pair<const int, LodShape>& level) {
  return !level.second.lines.empty();
}

template <typename Has>
std::optional<int> highest(const Shape::Part& part, Has has) {
  for (auto level = part.by_lod.rbegin(); level != part.by_lod.rend(); ++level)
    if (has(*level)) return level->first;
  return std::nullopt;
}

/// The same level, else the lowest above; else nothing. An element that is modelled anew for each level exists once per
/// level, so a lower one would double it.
std::optional<int> atOrAbove(const Shape::Part& part, int wanted) {
  for (const auto& level : part.by_lod)
    if (hasSurfaces(level) && level.first >= wanted) return level.first;
  return std::nullopt;
}

void take(LodShape& from, int lod, model::Geometry& into) {
  into.lod = std::max(into.lod, lod);
  std::move(from.surfaces.begin(), from.surfaces.end(), std::back_inserter(into.surfaces));
  from.surfaces.clear();
}

/// One body with its attachments.
void takeBody(Shape& shape, std::size_t body, model::Geometry& into) {
  std::optional<int> of_elements;
  for (const Shape::Part& part : shape.parts)
    if (part.attachment && part.body == body) of_elements = std::max(of_elements, highest(part, hasSurfaces));
  const std::optional<int> own = highest(shape.parts[body], hasSurfaces);
  const bool left_to_elements = own.value_or(0) <= 1 && of_elements.value_or(0) > 1;
  const std::optional<int> lod = left_to_elements || !own ? of_elements : own;
  if (!lod) return;
  if (own && !left_to_elements) take(shape.parts[body].by_lod[*own], *own, into);
  for (Shape::Part& part : shape.parts) {
    if (!part.attachment || part.body != body) continue;
    const auto level = *of_elements >= *lod ? atOrAbove(part, *lod) : highest(part, hasSurfaces);
    if (level) take(part.by_lod[*level], *level, into);
  }
}

void takeLines(Shape& shape, model::Geometry& into) {
  for (Shape::Part& part : shape.parts) {
    const auto level = highest(part, hasLines);
    if (!level) continue;
    if (into.surfaces.empty()) into.lod = std::max(into.lod, *level);
    LodShape& lod = part.by_lod[*level];
    std::move(lod.lines.begin(), lod.lines.end(), std::back_inserter(into.lines));
    lod.lines.clear();
  }
}

/// The highest level that the file names at all.
int namedLod(const Shape& shape) {
  int named = -1;
  for (const Shape::Part& part : shape.parts)
    if (!part.by_lod.empty()) named = std::max(named, part.by_lod.rbegin()->first);
  return named;
}

bool allFlat(const model::Geometry& geometry) {
  const auto flat = [](const std::vector<Vec3d>& points) {
    return std::all_of(points.begin(), points.end(), [](Vec3d p) { return std::fabs(p.z) <= flat_height_m; });
  };
  for (const model::Surface& s : geometry.surfaces)
    if (!flat(s.polygon.outer)) return false;
  return std::all_of(geometry.lines.begin(), geometry.lines.end(), flat);
}

/// Drop what cannot be transformed; return how many that were.
std::size_t toLocal(std::vector<model::Surface>& surfaces, const SourceFrame& frame) {
  return std::erase_if(surfaces, [&](model::Surface& surface) {
    std::size_t bad = frame.toLocal(surface.polygon.outer);
    for (model::Ring& hole : surface.polygon.holes) bad += frame.toLocal(hole);
    return bad > 0;
  });
}
std::size_t toLocal(std::vector<model::Polyline>& lines, const SourceFrame& frame) {
  return std::erase_if(lines, [&](model::Polyline& line) { return frame.toLocal(line) > 0; });
}

}  // namespace

std::vector<model::Surface> outlineOf(const Shape& shape, const GeometryContext& context) {
  std::map<int, std::vector<model::Surface>> by_lod;
  for (const Shape::Part& part : shape.parts)
    for (const auto& [lod, form] : part.by_lod)
      by_lod[lod].insert(by_lod[lod].end(), form.surfaces.begin(), form.surfaces.end());
  for (auto& [lod, surfaces] : by_lod) {
    toLocal(surfaces, context.frame);
    if (!surfaces.empty()) return surfaces;
  }
  return {};
}

void resolveMissing(Shape& shape, const FacesById& found, GeometryContext& context) {
  for (MissingFace& missing : shape.missing) {
    const auto faces = found.find(missing.id);
    if (faces == found.end() || faces->second.empty()) {
      context.problems.skip(context.file, missing.place, "xlink.unresolved",
                            fmt::format("A face refers to \"{}\", which the file does not define.", missing.id),
                            "Ask the source for the complete file.");
      continue;
    }
    for (model::Surface surface : faces->second) {
      if (surface.kind == model::SurfaceKind::unknown) surface.kind = missing.kind;
      shape.parts[missing.part].by_lod[missing.lod].surfaces.push_back(std::move(surface));
    }
  }
  shape.missing.clear();
}

model::Geometry chooseGeometry(Shape& shape, GeometryContext& context) {
  const int named = namedLod(shape);
  model::Geometry geometry;
  for (std::size_t i = 0; i < shape.parts.size(); ++i)
    if (!shape.parts[i].attachment) takeBody(shape, i, geometry);
  takeLines(shape, geometry);
  geometry.has_height = !allFlat(geometry);
  if (const std::size_t lost = toLocal(geometry.surfaces, context.frame) + toLocal(geometry.lines, context.frame))
    context.problems.skip(context.file, shape.place, "geometry.outside",
                          fmt::format("{} faces lie where {} is not defined.", lost, context.frame.info().name),
                          "Check the coordinate reference system of the file.");
  if (named >= 2 && geometry.lod < named && !geometry.empty())
    context.problems.assume(context.file, shape.place, "lod.fallback",
                            fmt::format("LOD{} holds no usable face; LOD{} was taken.", named, geometry.lod));
  return geometry;
}

}  // namespace hashimichi::import::citygml
