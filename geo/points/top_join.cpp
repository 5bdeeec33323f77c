#include "geo/points/top_join.h"

#include <algorithm>

namespace hashimichi::points {
namespace {

/// The octant of `key` below its ancestor at `level`.
int octantBelow(const VoxelKey& key, int level) {
  const int bit = key.level - level - 1;
  return (key.x >> bit & 1) << 2 | (key.y >> bit & 1) << 1 | (key.z >> bit & 1);
}

/// In the order of the cubes' names, so that those below one node lie side by side.
bool byName(const Crown& a, const Crown& b) {
  const int shared = std::min(a.key.level, b.key.level);
  for (int level = 0; level < shared; ++level)
    if (const int i = octantBelow(a.key, level), j = octantBelow(b.key, level); i != j) return i < j;
  return a.key.level < b.key.level;
}

}  // namespace

Status TopJoin::join(std::vector<Crown> crowns) {
  std::sort(crowns.begin(), crowns.end(), byName);
  Records root;
  if (Status made = node({}, crowns.data(), crowns.data() + crowns.size(), root); !made) return made;
  return write({}, root);
}

Status TopJoin::node(const VoxelKey& key, const Crown* first, const Crown* last, Records& records) {
  if (first == last) return done();
  if (!work_.goOn(0)) return IndexWork::cancelledError();
  if (last - first == 1 && first->key == key) {
    records.resize(static_cast<std::size_t>(store_.bytes(first->heap)));
    if (Status got = store_.read(first->heap, 0, records.data(), records.size()); !got) return got;
    store_.drop(first->heap);
    work_.advance(1);
    return done();
  }
  Records children[8];
  for (int octant = 0; octant < 8; ++octant) {
    const Crown* end =
        std::partition_point(first, last, [&](const Crown& c) { return octantBelow(c.key, key.level) <= octant; });
    if (Status made = node(key.child(octant), first, end, children[octant]); !made) return made;
    first = end;
  }
  return choose(key, children, records);
}

Status TopJoin::choose(const VoxelKey& key, Records* children, Records& chosen) {
  const int side_bits = place_bits - key.level;
  sampler_.begin(key.level, static_cast<std::uint32_t>(key.x) << side_bits,
                 static_cast<std::uint32_t>(key.y) << side_bits, static_cast<std::uint32_t>(key.z) << side_bits);
  std::vector<std::uint32_t> x, y, z;
  for (int octant = 0; octant < 8; ++octant) {
    const Records& child = children[octant];
    const std::size_t count = child.size() / stride_;
    x.resize(count), y.resize(count), z.resize(count);
    space_.places(child.data(), stride_, count, x.data(), y.data(), z.data());
    writer_.begin();
    for (std::size_t i = 0; i < count; ++i) {
      const std::byte* record = child.data() + i * stride_;
      if (sampler_.offer(x[i], y[i], z[i]))
        chosen.insert(chosen.end(), record, record + stride_);
      else
        writer_.add(record);
    }
    if (Status written = writer_.end(key.child(octant)); !written) return written;
    children[octant] = {};
  }
  return done();
}

Status TopJoin::write(const VoxelKey& key, const Records& records) {
  writer_.begin();
  for (std::size_t at = 0; at < records.size(); at += stride_) writer_.add(records.data() + at);
  return writer_.end(key);
}

}  // namespace hashimichi::points
