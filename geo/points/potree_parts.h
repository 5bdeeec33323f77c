#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "geo/points/octree.h"

namespace hashimichi::points {

/// metadata.json of a Potree 2 octree, checked.
struct PotreeMetadata {
  OctreeInfo info;
  std::uint64_t first_chunk_bytes = 0;
  bool brotli = false;
  std::size_t point_bytes = 0;  ///< of one point as DEFAULT stores it
  bool wide_colours = true;     ///< 16 bits used; false: 0…255
};
/// @param text  the file; @param file  its name, for messages
/// @returns unreadable, unsupported (version, encoding)
Result<PotreeMetadata> parsePotreeMetadata(std::string_view text, const std::string& file);

/// Nodes from hierarchy.bin (22 bytes each, in chunks that point to each other), breadth first.
/// @param hierarchy  the whole file
/// @returns unreadable when not even the root can be read
Result<std::vector<OctreeNode>> parsePotreeHierarchy(std::span<const unsigned char> hierarchy,
                                                     const PotreeMetadata& metadata, std::uint64_t octree_bytes,
                                                     const std::string& file, Problems& problems);

/// Which attributes of a point are wanted.
enum class Wanted { drawn, all };

/// One node's bytes → points. @returns unreadable
Result<PointBatch> decodePotreeNode(std::vector<unsigned char> stored, std::uint32_t points,
                                    const PotreeMetadata& metadata, const std::string& file,
                                    Wanted wanted = Wanted::drawn);

}  // namespace hashimichi::points
