#include "geo/assess/snow/snow_field.h"

#include <algorithm>
#include <cmath>

#include "geo/assess/snow/physics.h"

namespace hashimichi::assess::snow {
namespace {

constexpr double gauge_sigma_cm = 1;          // DOMAIN B.11
constexpr double modelled_sigma_share = 0.3;  // density and forecast, DOMAIN B.2
constexpr double sigma_cm_per_km = 0.5;       // to the nearest gauge; a default, see SNOW.md
constexpr double longest_sigma_cm = 5;
constexpr double longest_silence_h = 3;  // of all gauges together, where no forecast fills in
constexpr double deck_reach_m = 10000;
constexpr std::size_t named_stations = 3;

}  // namespace

SnowField::SnowField(const model::CityModel& model, const Profile& profile, Instant at, const WhatIf& what_if)
    : profile_(&profile), gauges_(readGauges(model, profile, at)), finish_(snow::nextFinish(profile.windows, at)) {
  for (const Gauge& gauge : gauges_.used) gauge_places_.push_back(model.stations[gauge.station].position);
  for (const LeftOut& left : gauges_.left_out) left_out_places_.push_back(model.stations[left.station].position);
  air_ = readThermometers(model, sensors::Quantity::air_temperature_c, at);
  for (const Thermometer& thermometer : air_) air_places_.push_back(thermometer.position);
  deck_ = readThermometers(model, sensors::Quantity::road_temperature_c, at);
  std::erase_if(deck_, [](const Thermometer& thermometer) { return !thermometer.on_bridge; });
  const Instant known_until = gauges_.used.empty() ? at : gauges_.span.known_until;
  forecasts_ = readForecasts(model, profile, at, known_until, what_if);
  here_cm_.resize(gauges_.used.size());
  if (what_if.changesAnything()) change(what_if);
}

void SnowField::change(const WhatIf& what_if) {
  constexpr double added_within_h = 1;
  for (Gauge& gauge : gauges_.used)
    for (std::size_t step = 0; step < gauge.rise_cm.size(); ++step) {
      const double before_h = hoursBetween(gauges_.span.timeOf(step), gauges_.span.at);
      const double share = std::clamp(1 - before_h / added_within_h, 0.0, 1.0);
      gauge.rise_cm[step] = gauge.rise_cm[step] * what_if.snowfall_factor + share * what_if.added_snow_cm;
    }
  for (Thermometer& thermometer : air_) thermometer.value_c += what_if.air_offset_c;
  for (Thermometer& thermometer : deck_) thermometer.value_c += what_if.air_offset_c;
}

double SnowField::depthAt(std::size_t step) const {
  double depth_cm = 0;
  for (std::size_t i = 0; i < weights_.size(); ++i)
    depth_cm += weights_[i].share * factors_[i] * gauges_.used[weights_[i].sample].rise_cm[step];
  return depth_cm;
}

/// The rise of a weighted sum of rising curves rises too, so the first step is found by halving.
std::optional<Instant> SnowField::firstPassing(double trigger_cm) const {
  std::size_t low = 0, high = gauges_.span.steps() - 1;
  if (depthAt(high) < trigger_cm) return std::nullopt;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (depthAt(middle) >= trigger_cm)
      high = middle;
    else
      low = middle + 1;
  }
  return gauges_.span.timeOf(low);
}

LocalSnow SnowField::at(Vec3d place, double trigger_cm) {
  LocalSnow out;
  const Forecast* forecast = forecastFor(forecasts_, place);
  addTemperatures(place, forecast, out);
  sensors::idwWeights(gauge_places_, place, {}, weights_);
  if (!weights_.empty()) {
    factors_.clear();
    double modelled_cm = 0, depth_cm = 0, variance = 0;
    Instant newest = gauges_.used[weights_.front().sample].newest;
    for (const sensors::Weight& weight : weights_) {
      const Gauge& gauge = gauges_.used[weight.sample];
      factors_.push_back(heightFactor(place.z - gauge_places_[weight.sample].z));
      here_cm_[weight.sample] = factors_.back() * gauge.rise();
      const double part_cm = weight.share * here_cm_[weight.sample];
      const bool modelled = gauge.method == GaugeMethod::precipitation;
      const double sigma_cm = modelled ? modelled_sigma_share * here_cm_[weight.sample] : gauge_sigma_cm;
      depth_cm += part_cm;
      modelled_cm += modelled ? part_cm : 0;
      variance += weight.share * std::max(sigma_cm * sigma_cm, gauge_sigma_cm * gauge_sigma_cm);
      newest = std::max(newest, gauge.newest);
    }
    const double apart_cm = sensors::spread(weights_, here_cm_);
    out.nearest_gauge_m = weights_.front().distance_m;
    const double far_cm = std::min(longest_sigma_cm, sigma_cm_per_km * out.nearest_gauge_m / 1000);
    out.depth_cm = depth_cm;
    out.sigma_cm = std::sqrt(variance + apart_cm * apart_cm + far_cm * far_cm);
    out.modelled_share = depth_cm > 0 ? modelled_cm / depth_cm : 0;
    out.data_age_h = hoursBetween(newest, gauges_.span.at);
    out.trigger_passed = firstPassing(trigger_cm);
  }
  addForecast(forecast, trigger_cm, out);
  return out;
}

void SnowField::addForecast(const Forecast* forecast, double trigger_cm, LocalSnow& out) const {
  const Instant at = gauges_.span.at;
  if (forecast) {
    out.forecast_cm = forecast->snowBetween(at, finish_);
    out.thaw_h = forecast->hoursAbove(profile_->hold_temperature_c, at, at.plusHours(profile_->hold_horizon_h));
  }
  // After the newest observation the forecast says what has fallen since; without one, the depth is soon unknown.
  if (!out.depth_cm || at <= gauges_.span.known_until) return;
  const Instant since = std::max(gauges_.span.from, gauges_.span.known_until);
  const auto fallen_cm = forecast ? forecast->snowBetween(since, at) : std::nullopt;
  if (!fallen_cm) {
    if (hoursBetween(gauges_.span.known_until, at) > longest_silence_h) {
      out.depth_cm.reset();
      out.trigger_passed.reset();
    }
    return;
  }
  const double observed_cm = *out.depth_cm;
  const double model_cm = modelled_sigma_share * *fallen_cm;
  out.from_forecast_cm = *fallen_cm;
  out.depth_cm = observed_cm + *fallen_cm;
  out.sigma_cm = std::sqrt(out.sigma_cm * out.sigma_cm + model_cm * model_cm);
  if (out.trigger_passed || *out.depth_cm < trigger_cm) return;
  for (std::size_t step = 0; step < gauges_.span.steps() && !out.trigger_passed; ++step) {
    const Instant time = gauges_.span.timeOf(step);
    if (time >= since && observed_cm + forecast->snow.at(time) - forecast->snow.at(since) >= trigger_cm)
      out.trigger_passed = time;
  }
}

void SnowField::addTemperatures(Vec3d place, const Forecast* forecast, LocalSnow& out) {
  sensors::idwWeights(air_places_, place, {}, other_weights_);
  if (!other_weights_.empty()) {
    double air_c = 0;
    for (const sensors::Weight& weight : other_weights_)
      air_c += weight.share * (air_[weight.sample].value_c + lapse_c(place.z - air_places_[weight.sample].z));
    out.air_c = air_c;
  }
  const Instant at = gauges_.span.at;
  const auto coming_c = forecast ? forecast->lowestAir(at, finish_) : std::nullopt;
  if (!out.air_c && forecast) out.air_c = forecast->lowestAir(at.plusHours(-1), at.plusHours(1));
  if (out.air_c) out.lowest_air_c = coming_c ? std::min(*coming_c, *out.air_c) : *out.air_c;
  double nearest_m = deck_reach_m;
  for (const Thermometer& deck : deck_) {
    const double away_m = distance2d(deck.position, place);
    if (away_m > nearest_m) continue;
    nearest_m = away_m;
    out.deck_c = deck.value_c;
  }
}

std::vector<LeftOut> SnowField::leftOutNear(Vec3d place) {
  std::vector<LeftOut> near;
  sensors::idwWeights(left_out_places_, place, {}, other_weights_);
  for (std::size_t i = 0; i < other_weights_.size() && i < named_stations; ++i)
    near.push_back(gauges_.left_out[other_weights_[i].sample]);
  return near;
}

}  // namespace hashimichi::assess::snow
