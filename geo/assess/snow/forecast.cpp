#include "geo/assess/snow/forecast.h"

#include <algorithm>
#include <map>

namespace hashimichi::assess::snow {
namespace {

using sensors::Observation;
using sensors::Quantity;
using sensors::Series;

constexpr double out_of_date_h = 24;
constexpr double may_lack_h = 1;

using IssuedSeries = std::map<Quantity, const Series*>;

std::map<std::string_view, IssuedSeries> newestIssues(const model::CityModel& model, Instant at, Instant known_until) {
  std::map<std::string_view, IssuedSeries> newest;
  for (const Series& series : model.series) {
    if (!series.isForecast() || series.values.empty() || *series.issued > at) continue;
    if (hoursBetween(*series.issued, known_until) > out_of_date_h) continue;
    const Series*& slot = newest[series.station_id][series.quantity];
    if (!slot || *slot->issued < *series.issued) slot = &series;
  }
  return newest;
}

const Series* seriesOf(const IssuedSeries& issued, Quantity quantity) {
  const auto found = issued.find(quantity);
  return found == issued.end() ? nullptr : found->second;
}

double airAt(const std::vector<Forecast::Air>& air, Instant time) {
  const auto found =
      std::lower_bound(air.begin(), air.end(), time, [](const Forecast::Air& a, Instant t) { return a.time < t; });
  return found == air.end() ? air.back().value_c : found->value_c;
}

Forecast read(const IssuedSeries& issued, const Profile& profile, const WhatIf& what_if) {
  Forecast forecast;
  forecast.issued = *issued.begin()->second->issued;
  if (const Series* air = seriesOf(issued, Quantity::air_temperature_c))
    for (const Observation& o : air->values) forecast.air.push_back({o.time, o.value + what_if.air_offset_c});
  if (const Series* snow = seriesOf(issued, Quantity::new_snow_cm)) {
    forecast.snow = sumOfIntervals(*snow, [](const Observation& o) { return o.value; });
  } else if (const Series* water = seriesOf(issued, Quantity::precipitation_mm); water && !forecast.air.empty()) {
    forecast.snow = sumOfIntervals(*water, [&](const Observation& o) {
      return snowOfPrecipitation_cm(o.value, airAt(forecast.air, o.time), -1, profile.density);
    });
  }
  for (Curve::Point& point : forecast.snow.points) point.cm *= what_if.snowfall_factor;
  forecast.has_snow = !forecast.snow.points.empty();
  return forecast;
}

}  // namespace

std::optional<double> Forecast::snowBetween(Instant from, Instant until) const {
  if (!has_snow) return std::nullopt;
  if (hoursBetween(from, snow.points.front().time) > may_lack_h) return std::nullopt;
  if (hoursBetween(snow.points.back().time, until) > may_lack_h) return std::nullopt;
  return snow.at(until) - snow.at(from);
}

double Forecast::hoursAbove(double limit_c, Instant from, Instant until) const {
  double longest_h = 0, run_h = 0;
  Instant before = from;
  for (const Air& sample : air) {
    if (sample.time <= from) continue;
    if (before >= until) break;
    run_h = sample.value_c > limit_c ? run_h + hoursBetween(before, std::min(sample.time, until)) : 0;
    longest_h = std::max(longest_h, run_h);
    before = sample.time;
  }
  return longest_h;
}

std::optional<double> Forecast::lowestAir(Instant from, Instant until) const {
  std::optional<double> lowest;
  for (const Air& sample : air)
    if (sample.time > from && sample.time <= until && (!lowest || sample.value_c < *lowest)) lowest = sample.value_c;
  return lowest;
}

std::vector<Forecast> readForecasts(const model::CityModel& model, const Profile& profile, Instant at,
                                    Instant known_until, const WhatIf& what_if) {
  std::vector<Forecast> forecasts;
  for (const auto& [station_id, issued] : newestIssues(model, at, known_until)) {
    Forecast forecast = read(issued, profile, what_if);
    for (const sensors::Station& station : model.stations)
      if (!station_id.empty() && station.id == station_id) forecast.position = station.position;
    forecasts.push_back(std::move(forecast));
  }
  return forecasts;
}

const Forecast* forecastFor(const std::vector<Forecast>& forecasts, Vec3d place) {
  const Forecast* best = nullptr;
  for (const Forecast& forecast : forecasts) {
    if (!best || (forecast.position && !best->position) ||
        (forecast.position && best->position &&
         distance2d(*forecast.position, place) < distance2d(*best->position, place)) ||
        (!forecast.position && !best->position && forecast.issued > best->issued))
      best = &forecast;
  }
  return best;
}

}  // namespace hashimichi::assess::snow
