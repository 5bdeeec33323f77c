#include "geo/import/cityjson/shape.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace hashimichi::import::cityjson {
namespace {

/// Heights this close to 0 are a by-product of tools, not terrain.
constexpr double flat_height_m = 0.001;

using Level = std::optional<double>;

Level highest(const Shape::Part& part) {
  for (auto level = part.by_lod.rbegin(); level != part.by_lod.rend(); ++level)
    if (!level->second.surfaces.empty()) return level->first;
  for (auto level = part.by_lod.rbegin(); level != part.by_lod.rend(); ++level)
    if (!level->second.empty()) return level->first;
  return std::nullopt;
}

/// An element that is modelled anew for each level exists once per level, so a lower one would double it.
Level atOrAbove(const Shape::Part& part, double wanted) {
  for (const auto& [lod, pieces] : part.by_lod)
    if (lod >= wanted && !pieces.empty()) return lod;
  return std::nullopt;
}

/// What every part shows at the highest level.
std::vector<Level> chosen(const Shape& shape) {
  std::vector<Level> levels(shape.parts.size());
  std::vector<Level> of_bodies(shape.parts.size());
  for (std::size_t i = 0; i < shape.parts.size(); ++i)
    if (!shape.parts[i].attachment) levels[i] = of_bodies[i] = highest(shape.parts[i]);
  for (std::size_t i = 0; i < shape.parts.size(); ++i) {
    const Shape::Part& part = shape.parts[i];
    if (!part.attachment) continue;
    const Level body = of_bodies[part.body];
    levels[i] = body ? atOrAbove(part, *body) : highest(part);
    if (!levels[i]) levels[i] = highest(part);
  }
  return levels;
}

bool isFlat(const std::vector<Vec3d>& points) {
  return std::all_of(points.begin(), points.end(), [](Vec3d p) { return std::fabs(p.z) <= flat_height_m; });
}
bool isFlat(const Pieces& pieces) {
  return std::all_of(pieces.surfaces.begin(), pieces.surfaces.end(),
                     [](const model::Surface& s) { return isFlat(s.polygon.outer); }) &&
         std::all_of(pieces.lines.begin(), pieces.lines.end(), [](const model::Polyline& l) { return isFlat(l); }) &&
         isFlat(pieces.points);
}

model::Geometry geometryOf(Pieces pieces, double lod) {
  model::Geometry geometry;
  geometry.lod = static_cast<int>(lod);
  geometry.has_height = !isFlat(pieces);
  geometry.surfaces = std::move(pieces.surfaces);
  geometry.lines = std::move(pieces.lines);
  geometry.points = std::move(pieces.points);
  geometry.appearance = std::move(pieces.appearance);
  return geometry;
}

}  // namespace

std::vector<model::Geometry> levelsOf(Shape shape, double& lod_of_last) {
  const std::vector<Level> top = chosen(shape);
  Level last;
  for (const Level level : top) last = std::max(last, level);
  if (!last) return {};
  lod_of_last = *last;
  std::set<double> lods;
  for (const Shape::Part& part : shape.parts)
    for (const auto& [lod, pieces] : part.by_lod)
      if (!pieces.empty() && lod < *last) lods.insert(lod);
  std::vector<model::Geometry> levels;
  for (const double lod : lods) {
    Pieces pieces;
    bool differs = false;  // from what the highest level shows
    for (std::size_t i = 0; i < shape.parts.size(); ++i) {
      const auto found = shape.parts[i].by_lod.find(lod);
      if (found == shape.parts[i].by_lod.end()) continue;
      const bool again = top[i] == lod;  // still needed below
      differs = differs || !again;
      append(pieces, again ? found->second : std::move(found->second));
    }
    if (differs && !pieces.empty()) levels.push_back(geometryOf(std::move(pieces), lod));
  }
  Pieces pieces;
  for (std::size_t i = 0; i < shape.parts.size(); ++i)
    if (top[i]) append(pieces, std::move(shape.parts[i].by_lod[*top[i]]));
  levels.push_back(geometryOf(std::move(pieces), *last));
  return levels;
}

}  // namespace hashimichi::import::cityjson
