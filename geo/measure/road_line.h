#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/core/result.h"
#include "geo/model/geometry.h"

namespace hashimichi::measure {

/// Where places lie along and beside a line, seen from above; made for many questions. Immutable: share between
/// threads.
class RoadLine {
 public:
  /// @param reach_m  places farther from the line than this are never found
  /// @returns bad_input when the line has no length or is not finite; `name` says whose line it is
  static Result<RoadLine> create(const model::Polyline& line, double reach_m, const char* name);

  struct Foot {
    double chainage_m = 0, offset_m = 0;  ///< left of the direction positive
    double z_m = 0;                       ///< of the line there
  };
  /// Nothing beyond the ends and beyond the reach.
  std::optional<Foot> footOf(Vec3d place) const;
  double length_m() const { return length_m_; }
  /// Place on the line and horizontal direction (unit) at a chainage, which is clamped to the ends.
  model::OnLine at(double chainage_m) const { return model::pointAlong(line_, chainage_m); }
  const Bounds& bounds() const { return bounds_; }  ///< in which points can be found; z means nothing

 private:
  struct Piece {
    Vec3d from, direction;  ///< direction: horizontal unit vector
    double length = 0, start = 0, rise = 0;
  };
  model::Polyline line_;
  std::vector<Piece> pieces_;
  double reach_m_ = 0, length_m_ = 0, square_m_ = 1;
  Bounds bounds_;
  int columns_ = 0, rows_ = 0;
  std::vector<std::vector<std::uint32_t>> in_square_;
};

}  // namespace hashimichi::measure
