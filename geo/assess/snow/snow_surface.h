#pragma once
#include <limits>
#include <vector>

#include "geo/model/city_model.h"
#include "geo/sensors/interpolate.h"

namespace hashimichi::assess::snow {

/// Depth of all snow on open ground at one moment, between the stations that measure it. cm; NaN = unknown, never 0.
///
/// From the newest usable reading of each station's depth gauge, quality-checked (DOMAIN B.10) and not older than
/// `oldest_h`; inverse-distance weights, +5 % per 100 m of height (DOMAIN B.5). Unknown farther than `reach_m` from
/// every gauge, or more than 300 m above or below all of them: there the formula's error is no longer stated.
/// Not thread-safe (it reuses its buffers).
class SnowSurface {
 public:
  static constexpr double reach_m = 10'000, oldest_h = 3;

  SnowSurface(const model::CityModel& model, Instant at);
  double depthAt(Vec3d place);
  std::size_t gauges() const { return places_.size(); }

 private:
  std::vector<Vec3d> places_;
  std::vector<double> depth_cm_;
  std::vector<sensors::Weight> weights_;
};

}  // namespace hashimichi::assess::snow
