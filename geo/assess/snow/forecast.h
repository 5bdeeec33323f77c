#pragma once
#include <optional>
#include <vector>

#include "geo/assess/snow/accumulate.h"
#include "geo/assess/snow/what_if.h"
#include "geo/model/city_model.h"

namespace hashimichi::assess::snow {

/// One place's forecast, newest issue at or before the moment; nothing issued later is ever looked at.
struct Forecast {
  std::optional<Vec3d> position;  ///< empty: for the whole town
  Instant issued;
  Curve snow;  ///< cumulative, cm
  bool has_snow = false;
  struct Air {
    Instant time;
    double value_c = 0;
  };
  std::vector<Air> air;  ///< by time; each stands for the interval before it

  /// Snow between two moments; nothing when the forecast does not reach from one to the other (an hour may lack).
  std::optional<double> snowBetween(Instant from, Instant until) const;
  /// Longest run of hours above a temperature within (from, until].
  double hoursAbove(double limit_c, Instant from, Instant until) const;
  std::optional<double> lowestAir(Instant from, Instant until) const;
};

/// @param known_until  newest observation; forecasts issued more than a day before it are out of date and not used
std::vector<Forecast> readForecasts(const model::CityModel& model, const Profile& profile, Instant at,
                                    Instant known_until, const WhatIf& what_if = {});

/// The nearest forecast with a place, else the one for the whole town; nullptr when there is none.
const Forecast* forecastFor(const std::vector<Forecast>& forecasts, Vec3d place);

}  // namespace hashimichi::assess::snow
