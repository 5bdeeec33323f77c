#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "geo/import/importer.h"
#include "geo/import/points/las_sample.h"

namespace hashimichi::import {

/// What a look at a survey's points found, in the file's coordinates, x east unless `swap_axes`.
struct CloudLook {
  std::uint64_t point_count = 0;            ///< of the survey
  std::vector<std::size_t> count_by_class;  ///< 256 entries
  Bounds bounds;
  std::optional<Instant> surveyed;
  bool swap_axes = false;  ///< the file writes northing (latitude) first
};

/// Hands a survey over as a cloud without an octree: its sample in the local frame, its counts, its extent.
/// @returns bad_crs when no point has a place, or all lie more than 100 km from the project's area
Status pourCloud(const std::filesystem::path& path, const LasSample& sample, const CloudLook& look,
                 const crs::ToLocal& transform, Context& context);

}  // namespace hashimichi::import
