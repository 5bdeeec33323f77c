#pragma once
#include <cstdint>
#include <vector>

#include "geo/points/index_space.h"
#include "geo/points/voxel_key.h"

namespace hashimichi::points {

/// How many levels below its cube a plan looks: 128³ cells.
inline constexpr int plan_levels = 7;
inline constexpr std::uint32_t plan_cells = 1u << (3 * plan_levels);

/// Which cube a point goes to when a cloud, or a chunk that is too large, is cut up for the memory that there is.
struct ChunkPlan {
  VoxelKey root;
  std::vector<std::uint32_t> chunk_of_cell;  ///< by Morton number below `root`
  std::vector<VoxelKey> keys;                ///< of the chunks
};

/// The number of the cell below a cube of level `level`.
inline std::uint32_t planCell(std::uint32_t x, std::uint32_t y, std::uint32_t z, int level) {
  return mortonKey(x, y, z, level, plan_levels);
}

/// Cubes of at most `most` points where the counts allow it, as large as possible. Cells that no counted point fell
/// into belong to a chunk all the same, because counts may be estimates.
ChunkPlan planChunks(const VoxelKey& root, const std::vector<float>& count_of_cell, double most);

}  // namespace hashimichi::points
