#include "geo/points/chunk_plan.h"

namespace hashimichi::points {
namespace {

class Planner {
 public:
  Planner(ChunkPlan& plan, const std::vector<float>& counts, double most) : plan_(plan), most_(most) {
    sums_[plan_levels].assign(counts.begin(), counts.end());
    for (int level = plan_levels - 1; level >= 0; --level) {
      sums_[level].resize(std::size_t{1} << (3 * level));
      for (std::size_t i = 0; i < sums_[level].size(); ++i)
        for (std::size_t child = 0; child < 8; ++child) sums_[level][i] += sums_[level + 1][8 * i + child];
    }
  }

  void plan(int level, std::uint32_t cell, const VoxelKey& key) {
    if (level == plan_levels || sums_[level][cell] <= most_) {
      const auto chunk = static_cast<std::uint32_t>(plan_.keys.size());
      plan_.keys.push_back(key);
      const int below = 3 * (plan_levels - level);
      const std::uint32_t first = cell << below;
      for (std::uint32_t i = 0; i < (1u << below); ++i) plan_.chunk_of_cell[first + i] = chunk;
      return;
    }
    for (int octant = 0; octant < 8; ++octant)
      plan(level + 1, 8 * cell + static_cast<std::uint32_t>(octant), key.child(octant));
  }

 private:
  ChunkPlan& plan_;
  double most_;
  std::vector<float> sums_[plan_levels + 1];
};

}  // namespace

ChunkPlan planChunks(const VoxelKey& root, const std::vector<float>& count_of_cell, double most) {
  ChunkPlan plan{root, std::vector<std::uint32_t>(plan_cells), {}};
  Planner(plan, count_of_cell, most).plan(0, 0, root);
  return plan;
}

}  // namespace hashimichi::points
