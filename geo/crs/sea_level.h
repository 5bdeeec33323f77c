#pragma once
#include "geo/crs/geoid.h"
#include "geo/crs/heights.h"
#include "geo/crs/local_frame.h"
#include "geo/crs/proj_support.h"
#include "geo/crs/transform.h"

/// Only for the .cpp files of this room.
namespace hashimichi::crs {

/// Fills in what a CRS says of heights: the vertical half of a compound CRS, or the third axis of a 3D one.
void describeHeights(PJ_CONTEXT* context, const PJ* crs, CrsInfo& info);

/// Heights of one CRS ↔ sea level heights in metres at places of a frame.
class SeaLevel {
 public:
  static Result<SeaLevel> create(const CrsInfo& info, const LocalFrame& frame, const HeightWish& wish);

  const HeightWay& way() const { return way_; }
  /// @param projected  the place in the frame's CRS, z as the source has it
  double from(Vec3d projected) const;
  double to(Vec3d projected) const;

 private:
  Status findGeoid(const LocalFrame& frame, const HeightWish& wish);
  double undulation(Vec3d projected) const;

  HeightWay way_;
  Operation degrees_;
  std::optional<Geoid> geoid_;
  double here_m_ = 0;
};

}  // namespace hashimichi::crs
