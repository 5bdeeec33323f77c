#pragma once
#include <optional>
#include <vector>

#include "datasets/town/valley.h"
#include "geo/core/geometry.h"

namespace hashimichi::datasets {

/// Which line is nearest? A dense grid over the window with the pieces of lines in each square.
class LineIndex {
 public:
  explicit LineIndex(const Window& window, double square_m = 40);

  /// `half_width_m` counts as part of the line: clearances are measured from its edge.
  void add(const std::vector<Vec3d>& line, int id, double half_width_m = 0);

  struct Hit {
    double clearance_m = 0;  ///< to the edge of the line; negative inside it
    int id = -1;
    Vec3d place;  ///< on the line, with its z
  };
  /// Nothing when no line other than `skip` is within `reach_m`.
  std::optional<Hit> nearest(double x, double y, double reach_m, int skip = -1) const;
  /// Whether the straight line a–b crosses a piece of a line other than `skip`.
  bool crosses(Vec3d a, Vec3d b, int skip = -1) const;

 private:
  struct Piece {
    Vec3d a, b;
    double half_width;
    int id;
  };
  struct Squares {
    int west, south, east, north;
  };
  Squares squares(double west, double south, double east, double north) const;

  Vec3d south_west_;
  double square_m_;
  int columns_, rows_;
  double widest_ = 0;
  std::vector<Piece> pieces_;
  std::vector<std::vector<int>> in_square_;
};

}  // namespace hashimichi::datasets
