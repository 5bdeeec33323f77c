#include "render/result_shapes.h"

#include <algorithm>
#include <cmath>

#include "geo/export/result_palette.h"
#include "geo/model/result_match.h"
#include "render/drape.h"
#include "render/face.h"
#include "render/prepare.h"

namespace hashimichi::render {
namespace {

using model::Geometry;
using model::ResultLayer;

constexpr double area_lift_m = 0.14, point_lift_m = 1;
/// A result's own block stands so far round a building of the same place, that neither flickers through the other.
constexpr double block_lift_m = 0.5, block_swell_m = 0.2;
/// Walls are a little darker, so that a block has a form; roofs carry the legend's colour.
constexpr std::uint8_t roof_shade = 255, wall_shade = 219;
constexpr double faces_up = 0.5;
constexpr std::size_t items_between_looks = 4096;

Vec3d vertex(const Mesh& mesh, std::uint32_t index) {
  return {mesh.xyz[3 * index], mesh.xyz[3 * index + 1], mesh.xyz[3 * index + 2]};
}

std::vector<std::uint8_t> shadesOf(const Mesh& mesh) {
  std::vector<std::uint8_t> shades;
  shades.reserve(mesh.triangleCount());
  for (std::size_t t = 0; t < mesh.triangleCount(); ++t) {
    const Vec3d a = vertex(mesh, mesh.triangles[3 * t]);
    const Vec3d normal =
        cross(vertex(mesh, mesh.triangles[3 * t + 1]) - a, vertex(mesh, mesh.triangles[3 * t + 2]) - a);
    shades.push_back(std::abs(normal.z) > faces_up * norm(normal) ? roof_shade : wall_shade);
  }
  return shades;
}

Vec3d middleOf(const model::Ring& ring) {
  Vec3d sum;
  for (const Vec3d p : ring) sum = sum + p;
  return sum * (1.0 / static_cast<double>(ring.size()));
}

model::Ring swollen(const model::Ring& ring, double z) {
  const Vec3d middle = middleOf(ring);
  model::Ring result;
  for (const Vec3d p : ring) {
    const double away = std::max(0.01, distance2d(p, middle));
    const Vec3d out = (p - middle) * (block_swell_m / away);
    result.push_back({p.x + out.x, p.y + out.y, z});
  }
  return result;
}

void push(Mesh& mesh, Vec3d a, Vec3d b, Vec3d c, std::uint32_t feature) {
  for (const Vec3d p : {a, b, c}) {
    mesh.triangles.push_back(static_cast<std::uint32_t>(mesh.vertexCount()));
    mesh.xyz.insert(mesh.xyz.end(), {static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(p.z)});
  }
  mesh.feature.push_back(feature);
}

struct Maker {
  const PreparedTown& town;
  ResultShapes& shapes;
  double piece_m = pieceLength(town.ground);

  /// Roofs first, then as many grounds, as importers leave them.
  static bool isBlock(const Geometry& shape) {
    const std::size_t half = shape.surfaces.size() / 2;
    return half > 0 && shape.surfaces.size() == 2 * half && shape.surfaces[0].kind == model::SurfaceKind::roof &&
           shape.surfaces[half].kind == model::SurfaceKind::ground;
  }

  void block(const Geometry& shape, std::uint32_t item) const {
    const std::size_t half = shape.surfaces.size() / 2;
    for (std::size_t i = 0; i < half; ++i) {
      const model::Ring& outer = shape.surfaces[i].polygon.outer;
      const model::Ring& ground = shape.surfaces[half + i].polygon.outer;
      if (outer.size() < 3 || ground.empty()) continue;
      const Vec3d middle = middleOf(outer);
      const double below_m = shape.has_height ? 0 : groundBelow(middle);
      const double base_m = ground.front().z + below_m;
      model::Polygon roof{swollen(outer, outer.front().z + below_m + block_lift_m), {}};
      for (const model::Ring& hole : shape.surfaces[i].polygon.holes) {
        roof.holes.push_back(hole);
        for (Vec3d& p : roof.holes.back()) p.z = roof.outer.front().z;
      }
      appendFace(roof, item, shapes.blocks);
      for (std::size_t k = 0; k < roof.outer.size(); ++k) {
        const Vec3d a = roof.outer[k], b = roof.outer[(k + 1) % roof.outer.size()];
        const Vec3d a_low{a.x, a.y, base_m}, b_low{b.x, b.y, base_m};
        push(shapes.blocks, a_low, b_low, b, item);
        push(shapes.blocks, a_low, b, a, item);
      }
    }
  }

  void add(const Geometry& shape, std::uint32_t item) const {
    if (isBlock(shape)) return block(shape, item);
    for (const model::Surface& surface : shape.surfaces)
      if (surface.polygon.outer.size() >= 3)
        appendDraped(onGround(surface.polygon, shape.has_height), item, town.ground, piece_m, area_lift_m,
                     shapes.areas);
    for (const Vec3d point : shape.points) {
      if (!isFinite(point)) continue;
      const Vec3d place = shape.has_height ? point : Vec3d{point.x, point.y, groundBelow(point)};
      shapes.points.push_back({laidOnGround(town.ground, place, point_lift_m), item});
    }
  }

  /// Beyond the ground's edge as high as the edge.
  double groundBelow(Vec3d p) const {
    const model::Terrain& ground = town.ground;
    if (ground.columns < 2 || ground.rows < 2) return 0;
    constexpr double inside_m = 1e-3;
    const Vec3d low = ground.south_west;
    const double x = std::clamp(p.x, low.x + inside_m,
                                low.x + static_cast<double>(ground.columns - 1) * ground.spacing_m - inside_m);
    const double y =
        std::clamp(p.y, low.y + inside_m, low.y + static_cast<double>(ground.rows - 1) * ground.spacing_m - inside_m);
    return groundHeight(ground, x, y, 0);
  }

  /// An area without heights lies on the ground, however high that is.
  model::Polygon onGround(model::Polygon polygon, bool has_height) const {
    if (has_height) return polygon;
    const auto lay = [&](model::Ring& ring) {
      for (Vec3d& p : ring) p.z = groundBelow(p);
    };
    lay(polygon.outer);
    std::ranges::for_each(polygon.holes, lay);
    return polygon;
  }
};

}  // namespace

ResultShapesPtr prepareResult(const PreparedTownPtr& town, const std::string& id, Progress& progress) {
  const model::CityModel& model = *town->model;
  const auto found = std::ranges::find(model.results, id, &ResultLayer::id);
  if (found == model.results.end()) return nullptr;
  auto shapes = std::make_shared<ResultShapes>();
  shapes->town = town;
  shapes->index = static_cast<std::size_t>(found - model.results.begin());
  shapes->classes = model::classesOf(*found);
  shapes->item_of_building.assign(model.buildings.size(), ResultShapes::none);
  const model::ResultMatch match(model);
  const Maker maker{*town, *shapes};
  for (std::uint32_t item = 0; item < found->items.size(); ++item) {
    if (item % items_between_looks == 0) {
      progress.report(static_cast<double>(item) / static_cast<double>(found->items.size()), found->name);
      if (progress.cancelled()) return nullptr;
    }
    const ResultLayer::Item& one = found->items[item];
    if (const auto building = match.building(one.id))
      shapes->item_of_building[*building] = item;
    else if (const auto object = match.object(one.id); object && one.geometry.empty())
      maker.add(model.objects[*object].geometry, item);
    else
      maker.add(one.geometry, item);
  }
  shapes->building_shade = shadesOf(town->buildings);
  shapes->block_shade = shadesOf(shapes->blocks);
  return shapes;
}

bool isGap(const ResultShapes& shapes, std::uint32_t item, std::size_t column) {
  return column == ResultLayer::gap || std::isnan(shapes.layer().at(item, column));
}

exporting::Rgb resultColourOf(const ResultShapes& shapes, std::uint32_t item, std::size_t column) {
  if (isGap(shapes, item, column)) return exporting::no_data;
  return exporting::resultColour(shapes.classes.classOf(shapes.layer().at(item, column)), shapes.classes.names.size());
}

}  // namespace hashimichi::render
