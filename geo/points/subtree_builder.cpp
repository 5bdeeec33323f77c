#include "geo/points/subtree_builder.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace hashimichi::points {
namespace {

constexpr std::size_t write_bytes = 4u << 20;
/// Levels below a cube that one Morton key tells apart.
constexpr int key_levels = 10;
constexpr int radix_bits = 10;

int keyedLevels(int level) {
  return std::min(key_levels, deepest_level - level);
}

/// Least significant digit first; a digit that all keys share costs one look.
std::uint64_t* radixSort(std::uint64_t* pairs, std::uint64_t* other, std::size_t count, int bits) {
  constexpr std::size_t digits = 1 << radix_bits;
  for (int shift = 0; shift < bits; shift += radix_bits) {
    std::array<std::uint32_t, digits> place{};
    for (std::size_t i = 0; i < count; ++i) ++place[pairs[i] >> (32 + shift) & (digits - 1)];
    if (*std::max_element(place.begin(), place.end()) == count) continue;
    std::uint32_t sum = 0;
    for (std::uint32_t& p : place) sum += std::exchange(p, sum);
    for (std::size_t i = 0; i < count; ++i) other[place[pairs[i] >> (32 + shift) & (digits - 1)]++] = pairs[i];
    std::swap(pairs, other);
  }
  return pairs;
}

}  // namespace

NodeWriter::NodeWriter(IndexFile& file, std::uint32_t record_bytes)
    : file_(file), record_bytes_(record_bytes), buffer_(write_bytes + (1u << 20)) {}

Status NodeWriter::end(const VoxelKey& key) {
  const std::size_t bytes = fill_ - node_begin_;
  if (bytes == 0) return done();
  nodes_.push_back({key, static_cast<std::uint32_t>(bytes / record_bytes_), node_begin_});
  return fill_ >= write_bytes ? flush() : done();
}

Status NodeWriter::flush() {
  if (fill_ == 0) return done();
  const Result<std::uint64_t> at = file_.append(buffer_.data(), fill_);
  if (!at) return at.error();
  for (; first_unplaced_ < nodes_.size(); ++first_unplaced_) nodes_[first_unplaced_].at += *at;
  fill_ = 0;
  return done();
}

SubtreeBuilder::SubtreeBuilder(const RecordLayout& layout, const IndexSpace& space, ChunkStore& store,
                               NodeWriter& writer, IndexWork& work, int thread, std::uint32_t most_points)
    : space_(space),
      store_(store),
      writer_(writer),
      work_(work),
      thread_(thread),
      stride_(layout.bytes()),
      raw_(static_cast<std::size_t>(most_points) * stride_ + 8),
      sorted_(static_cast<std::size_t>(most_points) * stride_ + 8),
      pairs_(most_points),
      other_pairs_(most_points),
      x_(most_points),
      y_(most_points),
      z_(most_points),
      key_(most_points) {}

void SubtreeBuilder::sort(std::uint32_t begin, std::uint32_t end, int level, const std::byte* from, std::byte* to) {
  const std::uint32_t count = end - begin;
  const int levels = keyedLevels(level);
  std::uint32_t *x = x_.data() + begin, *y = y_.data() + begin, *z = z_.data() + begin, *key = key_.data() + begin;
  space_.places(from, stride_, count, x, y, z);
  for (std::uint32_t i = 0; i < count; ++i)
    pairs_[i] = static_cast<std::uint64_t>(mortonKey(x[i], y[i], z[i], level, levels)) << 32 | i;
  const std::uint64_t* order = radixSort(pairs_.data(), other_pairs_.data(), count, 3 * levels);
  constexpr std::uint32_t ahead = 16;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (i + ahead < count)
      __builtin_prefetch(from + static_cast<std::size_t>(static_cast<std::uint32_t>(order[i + ahead])) * stride_);
    copyRecord(to + static_cast<std::size_t>(i) * stride_,
               from + static_cast<std::size_t>(static_cast<std::uint32_t>(order[i])) * stride_, stride_);
    key[i] = static_cast<std::uint32_t>(order[i] >> 32);
  }
  space_.places(to, stride_, count, x, y, z);
}

Status SubtreeBuilder::build(std::uint32_t heap, const VoxelKey& key, std::uint32_t crown) {
  const auto count = static_cast<std::uint32_t>(store_.bytes(heap) / stride_);
  if (Status got = store_.read(heap, 0, raw_.data(), static_cast<std::size_t>(count) * stride_); !got) return got;
  sort(0, count, key.level, raw_.data(), sorted_.data());
  Offered top;
  if (Status made = node(key, key.level + keyedLevels(key.level), 0, count, top); !made) return made;
  if (!work_.goOn(thread_)) return done();
  // The raw records are not needed any more: their place takes the crown's.
  for (std::size_t i = 0; i < top.size(); ++i) std::memcpy(raw_.data() + i * stride_, record(top.at(i)), stride_);
  return store_.append(crown, raw_.data(), top.size() * stride_);
}

/// @param sorted_to  the level down to which the points lie in the order of the cubes
Status SubtreeBuilder::node(const VoxelKey& key, int sorted_to, std::uint32_t begin, std::uint32_t end,
                            Offered& offered) {
  offered.begin = begin, offered.end = end;
  if (end - begin <= leaf_points || key.level >= deepest_level) return done();
  if (!work_.goOn(thread_)) return done();
  if (key.level == sorted_to) {
    const std::size_t at = static_cast<std::size_t>(begin) * stride_;
    std::memcpy(raw_.data() + at, sorted_.data() + at, static_cast<std::size_t>(end - begin) * stride_);
    sort(begin, end, key.level, raw_.data() + at, sorted_.data() + at);
    sorted_to = key.level + keyedLevels(key.level);
  }
  const int shift = 3 * (sorted_to - key.level - 1);
  Offered children[8];
  std::uint32_t first = begin;
  for (std::uint32_t octant = 0; octant < 8; ++octant) {
    const std::uint32_t last =
        static_cast<std::uint32_t>(std::partition_point(key_.data() + first, key_.data() + end,
                                                        [&](std::uint32_t k) { return (k >> shift & 7) <= octant; }) -
                                   key_.data());
    if (last > first)
      if (Status made = node(key.child(static_cast<int>(octant)), sorted_to, first, last, children[octant]); !made)
        return made;
    first = last;
  }
  return choose(key, children, offered);
}

/// Takes the node's sample from its children and writes what they keep.
Status SubtreeBuilder::choose(const VoxelKey& key, Offered* children, Offered& offered) {
  const int side_bits = place_bits - key.level;
  sampler_.begin(key.level, static_cast<std::uint32_t>(key.x) << side_bits,
                 static_cast<std::uint32_t>(key.y) << side_bits, static_cast<std::uint32_t>(key.z) << side_bits);
  offered.leaf = false;
  for (int octant = 0; octant < 8; ++octant) {
    const Offered& child = children[octant];
    writer_.begin();
    const std::size_t count = child.size();
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t point = child.at(i);
      if (sampler_.offer(x_[point], y_[point], z_[point]))
        offered.chosen.push_back(point);
      else
        writer_.add(record(point));
    }
    if (Status written = writer_.end(key.child(octant)); !written) return written;
    children[octant] = {};
  }
  return done();
}

}  // namespace hashimichi::points
