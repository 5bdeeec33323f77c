#pragma once
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "geo/core/geometry.h"
#include "geo/core/problem.h"
#include "geo/points/octree.h"

namespace hashimichi::points {

/// Deeper than any survey: 2^30 cells of the root's side are finer than a 32-bit coordinate.
inline constexpr int deepest_node_level = 30;
/// 8 million nodes of 10,000 points are 80,000 million points; their list takes 1.2 GiB.
inline constexpr std::size_t most_nodes = 8'000'000;
/// One node is loaded as a whole.
inline constexpr std::uint32_t most_node_points = 16'000'000;

/// Left-out nodes are told once per cause, with the first place and how many there were.
class LeftOut {
 public:
  LeftOut(std::string file, Problems& problems) : file_(std::move(file)), problems_(problems) {}
  ~LeftOut() {
    if (count_ == 0) return;
    problems_.skip(
        file_, place_, "octree.nodes_left_out",
        std::to_string(count_) + " node(s) of the octree and what lies below them are left out: " + why_ + ".",
        "What was read is used; copy or index the survey again for the rest.");
  }
  LeftOut(const LeftOut&) = delete;
  LeftOut& operator=(const LeftOut&) = delete;
  void add(const std::string& place, const std::string& why) {
    if (count_++ == 0) place_ = place, why_ = why;
  }
  std::size_t count() const { return count_; }

 private:
  std::string file_, place_, why_;
  Problems& problems_;
  std::size_t count_ = 0;
};

/// The cube of a node: the root's, cut in halves.
inline Bounds cubeOf(const Bounds& root, const VoxelKey& key) {
  const double part = std::ldexp(1.0, -key.level);
  const Vec3d size = root.size() * part;
  Bounds cube;
  cube.low = {root.low.x + size.x * key.x, root.low.y + size.y * key.y, root.low.z + size.z * key.z};
  cube.high = cube.low + size;
  return cube;
}

inline std::string nameOf(const VoxelKey& key) {
  return "node " + std::to_string(key.level) + "-" + std::to_string(key.x) + "-" + std::to_string(key.y) + "-" +
         std::to_string(key.z);
}

}  // namespace hashimichi::points
