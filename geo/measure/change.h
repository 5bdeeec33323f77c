#pragma once
#include <optional>

#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/measure/points.h"
#include "geo/model/geometry.h"
#include "geo/model/triangle_mesh.h"

namespace hashimichi::measure {

/// M3C2's own parameters, in its authors' words.
struct M3c2Wish {
  double core_spacing_m = 0.5;      ///< core points: the point nearest to the centre of each cube of this size
  double normal_scale_m = 1.0;      ///< D: diameter of the ball in which the normal is fitted
  double projection_scale_m = 0.5;  ///< d: diameter of the cylinder
  double reach_m = 1.0;             ///< half the length of the cylinder: larger changes are not found
  double registration_m = 0;        ///< reg: error of how the surveys lie to each other
  std::size_t smallest_count = 4;   ///< points of each survey that a level of detection needs
  Vec3d towards{0, 0, 1};           ///< normals are turned to this side; the zero vector: as upright as the fit gave
  int threads = 0;                  ///< 0: as many as the machine has cores
};

/// One core point.
struct PointChange {
  Vec3d at;                  ///< local frame
  Vec3d normal;              ///< unit vector
  double distance_m = 0;     ///< second minus first survey along the normal; NaN: the second was not seen here
  double lod95_m = 0;        ///< NaN where there are too few points for one
  bool significant = false;  ///< |distance| > lod95
  std::uint32_t points = 0, points_after = 0;
};

/// Of all core points that have a distance.
struct ChangeSummary {
  std::size_t count = 0, significant = 0, unseen = 0;  ///< unseen: core points without counterpart
  double significant_percent = 0;
  double mean_m = 0, sigma_m = 0;  ///< of the distances: mean and standard deviation
  double median_m = 0, p05_m = 0, p25_m = 0, p75_m = 0, p95_m = 0;
  double rms_m = 0, lowest_m = 0, highest_m = 0;
  double median_lod95_m = 0;      ///< 0 where the method has none
  double significant_mean_m = 0;  ///< mean distance of the significant ones
};
ChangeSummary summaryOf(std::span<const PointChange> points);

struct CloudChange {
  std::vector<PointChange> points;
  ChangeSummary summary;
  Basis basis;
};

/// M3C2 (Lague, Brodu and Leroux 2013, ISPRS J. 82): along the normal of each core point the mean places of both
/// surveys within a cylinder, and LOD95 = 1.96 (√(σ1²/n1 + σ2²/n2) + reg); core points where the first survey has no
/// plane are left out. Below 30 points in either cylinder, where the authors warn of the normal approximation,
/// Student's t of Welch's degrees of freedom stands for 1.96. Threads: uses its own; pure otherwise. Memory: two k-d
/// trees, about 40 bytes a point.
/// @returns bad_input: sizes that are not positive, too few points, surveys that do not overlap; cancelled
Result<CloudChange> m3c2(const PointsView& before, const PointsView& after, const M3c2Wish& wish, Progress& progress);

struct NearestWish {
  double reach_m = 1;      ///< farther points are unseen
  int neighbours = 12;     ///< of the reference that make its local plane
  Vec3d towards{0, 0, 1};  ///< positive side of that plane
  int threads = 0;
  std::size_t limit = 5'000'000;  ///< of compared points; beyond it every n-th is compared
};
/// Cloud to cloud: from each point of `after` to the plane through the nearest points of `before`, positive on the side
/// of `towards`. No level of detection; smallest_count as above does not apply.
/// @returns as m3c2
Result<CloudChange> cloudToCloud(const PointsView& before, const PointsView& after, const NearestWish& wish,
                                 Progress& progress);

/// Cloud to mesh: from each point to the nearest place on the triangles, positive outside (on the side from which they
/// turn counter-clockwise). At edges and corners the face that the point is seen from most squarely decides.
/// @returns bad_input: no triangle with an area, no point within reach; cancelled
Result<CloudChange> cloudToMesh(const PointsView& points, const model::TriangleMesh& mesh, const NearestWish& wish,
                                Progress& progress);
/// The faces of a shape of the model (a bridge's girders and deck), cut into triangles.
Result<CloudChange> cloudToMesh(const PointsView& points, const model::Geometry& shape, const NearestWish& wish,
                                Progress& progress);

}  // namespace hashimichi::measure
