#include "geo/points/lod_select.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

#include "geo/points/octree_place.h"

namespace hashimichi::points {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// A linear function of a place, as one row of a projection is.
struct Linear {
  double x = 0, y = 0, z = 0, w = 0;
  double least(const Bounds& b) const {
    return w + std::min(x * b.low.x, x * b.high.x) + std::min(y * b.low.y, y * b.high.y) +
           std::min(z * b.low.z, z * b.high.z);
  }
  double most(const Bounds& b) const {
    return w + std::max(x * b.low.x, x * b.high.x) + std::max(y * b.low.y, y * b.high.y) +
           std::max(z * b.low.z, z * b.high.z);
  }
};

struct Camera {
  std::array<Linear, 4> sides;  ///< ≥ 0 inside
  Linear depth;                 ///< clip w: metres along the view, or 1 where all is parallel
  double px_per_m = 0;          ///< at w = 1

  explicit Camera(const LodView& view) {
    const auto row = [&](std::size_t i) {
      const double* m = &view.view_projection[4 * i];
      return Linear{m[0], m[1], m[2], m[3]};
    };
    const Linear right = row(0), up = row(1);
    depth = row(3);
    const auto sum = [&](const Linear& a, double sign) {
      return Linear{depth.x + sign * a.x, depth.y + sign * a.y, depth.z + sign * a.z, depth.w + sign * a.w};
    };
    sides = {sum(right, 1), sum(right, -1), sum(up, 1), sum(up, -1)};
    px_per_m = 0.5 * view.viewport_height_px * std::sqrt(up.x * up.x + up.y * up.y + up.z * up.z);
  }
  bool sees(const Bounds& bounds) const {
    if (bounds.empty() || depth.most(bounds) <= 0) return false;
    for (const Linear& side : sides)
      if (side.most(bounds) < 0) return false;
    return true;
  }
  double pixels(const LodTree::Node& node) const {
    const double w = depth.least(node.bounds);
    return w <= 0 ? infinite : node.spacing_m * px_per_m / w;
  }
};

bool touch(const Bounds& a, const Bounds& b) {
  return a.low.x <= b.high.x && b.low.x <= a.high.x && a.low.y <= b.high.y && b.low.y <= a.high.y &&
         a.low.z <= b.high.z && b.low.z <= a.high.z;
}

struct Candidate {
  double spacing_px = 0;
  std::int32_t level = 0;
  std::uint32_t tree = 0, node = 0;
  /// The widest spacing is the worst error; of nodes about the eye the coarsest; then a fixed order.
  bool operator<(const Candidate& other) const {
    if (spacing_px != other.spacing_px) return spacing_px < other.spacing_px;
    if (level != other.level) return level > other.level;
    return tree != other.tree ? tree > other.tree : node > other.node;
  }
};

}  // namespace

LodTree lodTree(const Octree& octree, const OctreePlacer& placer) {
  LodTree tree;
  tree.nodes.reserve(octree.nodes().size());
  const double source_width = octree.info().cube.size().x;
  double scale = 1;  // metres in one unit of the source: degrees, feet
  for (const OctreeNode& from : octree.nodes()) {
    LodTree::Node node;
    node.bounds = placer(from.bounds);
    node.points = from.point_count;
    node.level = from.key.level;
    node.children = from.children;
    if (tree.nodes.empty() && source_width > 0 && !node.bounds.empty())
      scale = std::max(node.bounds.size().x, node.bounds.size().y) / source_width;
    node.spacing_m = std::ldexp(octree.info().spacing * scale, -node.level);
    tree.nodes.push_back(node);
  }
  return tree;
}

LodSelection selectNodes(const LodTree& tree, const LodView& view) {
  const LodTree* one[]{&tree};
  return std::move(selectNodes(one, view).front());
}

std::vector<LodSelection> selectNodes(std::span<const LodTree* const> trees, const LodView& view) {
  const Camera camera(view);
  std::vector<LodSelection> chosen(trees.size());
  std::priority_queue<Candidate> open;
  const auto offer = [&](std::uint32_t tree, std::uint32_t index) {
    const LodTree::Node& node = trees[tree]->nodes[index];
    if (node.level > view.max_level || !camera.sees(node.bounds)) return;
    if (!view.clip.empty() && !touch(node.bounds, view.clip)) return;
    const double pixels = node.level < view.min_level ? infinite : camera.pixels(node);
    open.push({pixels, node.level, tree, index});
  };
  for (std::uint32_t tree = 0; tree < trees.size(); ++tree)
    if (!trees[tree]->nodes.empty()) offer(tree, 0);

  std::size_t points = 0;
  while (!open.empty()) {
    const Candidate best = open.top();
    open.pop();
    const LodTree::Node& node = trees[best.tree]->nodes[best.node];
    if (points + node.points > view.point_budget && points > 0) {
      for (LodSelection& selection : chosen) selection.budget_hit = true;
      break;
    }
    points += node.points;
    chosen[best.tree].points += node.points;
    chosen[best.tree].picks.push_back({best.node, best.spacing_px});
    if (best.spacing_px <= view.screen_error_px && node.level >= view.min_level) continue;
    for (const std::int32_t child : node.children)
      if (child != OctreeNode::none) offer(best.tree, static_cast<std::uint32_t>(child));
  }
  return chosen;
}

}  // namespace hashimichi::points
