#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "geo/points/big_buffer.h"
#include "geo/points/chunk_store.h"
#include "geo/points/even_sampler.h"
#include "geo/points/index_work.h"
#include "geo/points/octree_writer.h"
#include "geo/points/record_layout.h"

namespace hashimichi::points {

/// A node with at most so many points is not divided.
inline constexpr std::uint32_t leaf_points = 16384;
/// Bytes that building takes for a point beside its record, which it holds twice.
inline constexpr std::uint32_t build_bytes_per_point = 32;

/// Nodes of one thread on their way into octree.bin, in pieces of a few MiB.
class NodeWriter {
 public:
  NodeWriter(IndexFile& file, std::uint32_t record_bytes);
  void begin() { node_begin_ = fill_; }
  void add(const std::byte* record) {
    if (fill_ + record_bytes_ > buffer_.size()) buffer_.resize(2 * buffer_.size() + record_bytes_);
    copyRecord(buffer_.data() + fill_, record, record_bytes_);
    fill_ += record_bytes_;
  }
  /// Ends the node; without points it is none.
  Status end(const VoxelKey& key);
  Status flush();
  std::vector<WrittenNode>& nodes() { return nodes_; }

 private:
  IndexFile& file_;
  std::uint32_t record_bytes_;
  std::vector<std::byte> buffer_;
  std::size_t fill_ = 0, node_begin_ = 0, first_unplaced_ = 0;
  std::vector<WrittenNode> nodes_;
};

/// The points that a chunk's uppermost node would show: they wait for the nodes above, which choose among them.
struct Crown {
  VoxelKey key;
  std::uint32_t heap = 0;  ///< in the store
};

/// Builds the octree below one chunk's cube in memory, from the leaves up, and writes all of it but the uppermost node.
class SubtreeBuilder {
 public:
  /// @param most_points  of the largest chunk
  SubtreeBuilder(const RecordLayout& layout, const IndexSpace& space, ChunkStore& store, NodeWriter& writer,
                 IndexWork& work, int thread, std::uint32_t most_points);

  /// Reads the heap, which the caller drops, and lays the uppermost node's points on the heap `crown`.
  Status build(std::uint32_t heap, const VoxelKey& key, std::uint32_t crown);

 private:
  /// What a node offers to its parent: a run of the sorted points (a leaf) or what it chose (an inner node).
  struct Offered {
    std::uint32_t begin = 0, end = 0;
    std::vector<std::uint32_t> chosen;
    bool leaf = true;
    std::size_t size() const { return leaf ? end - begin : chosen.size(); }
    std::uint32_t at(std::size_t i) const { return leaf ? begin + static_cast<std::uint32_t>(i) : chosen[i]; }
  };

  void sort(std::uint32_t begin, std::uint32_t end, int level, const std::byte* from, std::byte* to);
  Status node(const VoxelKey& key, int sorted_to, std::uint32_t begin, std::uint32_t end, Offered& offered);
  Status choose(const VoxelKey& key, Offered* children, Offered& offered);
  const std::byte* record(std::uint32_t i) const { return sorted_.data() + static_cast<std::size_t>(i) * stride_; }

  const IndexSpace& space_;
  ChunkStore& store_;
  NodeWriter& writer_;
  IndexWork& work_;
  int thread_;
  std::uint32_t stride_;
  EvenSampler sampler_;
  BigBuffer<std::byte> raw_, sorted_;
  BigBuffer<std::uint64_t> pairs_, other_pairs_;  ///< Morton key above, number of the point below
  BigBuffer<std::uint32_t> x_, y_, z_, key_;
};

}  // namespace hashimichi::points
