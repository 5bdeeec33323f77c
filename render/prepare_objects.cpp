#include <cmath>

#include "render/drape.h"
#include "render/face.h"
#include "render/in_shares.h"
#include "render/object_colour.h"
#include "render/ribbon.h"

namespace hashimichi::render {
namespace {

using model::CityObject, model::Geometry, model::ObjectKind;

constexpr double zone_lift_m = 0.12, mark_lift_m = 1;
/// A shape all of whose faces are this level lies flat; a wall or a steep side makes it a solid.
constexpr double level = 0.5;

using Shapes = std::array<ObjectShapes, object_kind_count>;

/// Zones that overlap, or that are told apart by their borders, are outlined.
bool outlined(ObjectKind kind) {
  return kind == ObjectKind::urban_plan || kind == ObjectKind::utility || kind == ObjectKind::generic ||
         kind == ObjectKind::other;
}

bool liesFlat(const Geometry& shape) {
  if (!shape.has_height) return true;
  for (const model::Surface& surface : shape.surfaces)
    if (surface.polygon.outer.size() >= 3 && std::abs(unitNormal(surface.polygon).z) < level) return false;
  return true;
}

struct Maker {
  const model::CityModel& model;
  const model::Terrain& ground;
  const LodChoice& lod;
  double piece_m = pieceLength(ground);

  void zone(const Geometry& shape, const CityObject& object, std::uint32_t index, ObjectShapes& to) const {
    const exporting::Rgb rgb = colourOf(object);
    for (const model::Surface& surface : shape.surfaces) {
      if (surface.polygon.outer.size() < 3) continue;
      appendDraped(surface.polygon, index, ground, piece_m, zone_lift_m, to.zones);
      if (outlined(object.kind))
        appendLine(drapedOutline(surface.polygon.outer, ground, piece_m, zone_lift_m), index, to.lines);
    }
    paintNewVertices(to.zones, {double(rgb.r), double(rgb.g), double(rgb.b)}, 1);
  }

  void solid(const Geometry& shape, const CityObject& object, std::uint32_t index, ObjectShapes& to) const {
    const exporting::Rgb rgb = colourOf(object);
    Faces faces(model, shape, index, to.solids);
    for (std::size_t i = 0; i < shape.surfaces.size(); ++i)
      if (shape.surfaces[i].polygon.outer.size() >= 3)
        faces.append(i, {double(rgb.r), double(rgb.g), double(rgb.b)}, lightOn(unitNormal(shape.surfaces[i].polygon)));
  }

  void mesh(const CityObject& object, std::uint32_t index, ObjectShapes& to) const {
    const exporting::Rgb rgb = colourOf(object);
    appendMesh(model, *object.mesh, index, {double(rgb.r), double(rgb.g), double(rgb.b)}, to.solids);
  }

  void line(const model::Polyline& line, std::uint32_t index, ObjectShapes& to) const {
    model::Polyline laid;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (!isFinite(line[i])) continue;
      // Short pieces follow the ground, and the index of lines counts on them.
      if (i > 0 && isFinite(line[i - 1])) {
        const double pieces = std::clamp(std::ceil(distance2d(line[i - 1], line[i]) / piece_m), 1.0, 4096.0);
        for (double k = 1; k < pieces; ++k)
          laid.push_back(laidOnGround(ground, line[i - 1] + (line[i] - line[i - 1]) * (k / pieces), zone_lift_m));
      }
      laid.push_back(laidOnGround(ground, line[i], zone_lift_m));
    }
    if (laid.size() >= 2) appendLine(laid, index, to.lines);
  }

  void add(const CityObject& object, std::uint32_t index, Shapes& shapes) const {
    const Geometry& shape = shapeAt(lod.of(object.kind), object.geometry, object.other_lods);
    ObjectShapes& to = shapes[static_cast<std::size_t>(object.kind)];
    const bool flat = liesFlat(shape);
    // Over an orthophoto green areas would only hide what can be seen already.
    if (flat && object.kind == ObjectKind::vegetation && !shape.surfaces.empty() && !model.imagery.empty()) return;
    flat ? zone(shape, object, index, to) : solid(shape, object, index, to);
    for (const model::Polyline& each : shape.lines) line(each, index, to);
    if (object.mesh) mesh(object, index, to);
    for (const Vec3d& point : shape.points)
      if (isFinite(point)) to.marks.push_back({laidOnGround(ground, point, mark_lift_m), index});
  }
};

}  // namespace

void prepareObjects(const model::CityModel& model, const LodChoice& lod, PreparedTown& town) {
  const Maker maker{model, town.ground, lod};
  auto parts = inShares(model.objects.size(), [&](std::size_t from, std::size_t to) {
    auto shapes = std::make_unique<Shapes>();
    for (std::size_t i = from; i < to; ++i) maker.add(model.objects[i], static_cast<std::uint32_t>(i), *shapes);
    return shapes;
  });
  for (auto& part : parts)
    for (std::size_t kind = 0; kind < object_kind_count; ++kind) {
      ObjectShapes &into = town.objects[kind], &from = (*part)[kind];
      append(into.solids, std::move(from.solids));
      append(into.zones, std::move(from.zones));
      append(into.lines, from.lines);
      into.marks.insert(into.marks.end(), from.marks.begin(), from.marks.end());
    }
}

}  // namespace hashimichi::render
