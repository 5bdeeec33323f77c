#pragma once
#include <atomic>
#include <cmath>

#include "geo/crs/local_frame.h"
#include "geo/points/octree.h"

namespace hashimichi::tests {

/// A full octree in memory over a flat square of 128 m at the origin of the frame (zone VIII): every node down to
/// `depth` has 100 points in a grid on the ground. Nodes above the ground do not exist.
class MadeOctree final : public points::Octree {
 public:
  explicit MadeOctree(int depth) {
    info_.format = "made";
    info_.crs = "EPSG:6676";
    info_.cube.add(Vec3d{31000, 160000, 0});
    info_.cube.add(Vec3d{31128, 160128, 128});
    info_.bounds = info_.cube;
    info_.bounds.high.z = 0;
    info_.spacing = 12.8;
    info_.scale = {0.001, 0.001, 0.001};
    info_.offset = {31000, 160000, 0};
    nodes_.push_back(node({}));
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const points::VoxelKey key = nodes_[i].key;
      if (key.level == depth) continue;
      for (const int octant : {0, 2, 4, 6}) {
        nodes_[i].children[static_cast<std::size_t>(octant)] = static_cast<std::int32_t>(nodes_.size());
        nodes_.push_back(node(key.child(octant)));
      }
    }
    for (const points::OctreeNode& each : nodes_) info_.point_count += each.point_count;
  }
  const points::OctreeInfo& info() const override { return info_; }
  std::span<const points::OctreeNode> nodes() const override { return nodes_; }
  Result<points::PointBatch> load(std::size_t index) const override {
    ++loads;
    if (gone) return Error{ErrorCode::unreadable, "made", "The file has been removed since it was opened.", {}};
    const Bounds& cube = nodes_[index].bounds;
    points::PointBatch batch;
    batch.scale = info_.scale;
    batch.offset = info_.offset;
    const double step = cube.size().x / 10;
    for (int i = 0; i < 10; ++i)
      for (int j = 0; j < 10; ++j) {
        batch.x.push_back(static_cast<std::int32_t>(std::lround((cube.low.x - 31000 + step * (i + 0.5)) * 1000)));
        batch.y.push_back(static_cast<std::int32_t>(std::lround((cube.low.y - 160000 + step * (j + 0.5)) * 1000)));
        batch.z.push_back(0);
        batch.classification.push_back(static_cast<std::uint8_t>(i < 5 ? 2 : 11));
      }
    return batch;
  }
  mutable std::atomic<int> loads = 0;
  std::atomic<bool> gone = false;

 private:
  points::OctreeNode node(const points::VoxelKey& key) const {
    points::OctreeNode made;
    made.key = key;
    const double side = std::ldexp(128.0, -key.level);
    made.bounds.add(Vec3d{31000 + side * key.x, 160000 + side * key.y, side * key.z});
    made.bounds.add(made.bounds.low + Vec3d{side, side, side});
    made.point_count = 100;
    return made;
  }
  points::OctreeInfo info_;
  std::vector<points::OctreeNode> nodes_;
};

inline crs::LocalFrame madeFrame() {
  return *crs::LocalFrame::create(6676, {31000, 160000, 0});
}

}  // namespace hashimichi::tests
