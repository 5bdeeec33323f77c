#pragma once
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/model/point_cloud.h"
#include "geo/points/node_store.h"
#include "geo/points/octree.h"
#include "geo/points/octree_place.h"

namespace hashimichi::points {

/// A box turned about the vertical or any way: centre, three unit axes at right angles, half lengths along them,
/// metres.
struct OrientedBox {
  Vec3d centre;
  std::array<Vec3d, 3> axes{Vec3d{1, 0, 0}, Vec3d{0, 1, 0}, Vec3d{0, 0, 1}};
  Vec3d half;
};
/// The box along a section line: `width_m` across it, from `low_z` to `high_z`.
OrientedBox sectionBox(Vec3d from, Vec3d to, double width_m, double low_z, double high_z);

/// What part of a cloud is meant, local frame. All that is given must hold; nothing given: everything.
struct Region {
  Bounds box;  ///< empty: not limited
  std::optional<OrientedBox> oriented;
  std::vector<Vec3d> polygon;          ///< ring seen from above (z ignored), closed or not; fewer than 3: none
  std::function<bool(Vec3d)> where{};  ///< any other shape, asked last; empty: everywhere. Called from any thread
  std::bitset<256> classes = std::bitset<256>().set();  ///< ASPRS; points without a class count as 0

  bool contains(Vec3d local) const;
  /// False only when no point of the box can be inside (classes aside).
  bool mayTouch(const Bounds& local) const;
};

/// Points of one node that lie in the region. Valid during the call only.
struct QueryPoints {
  std::span<const Vec3d> local;          ///< local frame, metres, double
  std::span<const std::uint32_t> index;  ///< their places in `batch`
  const PointBatch* batch = nullptr;     ///< the node as loaded: `batch->position(index[i])` is exact; attributes
  std::uint32_t node = 0;                ///< in Octree::nodes()
};
/// Return false to stop.
using QueryVisitor = std::function<bool(const QueryPoints&)>;

struct QueryOptions {
  int max_level = 64;            ///< coarser looks: nodes below this level are left out
  std::size_t point_limit = 0;   ///< stop after so many points in the region; 0: none
  bool every_attribute = false;  ///< also those that are never drawn (Octree::loadAll)
};
struct QueryReport {
  std::uint64_t points = 0;  ///< visited
  std::uint64_t nodes = 0;
  bool full_detail = true;        ///< false: a level limit or point limit left points out, or nodes were unreadable
  std::uint64_t lost_points = 0;  ///< in nodes that could not be read
  std::optional<Error> first_failure;
};

/// All points of a region at full detail, node by node, root first; one node in memory at a time, on the caller's
/// thread. Nodes outside the region are not read.
/// @returns bad_crs, cancelled, or unreadable when no node at all could be read
Result<QueryReport> visitPoints(const Octree& octree, const OctreePlace& place, const Region& region,
                                const QueryVisitor& visitor, Progress& progress, const QueryOptions& options = {});

/// The same over the coarse sample; `index` is the place in the sample, `batch` is null.
QueryReport visitPoints(const model::PointSample& sample, const Region& region, const QueryVisitor& visitor);

/// A ray in the local frame; `direction` of length 1.
struct PointRay {
  Vec3d origin, direction;
  double radius_m = 0;  ///< at the origin; parallel projections: half the tolerance in pixels × metres per pixel
  double spread = 0;    ///< more radius per metre along the ray; perspective: tan of the tolerance's angle
  Region region;        ///< what is visible (clip, classes)
};
struct PickedPoint {
  Vec3d local;
  std::uint32_t node = 0, index = 0;  ///< in the octree; of a sample: node 0 and the place in it
  double along_m = 0, off_m = 0;      ///< along the ray, and from it
};
/// The point that a person means: of those within the tolerance the one nearest to the eye, and among those within one
/// tolerance behind it the one nearest to the ray. Looks at what is resident, thus at what is on the screen.
std::optional<PickedPoint> pickPoint(std::span<const ResidentNodePtr> nodes, const PointRay& ray);
std::optional<PickedPoint> pickPoint(const model::PointSample& sample, const PointRay& ray);

/// The survey's own coordinates of a picked point, exact to its last digit. @returns unreadable
Result<Vec3d> originalPosition(const Octree& octree, const PickedPoint& picked);

}  // namespace hashimichi::points
