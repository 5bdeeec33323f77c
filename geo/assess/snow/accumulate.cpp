#include "geo/assess/snow/accumulate.h"

#include <algorithm>

#include "geo/assess/snow/physics.h"
#include "geo/sensors/quality_control.h"

namespace hashimichi::assess::snow {
namespace {

constexpr double gauge_noise_cm = 1;  // DOMAIN B.9: ultrasonic and laser gauges resolve 1 cm

}  // namespace

double Curve::at(Instant time) const {
  const auto after =
      std::upper_bound(points.begin(), points.end(), time, [](Instant t, const Point& p) { return t < p.time; });
  if (after == points.begin()) return 0;
  const Point& low = *(after - 1);
  if (after == points.end()) return low.cm;
  const double part = hoursBetween(low.time, time) / hoursBetween(low.time, after->time);
  return low.cm + part * (after->cm - low.cm);
}

Curve riseOfDepth(const sensors::Series& depth) {
  Curve curve;
  double reference_cm = 0, sum_cm = 0;
  for (const sensors::Observation& o : depth.values) {
    if (!sensors::isUsable(o.flag)) continue;
    if (curve.points.empty()) reference_cm = o.value;
    const double rise_cm = o.value - reference_cm;
    sum_cm += std::max(0.0, rise_cm);
    // A fall within the noise does not lower the reference, so that flicker counts once and never piles up.
    if (rise_cm > 0 || rise_cm < -gauge_noise_cm) reference_cm = o.value;
    curve.points.push_back({o.time, sum_cm});
  }
  return curve;
}

Curve sumOfIntervals(const sensors::Series& series, const std::function<double(const sensors::Observation&)>& cm_of) {
  Curve curve;
  const double usual_h = sensors::intervalHours(series);
  double sum_cm = 0;
  for (const sensors::Observation& o : series.values) {
    if (!sensors::isUsable(o.flag)) continue;
    const Instant begin = o.time.plusHours(-usual_h);
    if (curve.points.empty() || curve.points.back().time < begin) curve.points.push_back({begin, sum_cm});
    sum_cm += std::max(0.0, cm_of(o));
    if (curve.points.back().time < o.time) curve.points.push_back({o.time, sum_cm});
    curve.points.back().cm = sum_cm;
  }
  return curve;
}

double newSnowDensity(double air_c, DensityFormula density) {
  const double raw = density == DensityFormula::kazama ? newSnowDensityKazama(air_c) : newSnowDensityGottlib(air_c);
  return std::clamp(raw, 40.0, 200.0);
}

double snowOfPrecipitation_cm(double water_mm, double air_c, double humidity_pct, DensityFormula density) {
  const bool humidity_usable = humidity_pct >= 5 && humidity_pct <= 100;
  const double part = humidity_usable ? snowFractionFromWetBulb(wetBulb_c(air_c, std::min(humidity_pct, 99.0)))
                                      : snowFractionFromAir(air_c);
  return 100 * part * water_mm / newSnowDensity(air_c, density);  // 1 mm of water is 1 kg/m²
}

}  // namespace hashimichi::assess::snow
