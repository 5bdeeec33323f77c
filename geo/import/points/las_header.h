#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "geo/core/date_time.h"
#include "geo/core/geometry.h"
#include "geo/core/problem.h"
#include "geo/core/result.h"

namespace hashimichi::import {

/// What the header and the variable-length records of a LAS or LAZ file say (ASPRS LAS 1.0–1.4, 1.5 as far as it
/// agrees). Read by ourselves before LASzip opens the file, so that nothing in it is trusted unchecked.
struct LasHeader {
  int version_minor = 0;
  int point_format = 0;  ///< 0…10
  bool compressed = false;
  std::uint16_t record_length = 0;  ///< bytes of one uncompressed point
  std::uint32_t points_at = 0;      ///< byte offset of the points
  std::uint64_t stated_points = 0;
  /// `stated_points`, or as many as the file has room for where that is less.
  std::uint64_t plausible_points = 0;
  Bounds bounds;    ///< in the file's CRS, x east; empty when the header has none that makes sense
  std::string crs;  ///< "EPSG:6676" or WKT; empty when the file names none that is known
  /// When the file was made, by its header, at noon (Japan time); nothing where the day or year is none.
  std::optional<Instant> surveyed;
  bool geocentric = false;  ///< X, Y, Z from the Earth's centre
};

/// More variable-length records than any survey has; further ones are not looked at.
inline constexpr std::uint32_t max_vlr_count = 4096;
/// A coordinate system in WKT is a few KiB; larger records are passed over.
inline constexpr std::uint32_t max_crs_record_bytes = 1u << 20;

/// @returns not_found, unreadable (no LAS file, cut off in its header) or unsupported (point format)
Result<LasHeader> readLasHeader(const std::filesystem::path& path, Problems& problems);

}  // namespace hashimichi::import
