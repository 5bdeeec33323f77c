#pragma once
#include <optional>
#include <vector>

#include "geo/assess/snow/forecast.h"
#include "geo/assess/snow/gauge.h"
#include "geo/sensors/interpolate.h"

namespace hashimichi::assess::snow {

/// What the weather says about one place. Unknown is empty, never 0.
struct LocalSnow {
  std::optional<double> depth_cm;  ///< new snow since the last pass
  double sigma_cm = 0;             ///< gauge, interpolation and model together (DOMAIN B.11)
  std::optional<Instant> trigger_passed;
  std::optional<double> forecast_cm;  ///< from the moment to the next finish
  double thaw_h = 0;
  double from_forecast_cm = 0;  ///< part of depth_cm that fell after the newest observation
  double modelled_share = 0;    ///< part of depth_cm that comes from precipitation gauges
  double data_age_h = -1;       ///< of the newest observation used; negative = none
  double nearest_gauge_m = 0;
  std::optional<double> air_c;         ///< now, or the forecast's where nothing measures
  std::optional<double> lowest_air_c;  ///< now until the next finish
  std::optional<double> deck_c;        ///< road temperature of a bridge station in reach
};

/// Weather of a whole town at one moment, read once, asked per place. Not thread-safe (it reuses its buffers); a copy
/// per thread is cheap.
class SnowField {
 public:
  SnowField(const model::CityModel& model, const Profile& profile, Instant at, const WhatIf& what_if = {});

  /// @param trigger_cm  depth whose first passing is looked for
  LocalSnow at(Vec3d place, double trigger_cm);
  /// The stations left out that would have counted at this place, nearest first, at most three.
  std::vector<LeftOut> leftOutNear(Vec3d place);

  Instant nextFinish() const { return finish_; }
  const Span& span() const { return gauges_.span; }

 private:
  void change(const WhatIf& what_if);
  double depthAt(std::size_t step) const;
  void addForecast(const Forecast* forecast, double trigger_cm, LocalSnow& out) const;
  void addTemperatures(Vec3d place, const Forecast* forecast, LocalSnow& out);
  std::optional<Instant> firstPassing(double trigger_cm) const;

  const Profile* profile_;
  Gauges gauges_;
  std::vector<Vec3d> gauge_places_, air_places_, left_out_places_;
  std::vector<Thermometer> air_, deck_;
  std::vector<Forecast> forecasts_;
  Instant finish_;

  std::vector<sensors::Weight> weights_, other_weights_;
  std::vector<double> factors_, here_cm_;
};

}  // namespace hashimichi::assess::snow
