#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "geo/core/date_time.h"
#include "geo/core/geometry.h"

namespace hashimichi::model {

/// The coarse part of a point cloud that is always at hand, so that something is seen before and without its octree.
struct PointSample {
  std::vector<float> xyz;                     ///< local frame, 3 per point
  std::vector<unsigned char> rgb;             ///< 3 per point; empty when the survey has no colours
  std::vector<unsigned char> classification;  ///< 1 per point (ASPRS)
  std::size_t size() const { return xyz.size() / 3; }
};

/// A point cloud of the project: the survey on disk, its octree, and the coarse sample.
struct PointCloud {
  std::string id, path, source;
  /// What geo/points opens to see every point: a folder with a Potree 2 octree (one that this program made, or
  /// another's), or a COPC file. UTF-8; absolute in memory, relative in the project file where possible. Empty: there
  /// is only the sample.
  std::string octree;
  /// When the survey was made, from the file's header or the person; nothing when unknown. At noon of the day.
  std::optional<Instant> surveyed;
  std::size_t point_count = 0;              ///< of the survey
  Bounds bounds;                            ///< local frame
  std::vector<std::size_t> count_by_class;  ///< 256 entries
  PointSample sample;                       ///< every n-th point up to the importer's budget
};

}  // namespace hashimichi::model
