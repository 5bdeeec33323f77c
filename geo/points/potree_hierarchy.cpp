#include <fmt/format.h>

#include <bit>
#include <deque>
#include <limits>
#include <unordered_set>

#include "geo/points/byte_file.h"
#include "geo/points/octree_check.h"
#include "geo/points/potree_parts.h"

namespace hashimichi::points {
namespace {

constexpr std::size_t record_bytes = 22;
enum Kind : std::uint8_t { inner = 0, leaf = 1, proxy = 2 };

struct Record {
  std::uint8_t kind = 0, child_mask = 0;
  std::uint32_t points = 0;
  std::uint64_t offset = 0, bytes = 0;
};

Record recordAt(std::span<const unsigned char> hierarchy, std::uint64_t at) {
  const unsigned char* p = hierarchy.data() + at;
  return {p[0], p[1], numberAt<std::uint32_t>(p, 2), numberAt<std::uint64_t>(p, 6), numberAt<std::uint64_t>(p, 14)};
}

/// A part of the hierarchy that another part points to: its first record stands for the node that is there already.
struct Chunk {
  std::uint64_t at = 0, bytes = 0;
  std::int32_t root = 0;
};

class Parser {
 public:
  Parser(std::span<const unsigned char> hierarchy, const PotreeMetadata& metadata, std::uint64_t octree_bytes,
         LeftOut& left_out)
      : hierarchy_(hierarchy), metadata_(metadata), octree_bytes_(octree_bytes), left_out_(left_out) {}

  std::vector<OctreeNode> run() {
    addNode({}, OctreeNode::none, 0);
    chunks_.push_back({0, std::min<std::uint64_t>(metadata_.first_chunk_bytes, hierarchy_.size()), 0});
    seen_.insert(0);
    while (!chunks_.empty()) {
      const Chunk chunk = chunks_.front();
      chunks_.pop_front();
      parse(chunk);
    }
    return std::move(nodes_);
  }

 private:
  void addNode(const VoxelKey& key, std::int32_t parent, int octant) {
    OctreeNode node;
    node.key = key;
    node.bounds = cubeOf(metadata_.info.cube, key);
    if (parent != OctreeNode::none)
      nodes_[static_cast<std::size_t>(parent)].children[static_cast<std::size_t>(octant)] =
          static_cast<std::int32_t>(nodes_.size());
    nodes_.push_back(node);
  }

  /// Why the points of a node cannot be where it says; empty when they can.
  std::string pointsDamage(const Record& record) const {
    if (record.bytes > octree_bytes_ || record.offset > octree_bytes_ - record.bytes)
      return fmt::format("its points lie at bytes {} to {}, but octree.bin has {}", record.offset,
                         record.offset + record.bytes, octree_bytes_);
    if (record.points > most_node_points) return fmt::format("it has {} points", record.points);
    if (!metadata_.brotli && record.bytes != record.points * metadata_.point_bytes)
      return fmt::format("its {} points do not fit its {} bytes", record.points, record.bytes);
    // Equal values pack almost without end; the coordinates of a survey do not.
    if (metadata_.brotli && record.points > 0 && record.bytes * 200 < record.points)
      return fmt::format("its {} points cannot be in {} bytes", record.points, record.bytes);
    return {};
  }

  bool fill(std::int32_t index, const Record& record) {
    OctreeNode& node = nodes_[static_cast<std::size_t>(index)];
    Record used = record;
    if (used.bytes == 0) used.points = 0;
    if (const std::string why = pointsDamage(used); !why.empty()) {
      left_out_.add(nameOf(node.key), why);
      return false;
    }
    node.point_count = used.points;
    node.byte_offset = used.offset;
    node.byte_size = used.points > 0 ? used.bytes : 0;
    return true;
  }

  void follow(std::int32_t index, const Record& record) {
    const VoxelKey key = nodes_[static_cast<std::size_t>(index)].key;
    if (record.bytes < record_bytes || record.bytes > hierarchy_.size() ||
        record.offset > hierarchy_.size() - record.bytes)
      return left_out_.add(nameOf(key), "the part of the hierarchy that describes it lies outside the file");
    if (!seen_.insert(record.offset).second) return left_out_.add(nameOf(key), "the hierarchy goes round in a circle");
    chunks_.push_back({record.offset, record.bytes, index});
  }

  void addChildren(std::int32_t index, const Record& record, std::deque<std::int32_t>& order) {
    const VoxelKey key = nodes_[static_cast<std::size_t>(index)].key;
    if (record.child_mask == 0) return;
    if (key.level >= deepest_node_level) return left_out_.add(nameOf(key), "it lies deeper than any survey needs");
    for (int octant = 0; octant < 8; ++octant) {
      if (!(record.child_mask >> octant & 1)) continue;
      if (nodes_.size() >= most_nodes)
        return left_out_.add(nameOf(key), "there are more nodes than this program holds");
      addNode(key.child(octant), index, octant);
      order.push_back(static_cast<std::int32_t>(nodes_.size() - 1));
    }
  }

  /// Records follow each other breadth first; those of nodes that were left out are still there and are stepped over
  /// with `OctreeNode::none` in their place.
  void parse(const Chunk& chunk) {
    std::deque<std::int32_t> order{chunk.root};
    const std::uint64_t count = chunk.bytes / record_bytes;
    for (std::uint64_t i = 0; i < count && !order.empty(); ++i) {
      const std::int32_t index = order.front();
      order.pop_front();
      const Record record = recordAt(hierarchy_, chunk.at + i * record_bytes);
      const auto passOver = [&] {  // never more than there are records to come
        const auto children = static_cast<std::size_t>(std::popcount(record.child_mask));
        if (record.kind != proxy && order.size() < count - i) order.insert(order.end(), children, OctreeNode::none);
      };
      if (index == OctreeNode::none) {
        passOver();
        continue;
      }
      const bool first = i == 0;
      if (record.kind == proxy && !first) {
        follow(index, record);
        continue;
      }
      if (record.kind > proxy || (record.kind == proxy && first)) {
        left_out_.add(nameOf(nodes_[static_cast<std::size_t>(index)].key), "its kind is not known");
        passOver();
        continue;
      }
      if (fill(index, record))
        addChildren(index, record, order);
      else
        passOver();
    }
    for (const std::int32_t index : order)
      if (index != OctreeNode::none)
        left_out_.add(nameOf(nodes_[static_cast<std::size_t>(index)].key), "the hierarchy ends before it");
  }

  std::span<const unsigned char> hierarchy_;
  const PotreeMetadata& metadata_;
  std::uint64_t octree_bytes_;
  LeftOut& left_out_;
  std::vector<OctreeNode> nodes_;
  std::deque<Chunk> chunks_;
  std::unordered_set<std::uint64_t> seen_;
};

}  // namespace

Result<std::vector<OctreeNode>> parsePotreeHierarchy(std::span<const unsigned char> hierarchy,
                                                     const PotreeMetadata& metadata, std::uint64_t octree_bytes,
                                                     const std::string& file, Problems& problems) {
  if (hierarchy.size() < record_bytes)
    return Error{ErrorCode::unreadable, file, "The octree's hierarchy ends before its first node.",
                 "Copy the whole folder again."};
  LeftOut left_out(file, problems);
  std::vector<OctreeNode> nodes = Parser(hierarchy, metadata, octree_bytes, left_out).run();
  std::uint64_t points = 0;
  for (const OctreeNode& node : nodes) points += node.point_count;
  if (points == 0 && left_out.count() > 0)
    return Error{ErrorCode::unreadable, file, "No node of the octree can be read.", "Copy or make it again."};
  if (points < metadata.info.point_count && left_out.count() == 0)
    problems.skip(file, {}, "octree.count",
                  fmt::format("The metadata promises {} points, the nodes hold {}.", metadata.info.point_count, points),
                  "What is there is used.");
  return nodes;
}

}  // namespace hashimichi::points
