#pragma once
#include <optional>
#include <vector>

#include "geo/import/citygml/ring_parser.h"
#include "geo/import/citygml/shape.h"

namespace hashimichi::import::citygml {

/// How the coordinates around an element are meant.
struct CoordinateState {
  SourceFrame* frame = nullptr;          ///< the CRS of the nearest srsName
  std::optional<int> dimension;          ///< srsDimension as the surroundings say it
  const Placement* placement = nullptr;  ///< inside a template
};

/// A polygon as it stands in the file, with its LinearRing elements, outer first.
struct RawFace {
  model::Polygon polygon;
  std::vector<NodeId> ring_nodes;
};
/// Nothing when the outer ring is bad; bad holes alone are left out. Both are reported.
std::optional<RawFace> readFace(const FeatureTree& tree, NodeId polygon, const CoordinateState& state,
                                GeometryContext& context);

/// The polygon in the local frame, with what it is covered with, added to a level of detail.
/// @param reversed  an OrientableSurface turns it round
/// @returns false when the CRS does not define its place; nothing was added then
bool addFace(const FeatureTree& tree, NodeId element, RawFace face, model::SurfaceKind kind, bool reversed,
             const CoordinateState& state, GeometryContext& context, LodShape& into);
bool addLine(model::Polyline line, const CoordinateState& state, LodShape& into);
bool addPoints(std::vector<Vec3d> points, const CoordinateState& state, LodShape& into);
/// A template's face at its place.
bool addPlaced(model::Surface face, const Placement& placement, GeometryContext& context, LodShape& into);

void reportRing(const FeatureTree& tree, NodeId ring, const RingFault& fault, GeometryContext& context);

}  // namespace hashimichi::import::citygml
