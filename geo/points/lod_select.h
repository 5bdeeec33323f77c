#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/points/octree.h"

namespace hashimichi::points {

class OctreePlacer;

/// An octree's skeleton in the local frame (x east, y north, z up, metres), for what chooses nodes without points.
/// Indices are those of Octree::nodes().
struct LodTree {
  struct Node {
    Bounds bounds;         ///< local frame; contains the transformed cube
    double spacing_m = 0;  ///< between neighbouring points of this node and its ancestors together
    std::uint32_t points = 0;
    std::int32_t level = 0;
    std::array<std::int32_t, 8> children{-1, -1, -1, -1, -1, -1, -1, -1};
  };
  std::vector<Node> nodes;  ///< the root first
};
/// Nodes that have no place in the frame get empty bounds and are never selected.
LodTree lodTree(const Octree& octree, const OctreePlacer& placer);

/// What the camera sees and how much may be drawn. Perspective and parallel projections alike.
struct LodView {
  /// Local frame → OpenGL clip space (x, y in −w … w), row by row: clip = M · (x, y, z, 1). Only the four sides and
  /// the plane behind the eye cull; near and far planes do not, since they are fitted to what is drawn.
  std::array<double, 16> view_projection{};
  int viewport_height_px = 0;
  double screen_error_px = 1.5;  ///< a node is refined while its spacing looks wider than this
  std::size_t point_budget = 3'000'000;
  int min_level = 0;   ///< levels above this one are refined whatever they look like, within the budget
  int max_level = 64;  ///< nothing below it
  Bounds clip;         ///< local frame; when not empty, nodes outside it are not selected
};

/// Which nodes to draw, the most important first: every prefix is a coherent, coarser picture, since a parent always
/// precedes its children.
struct LodSelection {
  struct Pick {
    std::uint32_t node = 0;
    double spacing_px = 0;  ///< of its points where the node is nearest to the eye
  };
  std::vector<Pick> picks;
  std::size_t points = 0;
  bool budget_hit = false;  ///< the budget, not the screen, ended the refinement
};

/// Pure; costs time with the number of selected nodes, not with the size of the tree.
LodSelection selectNodes(const LodTree& tree, const LodView& view);

/// The same over several clouds that share one budget. @returns one selection per tree
std::vector<LodSelection> selectNodes(std::span<const LodTree* const> trees, const LodView& view);

}  // namespace hashimichi::points
