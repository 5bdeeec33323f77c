#pragma once
#include <filesystem>
#include <string>

#include "geo/core/problem.h"
#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/export/point_cloud_file.h"
#include "geo/measure/section.h"
#include "geo/model/point_cloud.h"

namespace hashimichi::app::cli {

/// Narrows a region to the polygons of a GeoJSON file, holes taken out. Their coordinates are in the CRS that the file
/// names ("crs"), else in degrees as RFC 7946 says, else, where they cannot be degrees, in the project's.
/// @returns not_found, unreadable, bad_input (no polygon), bad_crs
Status clipToPolygons(points::Region& region, const std::filesystem::path& geojson, const crs::LocalFrame& frame);

/// The slice of a cloud along a line. @returns bad_input
Result<points::Region> sectionRegion(const measure::SectionWish& wish);

/// Writes what a region holds of a cloud of the project: through its octree, or straight from the survey's file where
/// it has none. For COPC of such a survey an octree is built beside the file and removed again.
Result<exporting::PointFileReport> writeCloud(const model::PointCloud& cloud, const crs::LocalFrame& frame,
                                              const points::Region& region, exporting::PointFormat format,
                                              const std::filesystem::path& path, Problems& problems,
                                              Progress& progress);

}  // namespace hashimichi::app::cli
