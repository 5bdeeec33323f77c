#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/core/problem.h"
#include "geo/core/progress.h"
#include "geo/core/result.h"

namespace hashimichi::points {

/// What is to be indexed, and within which bounds.
struct IndexJob {
  /// One survey: LAS, LAZ (COPC, too), PLY, XYZ, CSV, PTS. Several files become one cloud.
  std::vector<std::filesystem::path> files;
  /// The folder that holds the octree afterwards. It is written beside and renamed; an octree that was there is
  /// replaced, anything else is refused.
  std::filesystem::path out;
  /// Resident memory that the work may take beyond what the program holds already.
  int memory_mib = default_memory_mib;
  int threads = 0;         ///< 0: as many as the machine has cores
  std::string source_crs;  ///< of files that name none; written as it is
  std::string geoid;       ///< grid file for ellipsoidal heights, kept in the metadata; empty: none was chosen
  std::string name;        ///< in the metadata; empty: the first file's

  static constexpr int default_memory_mib = 360, least_memory_mib = 128;
};

/// What was written.
struct IndexReport {
  std::filesystem::path octree;  ///< IndexJob::out
  std::uint64_t points = 0, nodes = 0;
  int depth = 0;    ///< levels below the root
  Bounds bounds;    ///< of the points, source CRS, x east (longitude) unless the file has them otherwise
  std::string crs;  ///< any text that PROJ reads; empty when unknown
  std::array<std::uint64_t, 256> count_by_class{};
  std::vector<std::string> attributes;  ///< as named in the metadata
  double seconds = 0;
  std::uint64_t bytes_in = 0, bytes_out = 0, bytes_between = 0;  ///< files, octree, temporary file
};

/// Builds a Potree 2 octree (metadata.json, hierarchy.bin, octree.bin; encoding DEFAULT) out of core; OCTREE.md tells
/// how. Every point that can be read lands in exactly one node with all its attributes. Works on `threads` threads,
/// the caller's among them; `progress` is called on the caller's thread only. On failure and when cancelled nothing is
/// left behind. Needs about as much free disk beside `out` as the uncompressed points take twice.
/// @returns not_found, unreadable, unsupported, bad_input (no points), bad_crs (files in different systems), limit
///          (memory below `least_memory_mib`), write_failed (disk full), cancelled
Result<IndexReport> buildOctree(const IndexJob& job, Problems& problems, Progress& progress);

/// From the name and the first bytes: whether `buildOctree` reads such a file.
bool isIndexable(const std::filesystem::path& path);

}  // namespace hashimichi::points
