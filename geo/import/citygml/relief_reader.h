#pragma once
#include <string>

#include "geo/import/citygml/face_parser.h"
#include "geo/import/tin_grid.h"

namespace hashimichi::import::citygml {

/// dem:ReliefFeature: triangles become the terrain's grid; breaklines and mass points become city objects of their own
/// (type "BreaklineRelief", "MassPointRelief"), which are shown and do not change the grid.
class ReliefReader {
 public:
  ReliefReader(GeometryContext& geometry, Context& context) : geometry_(geometry), context_(context) {}

  void takeTriangle(const FeatureTree& tree, NodeId triangle);
  /// The feature without its triangles. @param id  of the feature
  void take(const FeatureTree& tree, const std::string& id);
  /// Hands the terrain over and tells what was left out.
  void finish() { finishTerrain(tin_, geometry_.file, context_); }
  bool empty() const { return tin_.triangles() == 0 && objects_ == 0; }

 private:
  void takePart(const FeatureTree& tree, NodeId part, const std::string& feature_id);
  void readPart(const FeatureTree& tree, NodeId node, CoordinateState state, LodShape& into);

  GeometryContext& geometry_;
  Context& context_;
  TinGrid tin_;
  std::size_t objects_ = 0;
};

}  // namespace hashimichi::import::citygml
