#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "geo/points/index_file.h"
#include "geo/points/index_space.h"
#include "geo/points/record_layout.h"
#include "geo/points/record_stats.h"
#include "geo/points/voxel_key.h"

namespace hashimichi::points {

/// A node as it was written to octree.bin.
struct WrittenNode {
  VoxelKey key;
  std::uint32_t points = 0;
  std::uint64_t at = 0;  ///< byte offset in octree.bin
};

/// Levels of the hierarchy that lie in one piece of hierarchy.bin.
inline constexpr int hierarchy_step = 4;

struct HierarchyWritten {
  std::uint64_t first_chunk_bytes = 0, nodes = 0;
  int depth = 0;
};
/// Writes hierarchy.bin. Inner nodes that no point stayed in are added; `nodes` must have the root or nodes below it.
Result<HierarchyWritten> writeHierarchy(const std::filesystem::path& path, std::vector<WrittenNode> nodes,
                                        std::uint32_t record_bytes);

/// What metadata.json says beside the hierarchy.
struct OctreeMetadata {
  std::string name, crs, geoid;
  std::uint64_t points = 0;
  const RecordLayout* layout = nullptr;
  const RecordStats* stats = nullptr;
  const IndexSpace* space = nullptr;
  HierarchyWritten hierarchy;
};
Status writeMetadata(const std::filesystem::path& path, const OctreeMetadata& metadata);

}  // namespace hashimichi::points
