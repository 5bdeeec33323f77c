#pragma once
#include <optional>
#include <string>

#include "geo/core/geometry.h"
#include "geo/core/result.h"
#include "geo/crs/local_frame.h"
#include "geo/crs/transform.h"
#include "geo/model/point_cloud.h"
#include "geo/points/octree.h"

namespace hashimichi::points {

/// How an octree's coordinates come into the local frame.
struct OctreePlace {
  crs::LocalFrame frame;
  std::string crs;         ///< of the octree; any text that PROJ reads
  bool swap_axes = false;  ///< the survey writes northing (latitude) first
  crs::HeightWish heights = {};
};

/// For a cloud of the project. A survey without a CRS is read in the frame's own, as its importer did; axes are
/// swapped where only that puts the octree over the bounds which the cloud had when it was imported.
/// @returns bad_crs
Result<OctreePlace> placeOctree(const OctreeInfo& info, const model::PointCloud& cloud, const crs::LocalFrame& frame);

/// Source coordinates → local frame. Not thread-safe (PROJ): every thread makes its own. Move-only.
class OctreePlacer {
 public:
  /// @returns bad_crs
  static Result<OctreePlacer> create(const OctreePlace& place);

  /// In place; points without a place become NaN.
  void apply(std::span<Vec3d> source) const;
  std::optional<Vec3d> operator()(Vec3d source) const;
  /// Corners, middles of the edges and centre of a box.
  Bounds operator()(const Bounds& source) const;
  /// True when it only subtracts an origin (and perhaps scales heights), so that straight boxes stay straight boxes.
  bool plain() const { return plain_; }

 private:
  OctreePlacer(crs::ToLocal to_local, bool swap_axes, bool plain)
      : to_local_(std::move(to_local)), swap_axes_(swap_axes), plain_(plain) {}
  crs::ToLocal to_local_;
  bool swap_axes_ = false, plain_ = false;
};

}  // namespace hashimichi::points
