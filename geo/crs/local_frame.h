#pragma once
#include <string>

#include "geo/core/geometry.h"
#include "geo/core/result.h"

namespace hashimichi::crs {

/// A flat working frame near one town: a projected CRS minus a fixed origin.
///
/// Axes x east, y north, z up; metres. EPSG:6669–6687 list northing first; this class has already swapped. Heights are
/// those of the sources (in Japan T.P., JGD2011 vertical), not ellipsoidal; origin.z is 0, so z is the height itself.
/// Immutable and cheap to copy; share between threads.
class LocalFrame {
 public:
  LocalFrame() = default;

  /// @param epsg    projected CRS in metres, e.g. 6676 (JGD2011 plane rectangular zone VIII: Nagano, Niigata)
  /// @param origin  easting (x), northing (y) subtracted from every point; take the centre of the data's extent
  /// @returns bad_crs when the code is unknown, geographic, or not in metres
  static Result<LocalFrame> create(int epsg, Vec3d origin);

  int epsg() const { return epsg_; }
  const std::string& name() const {
    return name_;
  }  ///< the CRS's own name, "JGD2011 / Japan Plane Rectangular CS VIII"
  Vec3d origin() const { return origin_; }
  /// True when the CRS itself lists northing before easting (Japan's plane rectangular zones do: X north, Y east).
  bool northingFirst() const { return northing_first_; }

  /// easting x, northing y, height z → local, and back.
  Vec3d toLocal(Vec3d projected) const { return projected - origin_; }
  Vec3d toProjected(Vec3d local) const { return local + origin_; }

 private:
  int epsg_ = 0;
  std::string name_;
  Vec3d origin_;
  bool northing_first_ = false;
};

}  // namespace hashimichi::crs
