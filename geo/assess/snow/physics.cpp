#include "geo/assess/snow/physics.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hashimichi::assess::snow {
namespace {

constexpr double bank_limit_m = 1.5;

double logistic(double steepness, double from_middle) {
  return 1 / (1 + std::exp(steepness * from_middle));
}

}  // namespace

double newSnowDensityGottlib(double air_c) {
  return air_c <= -15 ? 50 : 50 + 1.7 * std::pow(air_c + 15, 1.5);
}

double newSnowDensityKazama(double air_c) {
  if (air_c < -2) return 40;
  return air_c < 1 ? 66.7 + 13.3 * air_c : 80;
}

double wetBulb_c(double air_c, double humidity_pct) {
  const double rh = humidity_pct;
  return air_c * std::atan(0.151977 * std::sqrt(rh + 8.313659)) + std::atan(air_c + rh) - std::atan(rh - 1.676331) +
         0.00391838 * std::pow(rh, 1.5) * std::atan(0.023101 * rh) - 4.686035;
}

double snowFractionFromWetBulb(double wet_bulb_c) {
  return logistic(2.2, wet_bulb_c - 1.0);
}

double snowFractionFromAir(double air_c) {
  return logistic(1.5, air_c - 2.0);
}

Bank bankFrom(const BankInput& input) {
  const double area = input.snow_density / input.bank_density * input.depth_m * input.half_width_m;
  const double tangent = std::tan(input.slope_deg * std::numbers::pi / 180);
  const double height = std::sqrt(area * tangent);
  if (height <= bank_limit_m) return {area, 2 * std::sqrt(area / tangent), height};
  return {area, area / bank_limit_m + bank_limit_m / tangent, bank_limit_m};
}

double triggerProbability(double depth_cm, double sigma_cm, double trigger_cm) {
  const double short_of = trigger_cm - depth_cm;
  if (sigma_cm <= 0) return short_of < 0 ? 1 : short_of > 0 ? 0 : 0.5;
  return 0.5 * std::erfc(short_of / sigma_cm / std::numbers::sqrt2);
}

double heightFactor(double higher_m) {
  return std::clamp(1 + 0.05 * higher_m / 100, 0.5, 1.5);
}

double lapse_c(double higher_m) {
  return -0.6 * higher_m / 100;
}

}  // namespace hashimichi::assess::snow
