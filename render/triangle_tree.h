#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "geo/core/geometry.h"
#include "render/prepared_town.h"

namespace hashimichi::render {

struct Ray {
  Vec3d origin, direction;  ///< direction of unit length
};

/// Where a ray meets triangle a, b, c (Möller and Trumbore 1997), either side: the distance along the ray.
std::optional<double> meetTriangle(const Ray& ray, Vec3d a, Vec3d b, Vec3d c);
/// Distance to where the ray enters the box, 0 when it begins within.
std::optional<double> meetBox(const Ray& ray, const Bounds& box);

/// The triangles of one mesh, sorted into boxes within boxes, so that a ray looks at a few dozen of them only.
/// Keeps a reference to the mesh. Immutable after building; ask from any thread.
class TriangleTree {
 public:
  struct Hit {
    double distance_m;
    std::uint32_t triangle;
  };
  explicit TriangleTree(const Mesh& mesh);
  std::optional<Hit> nearest(const Ray& ray, double within_m = std::numeric_limits<double>::infinity()) const;

 private:
  /// A leaf has `count` triangles from `first` in order_; an inner node has its children at first and first + 1.
  struct Node {
    float low[3], high[3];
    std::uint32_t first = 0, count = 0;
  };
  /// While the tree is built: the triangles lie in the order in which they are compared.
  struct Item {
    float centre[3];
    std::uint32_t triangle;
  };
  void split(std::size_t node, std::vector<Item>& items);
  void encloseTriangles(Node& leaf) const;
  void encloseChildren(Node& inner) const;
  Vec3d corner(std::uint32_t triangle, std::size_t which) const;

  const Mesh& mesh_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> order_;
};

}  // namespace hashimichi::render
