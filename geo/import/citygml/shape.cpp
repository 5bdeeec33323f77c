#include "geo/import/citygml/shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

namespace hashimichi::import::citygml {
namespace {

bool hasSurfaces(const LodShape& level) {
  return !level.surfaces.empty();
}
bool hasLines(const LodShape& level) {
  return !level.lines.empty();
}
bool hasPoints(const LodShape& level) {
  return !level.points.empty();
}

template <typename Has>
std::optional<int> highest(const Shape::Part& part, Has has, int most = 9) {
  for (auto level = part.by_lod.rbegin(); level != part.by_lod.rend(); ++level)
    if (level->first <= most && has(level->second)) return level->first;
  return std::nullopt;
}

/// The same level, else the lowest above; else nothing. An element that is modelled anew for each level exists once per
/// level, so a lower one would double it.
std::optional<int> atOrAbove(const Shape::Part& part, int wanted) {
  for (const auto& [lod, level] : part.by_lod)
    if (hasSurfaces(level) && lod >= wanted) return lod;
  return std::nullopt;
}

void appendSurfaces(const LodShape& from, LodShape& into) {
  const auto offset = static_cast<std::uint32_t>(into.surfaces.size());
  into.surfaces.insert(into.surfaces.end(), from.surfaces.begin(), from.surfaces.end());
  for (model::SurfaceAppearance look : from.looks) {
    look.surface += offset;
    into.looks.push_back(std::move(look));
  }
  into.has_height = into.has_height || from.has_height;
}

/// Which pieces, of which parts and levels, make up a form.
struct Selection {
  using Piece = std::pair<std::size_t, int>;  ///< part, level
  int lod = 0;
  std::vector<Piece> surfaces, others;

  void takeSurfaces(std::size_t part, int level) {
    lod = std::max(lod, level);
    surfaces.push_back({part, level});
  }
  bool holds(const Selection& other) const {
    const auto within = [](const std::vector<Piece>& pieces, const std::vector<Piece>& all) {
      return std::all_of(pieces.begin(), pieces.end(),
                         [&](const Piece& p) { return std::find(all.begin(), all.end(), p) != all.end(); });
    };
    return lod == other.lod && within(other.surfaces, surfaces) && within(other.others, others);
  }
};

model::Geometry geometryOf(LodShape shape, int lod) {
  return {lod,
          shape.has_height,
          std::move(shape.surfaces),
          std::move(shape.lines),
          std::move(shape.points),
          std::move(shape.looks)};
}

/// @param last  nobody needs the surfaces afterwards: a single piece is moved
model::Geometry build(const Selection& selection, Shape& shape, bool last) {
  LodShape form;
  for (const auto& [part, level] : selection.surfaces) {
    LodShape& from = shape.parts[part].by_lod.at(level);
    if (last && selection.surfaces.size() == 1) {
      form.surfaces = std::move(from.surfaces);
      form.looks = std::move(from.looks);
      form.has_height = from.has_height;
    } else {
      appendSurfaces(from, form);
    }
  }
  for (const auto& [part, level] : selection.others) {
    const LodShape& from = shape.parts[part].by_lod.at(level);
    form.lines.insert(form.lines.end(), from.lines.begin(), from.lines.end());
    form.points.insert(form.points.end(), from.points.begin(), from.points.end());
    form.has_height = form.has_height || from.has_height;
  }
  return geometryOf(std::move(form), selection.lod);
}

/// One body with its attachments.
void takeBody(const Shape& shape, std::size_t body, Selection& into) {
  std::optional<int> of_elements;
  for (const Shape::Part& part : shape.parts)
    if (part.attachment && part.body == body) of_elements = std::max(of_elements, highest(part, hasSurfaces));
  const std::optional<int> own = highest(shape.parts[body], hasSurfaces);
  const bool left_to_elements = own.value_or(0) <= 1 && of_elements.value_or(0) > 1;
  const std::optional<int> lod = left_to_elements || !own ? of_elements : own;
  if (!lod) return;
  if (own && !left_to_elements) into.takeSurfaces(body, *own);
  for (std::size_t i = 0; i < shape.parts.size(); ++i) {
    const Shape::Part& part = shape.parts[i];
    if (!part.attachment || part.body != body) continue;
    const auto level = *of_elements >= *lod ? atOrAbove(part, *lod) : highest(part, hasSurfaces);
    if (level) into.takeSurfaces(i, *level);
  }
}

/// Lines and points: of each part the highest level that has any. Points only where nothing better is.
void takeOthers(const Shape& shape, Selection& into) {
  for (std::size_t i = 0; i < shape.parts.size(); ++i) {
    const auto level = highest(shape.parts[i], hasLines);
    if (!level) continue;
    if (into.surfaces.empty()) into.lod = std::max(into.lod, *level);
    into.others.push_back({i, *level});
  }
  if (!into.surfaces.empty() || !into.others.empty()) return;
  for (std::size_t i = 0; i < shape.parts.size(); ++i)
    if (const auto level = highest(shape.parts[i], hasPoints)) {
      into.lod = std::max(into.lod, *level);
      into.others.push_back({i, *level});
    }
}

/// One level of detail: what has exactly this level; bodies without it stand with their next lower one.
Selection levelOf(const Shape& shape, int lod) {
  Selection level;
  level.lod = lod;
  for (std::size_t i = 0; i < shape.parts.size(); ++i) {
    const Shape::Part& part = shape.parts[i];
    const auto own = part.by_lod.find(lod);
    if (own != part.by_lod.end() && hasSurfaces(own->second))
      level.takeSurfaces(i, lod);
    else if (const auto lower = highest(part, hasSurfaces, lod); lower && !part.attachment && i != 0)
      level.takeSurfaces(i, *lower);
    if (own != part.by_lod.end() && (hasLines(own->second) || hasPoints(own->second))) level.others.push_back({i, lod});
  }
  return level;
}

/// Levels with a form of their own: some part has surfaces, lines or points there.
std::set<int> levels(const Shape& shape) {
  std::set<int> found;
  for (const Shape::Part& part : shape.parts)
    for (const auto& [lod, level] : part.by_lod)
      if (!level.empty()) found.insert(lod);
  return found;
}

/// The highest level that the file names at all.
int namedLod(const Shape& shape) {
  int named = -1;
  for (const Shape::Part& part : shape.parts)
    if (!part.by_lod.empty()) named = std::max(named, part.by_lod.rbegin()->first);
  return named;
}

std::vector<model::Surface> outlineOf(const Shape& shape) {
  std::map<int, std::vector<model::Surface>> by_lod;
  for (const Shape::Part& part : shape.parts)
    for (const auto& [lod, form] : part.by_lod)
      by_lod[lod].insert(by_lod[lod].end(), form.surfaces.begin(), form.surfaces.end());
  for (auto& [lod, surfaces] : by_lod)
    if (!surfaces.empty()) return std::move(surfaces);
  return {};
}

}  // namespace

void append(const LodShape& from, LodShape& into) {
  appendSurfaces(from, into);
  into.lines.insert(into.lines.end(), from.lines.begin(), from.lines.end());
  into.points.insert(into.points.end(), from.points.begin(), from.points.end());
}

Form formOf(Shape& shape, GeometryContext& context, bool with_outline) {
  Form form;
  if (with_outline) form.outline = outlineOf(shape);
  Selection chosen;
  for (std::size_t i = 0; i < shape.parts.size(); ++i)
    if (!shape.parts[i].attachment) takeBody(shape, i, chosen);
  takeOthers(shape, chosen);
  for (const int lod : levels(shape)) {
    const Selection level = levelOf(shape, lod);
    if (chosen.holds(level)) continue;
    const auto alone = [&] {  // a lower level of the feature itself is used here only
      return level.surfaces.size() == 1 && level.surfaces[0].first == 0 &&
             std::find(chosen.surfaces.begin(), chosen.surfaces.end(), level.surfaces[0]) == chosen.surfaces.end();
    };
    form.other_lods.push_back(build(level, shape, alone()));
  }
  form.geometry = build(chosen, shape, true);
  form.only_drawing = form.geometry.empty() && !shape.drawing.empty();
  if (form.only_drawing)
    form.geometry = geometryOf(std::move(shape.drawing), 0);
  else if (!shape.drawing.empty())
    form.other_lods.insert(form.other_lods.begin(), geometryOf(std::move(shape.drawing), 0));
  if (shape.lost > 0)
    context.problems.skip(
        context.file, shape.place, "geometry.outside",
        fmt::format("{} faces lie where {} is not defined.", shape.lost, context.frames.own().info().name),
        "Check the coordinate reference system of the file.");
  if (const int named = namedLod(shape); named >= 2 && chosen.lod < named && !form.geometry.empty())
    context.problems.assume(context.file, shape.place, "lod.fallback",
                            fmt::format("LOD{} holds no usable face; LOD{} was taken.", named, chosen.lod));
  return form;
}

}  // namespace hashimichi::import::citygml
