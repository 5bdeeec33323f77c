#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "geo/core/geometry.h"

namespace hashimichi::points {

/// Points of one node or one piece of a file, one array per attribute. An attribute that the survey lacks is an empty
/// array, never zeros. Coordinates are the survey's own integers, so that a picked point is exact to its last digit.
struct PointBatch {
  Vec3d scale{0.001, 0.001, 0.001};  ///< source units per step
  Vec3d offset;                      ///< in the survey's CRS, x east (or longitude), y north, z up
  std::vector<std::int32_t> x, y, z;

  std::vector<std::uint16_t> red, green, blue;  ///< all three or none; 0…65535 (8-bit colours are widened × 257)
  std::vector<std::uint16_t> intensity;         ///< 0…65535 as stored
  std::vector<std::uint8_t> classification;     ///< ASPRS
  std::vector<std::uint8_t> return_number, number_of_returns;
  std::vector<std::uint16_t> point_source_id;
  std::vector<double> gps_time;  ///< seconds, as stored (week time or adjusted standard time)

  // Only where every attribute was asked for (Octree::loadAll): nothing of it is drawn.
  std::vector<std::int16_t> scan_angle;  ///< steps of 0.006°; ranks in whole degrees are turned into them
  std::vector<std::uint8_t> user_data;
  std::vector<std::uint8_t> flags;  ///< as "classification flags" of OCTREE.md
  std::vector<std::uint16_t> nir;   ///< near infrared
  std::vector<std::byte> extra;     ///< `extra_bytes` a point: the attributes beyond the standard ones, without gaps
  std::uint32_t extra_bytes = 0;    ///< in the order of OctreeInfo::attributes

  std::size_t size() const { return x.size(); }
  /// In the survey's CRS.
  Vec3d position(std::size_t i) const {
    return {x[i] * scale.x + offset.x, y[i] * scale.y + offset.y, z[i] * scale.z + offset.z};
  }
};

}  // namespace hashimichi::points
