#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "geo/points/laz_chunk.h"
#include "geo/points/octree.h"

namespace hashimichi::points {

/// The 160 bytes of the record "copc", 1 that every COPC 1.0 file has at byte 375 + 54.
struct CopcInfo {
  Vec3d centre;
  double half_size = 0, spacing = 0;
  std::uint64_t hierarchy_at = 0, hierarchy_bytes = 0;
  double gps_low = 0, gps_high = 0;
};
inline constexpr std::size_t copc_info_at = 375 + 54, copc_info_bytes = 160, copc_entry_bytes = 32;

/// @param head  the file's first 589 bytes
/// @returns unreadable with what is wrong
Result<CopcInfo> parseCopcInfo(const std::string& head, const std::string& file);

using PageReader = std::function<Result<std::vector<unsigned char>>(std::uint64_t at, std::uint64_t bytes)>;

/// Nodes from the hierarchy pages, the root first, children after their parents.
/// @param file_bytes  no node lies beyond
/// @returns unreadable when not even the root can be read
Result<std::vector<OctreeNode>> parseCopcHierarchy(const CopcInfo& info, const Bounds& cube, std::uint64_t file_bytes,
                                                   const PageReader& read, const std::string& file, Problems& problems);

}  // namespace hashimichi::points
