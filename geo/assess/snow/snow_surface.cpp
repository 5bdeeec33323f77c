#include "geo/assess/snow/snow_surface.h"

#include <algorithm>

#include "geo/assess/snow/physics.h"
#include "geo/sensors/quality_control.h"

namespace hashimichi::assess::snow {

SnowSurface::SnowSurface(const model::CityModel& model, Instant at) {
  for (const sensors::Station& station : model.stations) {
    if (!isFinite(station.position)) continue;
    for (const sensors::Series& series : model.series) {
      if (series.station_id != station.id || series.quantity != sensors::Quantity::snow_depth_cm || series.isForecast())
        continue;
      sensors::Series checked = series;
      sensors::checkQuality(checked);
      const sensors::Observation* newest = sensors::latestUsable(checked, at, oldest_h);
      if (!newest || newest->value < 0) continue;
      places_.push_back(station.position);
      depth_cm_.push_back(newest->value);
      break;
    }
  }
}

double SnowSurface::depthAt(Vec3d place) {
  sensors::IdwRules rules;
  rules.radius_m = reach_m;
  sensors::idwWeights(places_, place, rules, weights_);
  if (weights_.empty()) return std::numeric_limits<double>::quiet_NaN();
  double depth_cm = 0;
  for (const sensors::Weight& weight : weights_)
    depth_cm += weight.share * heightFactor(place.z - places_[weight.sample].z) * depth_cm_[weight.sample];
  return std::max(0.0, depth_cm);
}

}  // namespace hashimichi::assess::snow
