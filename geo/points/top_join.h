#pragma once
#include <vector>

#include "geo/points/chunk_store.h"
#include "geo/points/even_sampler.h"
#include "geo/points/index_work.h"
#include "geo/points/subtree_builder.h"

namespace hashimichi::points {

/// Joins the chunks' uppermost nodes under the root: the nodes above the chunks choose among them, from below, and
/// every node is written when its parent has chosen. On the caller's thread; at any time only what lies along one way
/// to the root is in memory.
class TopJoin {
 public:
  TopJoin(const RecordLayout& layout, const IndexSpace& space, ChunkStore& store, NodeWriter& writer, IndexWork& work)
      : space_(space), store_(store), writer_(writer), work_(work), stride_(layout.bytes()) {}

  /// @param crowns  none above another
  Status join(std::vector<Crown> crowns);

 private:
  using Records = std::vector<std::byte>;
  Status node(const VoxelKey& key, const Crown* first, const Crown* last, Records& records);
  Status choose(const VoxelKey& key, Records* children, Records& chosen);
  Status write(const VoxelKey& key, const Records& records);

  const IndexSpace& space_;
  ChunkStore& store_;
  NodeWriter& writer_;
  IndexWork& work_;
  std::uint32_t stride_;
  EvenSampler sampler_;
};

}  // namespace hashimichi::points
