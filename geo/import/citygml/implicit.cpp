#include "geo/import/citygml/implicit.h"

#include <algorithm>
#include <cmath>

#include "geo/import/citygml/ring_parser.h"

namespace hashimichi::import::citygml {
namespace {

Vec3d multiply(const std::array<double, 16>& m, Vec3d p) {
  return {m[0] * p.x + m[1] * p.y + m[2] * p.z + m[3], m[4] * p.x + m[5] * p.y + m[6] * p.z + m[7],
          m[8] * p.x + m[9] * p.y + m[10] * p.z + m[11]};
}

/// The unit vector to true north at a place, in the local frame; grid north where that cannot be told.
Vec3d trueNorth(const SourceFrame& frame, Vec3d reference) {
  constexpr double step_deg = 1e-4;  // 11 m
  // Whichever axis of the CRS leads north.
  Vec3d ends[] = {reference, reference + Vec3d{step_deg, 0, 0}, reference + Vec3d{0, step_deg, 0}};
  if (frame.toLocal(ends) > 0) return {0, 1, 0};
  const Vec3d first = ends[1] - ends[0], second = ends[2] - ends[0];
  const Vec3d way = std::fabs(first.y) > std::fabs(second.y) ? first : second;
  const double length = std::hypot(way.x, way.y);
  return length > 0 ? Vec3d{way.x / length, way.y / length, 0} : Vec3d{0, 1, 0};
}

NodeId descendant(const FeatureTree& tree, NodeId node, Tag tag) {
  for (const NodeId child : tree.children(node)) {
    if (tree.name(child).tag == tag) return child;
    if (const NodeId below = descendant(tree, child, tag); below != no_node) return below;
  }
  return no_node;
}

}  // namespace

std::size_t Placement::apply(std::span<Vec3d> points) const {
  if (!frame->info().geographic) {
    for (Vec3d& p : points) p = multiply(matrix, p) + reference;
    return frame->toLocal(points);
  }
  Vec3d origin[] = {reference};
  const bool placed = frame->toLocal(origin) == 0;
  const Vec3d north = placed ? trueNorth(*frame, reference) : Vec3d{0, 1, 0};
  const Vec3d east{north.y, -north.x, 0};
  for (Vec3d& p : points) {
    const Vec3d turned = multiply(matrix, p);
    p = origin[0] + east * turned.x + north * turned.y + Vec3d{0, 0, turned.z};
  }
  return placed ? 0 : points.size();
}

bool Placement::isAbsolute(std::span<const Vec3d> points) const {
  constexpr double near_deg = 0.1;
  return frame->info().geographic && !points.empty() && std::all_of(points.begin(), points.end(), [&](Vec3d p) {
           return std::fabs(p.x - reference.x) < near_deg && std::fabs(p.y - reference.y) < near_deg;
         });
}

std::optional<Placement> readPlacement(const FeatureTree& tree, NodeId implicit, SourceFrame& frame,
                                       std::string& fault) {
  Placement placement;
  placement.frame = &frame;
  bool has_reference = false;
  for (const NodeId child : tree.children(implicit)) {
    const std::string& name = tree.name(child).local;
    if (name == "transformationMatrix") {
      std::vector<double> numbers;
      if (!parseNumbers(tree.text(child), numbers) || numbers.size() != placement.matrix.size())
        return fault = "The transformation matrix does not have 16 numbers.", std::nullopt;
      std::copy(numbers.begin(), numbers.end(), placement.matrix.begin());
    } else if (name == "referencePoint") {
      const NodeId point = descendant(tree, child, Tag::point);
      RingFault ring_fault;
      const auto points = point == no_node ? std::nullopt : parsePoints(tree, point, frame.dimension(), ring_fault);
      if (!points || points->empty()) return fault = "The reference point cannot be read.", std::nullopt;
      placement.reference = points->front();
      has_reference = true;
    }
  }
  if (!has_reference) return fault = "The template has no reference point.", std::nullopt;
  return placement;
}

}  // namespace hashimichi::import::citygml
