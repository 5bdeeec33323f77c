#pragma once
#include <cstdint>
#include <filesystem>

#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/points/octree.h"
#include "geo/points/octree_place.h"
#include "geo/points/point_source.h"
#include "geo/points/query.h"

namespace hashimichi::exporting {

enum class PointFormat {
  laz,   ///< LAS 1.4, point format 6, 7 with colours, 8 with near infrared
  copc,  ///< the same with its octree: COPC 1.0
};

struct PointFileReport {
  std::uint64_t points = 0, nodes = 0;
  std::uint64_t lost_points = 0;  ///< in nodes of the source that could not be read
};

/// The points of a region, in the survey's own coordinates and CRS, written beside and renamed. Kept are coordinates to
/// the last digit and every attribute, extra bytes with their names and scales. One node in memory at a time.
/// @returns bad_input (no point in the region; coordinates that LAS cannot hold), bad_crs, cancelled, unreadable,
///          write_failed
Result<PointFileReport> writePointFile(const points::Octree& octree, const points::OctreePlace& place,
                                       const points::Region& region, PointFormat format,
                                       const std::filesystem::path& path, Progress& progress);

/// The same straight from the survey's file, which needs no octree: LAZ in the file's own order, in one pass and with
/// 50,000 points in memory.
Result<PointFileReport> writePointFile(const points::PointSource& source, const points::OctreePlace& place,
                                       const points::Region& region, const std::filesystem::path& path,
                                       Progress& progress);

}  // namespace hashimichi::exporting
