#include "geo/import/citygml/face_parser.h"

#include <algorithm>
#include <cmath>

#include "geo/import/citygml/ring_parser.h"

namespace hashimichi::import::citygml {
namespace {

/// Heights this close to 0 are a by-product of tools (−0.00001), not terrain.
constexpr double flat_height_m = 0.001;

NodeId ringOf(const FeatureTree& tree, NodeId boundary) {
  for (const NodeId child : tree.children(boundary))
    if (tree.name(child).tag == Tag::linear_ring) return child;
  return no_node;
}

bool tall(std::span<const Vec3d> points) {
  return std::any_of(points.begin(), points.end(), [](Vec3d p) { return std::fabs(p.z) > flat_height_m; });
}

/// @returns false when some point has no place
bool toLocal(std::vector<Vec3d>& points, const CoordinateState& state) {
  return (state.placement ? state.placement->apply(points) : state.frame->toLocal(points)) == 0;
}

void reverse(model::Polygon& polygon) {
  std::reverse(polygon.outer.begin(), polygon.outer.end());
  for (model::Ring& hole : polygon.holes) std::reverse(hole.begin(), hole.end());
}

}  // namespace

void reportRing(const FeatureTree& tree, NodeId ring, const RingFault& fault, GeometryContext& context) {
  context.problems.skip(context.file, tree.place(ring), fault.code, fault.what + " The face was skipped.",
                        "Ask the source to repair it.");
}

std::optional<RawFace> readFace(const FeatureTree& tree, NodeId polygon, const CoordinateState& state,
                                GeometryContext& context) {
  RawFace face;
  for (const NodeId boundary : tree.children(polygon)) {
    const Tag tag = tree.name(boundary).tag;
    if (tag != Tag::exterior && tag != Tag::interior) continue;
    const NodeId ring_node = ringOf(tree, boundary);
    if (ring_node == no_node) continue;
    RingFault fault;
    std::optional<model::Ring> ring = parseRing(tree, ring_node, state.dimension, fault);
    if (!ring) {
      reportRing(tree, ring_node, fault, context);
      if (tag == Tag::exterior) return std::nullopt;
      continue;
    }
    if (tag == Tag::exterior) {
      if (!state.placement && !state.frame->decided())
        state.frame->decideOrder(ring->front(), context.file, tree.place(ring_node), context.problems);
      face.polygon.outer = std::move(*ring);
      face.ring_nodes.insert(face.ring_nodes.begin(), ring_node);
    } else {
      face.polygon.holes.push_back(std::move(*ring));
      face.ring_nodes.push_back(ring_node);
    }
  }
  if (face.polygon.outer.empty()) return std::nullopt;
  return face;
}

bool addFace(const FeatureTree& tree, NodeId element, RawFace face, model::SurfaceKind kind, bool reversed,
             const CoordinateState& state, GeometryContext& context, LodShape& into) {
  if (state.placement && state.placement->isAbsolute(face.polygon.outer)) {
    ++context.left_out.absolute_templates;
    CoordinateState absolute = state;
    absolute.placement = nullptr;
    return addFace(tree, element, std::move(face), kind, reversed, absolute, context, into);
  }
  model::Polygon& polygon = face.polygon;
  std::optional<model::SurfaceAppearance> look;
  if (context.appearances && !context.appearances->empty()) {
    bool uv_fault = false;
    look = context.appearances->of(tree, element, face.ring_nodes, polygon, reversed, uv_fault);
    if (uv_fault) ++context.left_out.uv_faults;
  }
  const bool has_height = state.placement || tall(polygon.outer);
  bool placed = toLocal(polygon.outer, state);
  for (model::Ring& hole : polygon.holes) placed = toLocal(hole, state) && placed;
  if (!placed) return false;
  if (reversed) reverse(polygon);
  if (look) {
    look->surface = static_cast<std::uint32_t>(into.surfaces.size());
    into.looks.push_back(std::move(*look));
  }
  into.has_height = into.has_height || has_height;
  into.surfaces.push_back({std::move(polygon), kind});
  return true;
}

bool addPlaced(model::Surface face, const Placement& placement, GeometryContext& context, LodShape& into) {
  CoordinateState state{placement.frame, {}, &placement};
  if (placement.isAbsolute(face.polygon.outer)) {
    ++context.left_out.absolute_templates;
    state.placement = nullptr;
  }
  bool placed = toLocal(face.polygon.outer, state);
  for (model::Ring& hole : face.polygon.holes) placed = toLocal(hole, state) && placed;
  if (!placed) return false;
  into.has_height = true;
  into.surfaces.push_back(std::move(face));
  return true;
}

bool addLine(model::Polyline line, const CoordinateState& state, LodShape& into) {
  const bool has_height = state.placement || tall(line);
  if (!toLocal(line, state)) return false;
  into.has_height = into.has_height || has_height;
  into.lines.push_back(std::move(line));
  return true;
}

bool addPoints(std::vector<Vec3d> points, const CoordinateState& state, LodShape& into) {
  const bool has_height = state.placement || tall(points);
  if (!toLocal(points, state)) return false;
  into.has_height = into.has_height || has_height;
  into.points.insert(into.points.end(), points.begin(), points.end());
  return true;
}

}  // namespace hashimichi::import::citygml
