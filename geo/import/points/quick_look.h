#pragma once
#include <cstdint>
#include <vector>

#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/import/points/las_sample.h"
#include "geo/points/point_source.h"

namespace hashimichi::import {

/// Surveys up to this many points are read whole when they are opened: their counts and extent are then exact at once.
inline constexpr std::uint64_t read_whole_limit = 4'000'000;
/// Points that a quick look reads of a larger one: LASzip unpacks so many within a third of a second on two threads.
inline constexpr std::uint64_t quick_look_points = 1'000'000;
/// A slow disk gives fewer: they are spread over the survey at any time.
inline constexpr double quick_look_s = 0.7;

/// The report's line on a survey of which not every point was read; the octree's numbers make it void.
inline constexpr const char* quick_look_code = "points.quick_look";

/// Runs of points spread over a survey, all that a first picture needs.
struct QuickLook {
  LasSample sample{0};
  std::uint64_t read = 0;      ///< points that were looked at
  std::uint64_t unusable = 0;  ///< rows that are no points
  std::string damage;          ///< why some runs could not be read; empty when all could

  /// Of `points`, by what was looked at; every class that was seen has one point at least.
  std::vector<std::size_t> estimatedClasses(std::uint64_t points) const;
};

/// Reads runs of points of a source on several threads: LAS by strides, LAZ from the beginnings of its chunks, texts
/// behind their marks. A source that has fewer points than `wanted` is read whole, and in its own order, without
/// regard to time.
/// @param threads  0: as many as the machine has cores
/// @returns cancelled
Result<QuickLook> quickLook(const points::PointSource& source, std::uint64_t wanted, int threads, Progress& progress);

}  // namespace hashimichi::import
