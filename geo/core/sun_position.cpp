#include "geo/core/sun_position.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hashimichi {
namespace {

constexpr double degree = std::numbers::pi / 180;
/// TT − UT, in days: 69 s now, 29 s in 1950; a minute moves the sun by 0.0007° along the ecliptic.
constexpr double delta_t_days = 69.0 / 86400;

struct Equatorial {
  double declination_rad, right_ascension_rad;
};

/// Apparent place of the sun; `t` in Julian centuries since J2000.0, terrestrial time.
Equatorial sunOnTheSky(double t) {
  const double mean_longitude = 280.46646 + t * (36000.76983 + t * 0.0003032);
  const double anomaly = (357.52911 + t * (35999.05029 - 0.0001537 * t)) * degree;
  const double centre = std::sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t)) +
                        std::sin(2 * anomaly) * (0.019993 - 0.000101 * t) + std::sin(3 * anomaly) * 0.000289;
  const double node = (125.04 - 1934.136 * t) * degree;
  const double longitude = (mean_longitude + centre - 0.00569 - 0.00478 * std::sin(node)) * degree;
  const double obliquity =
      (23.439291 - t * (0.0130042 + t * (0.00000016 - t * 0.0000005036)) + 0.00256 * std::cos(node)) * degree;
  return {std::asin(std::sin(obliquity) * std::sin(longitude)),
          std::atan2(std::cos(obliquity) * std::sin(longitude), std::cos(longitude))};
}

}  // namespace

SunPosition sunAt(Instant moment, double lat_deg, double lon_deg) {
  const double days = static_cast<double>(moment.unix_s) / 86400 - 10957.5;  // since 2000-01-01T12:00Z
  const double t_ut = days / 36525;
  const Equatorial sun = sunOnTheSky((days + delta_t_days) / 36525);
  const double sidereal_deg = 280.46061837 + 360.98564736629 * days + t_ut * t_ut * 0.000387933;  // Meeus 12.4
  const double hour_angle = (std::fmod(sidereal_deg, 360.0) + lon_deg) * degree - sun.right_ascension_rad;
  const double lat = lat_deg * degree;
  const double sine = std::sin(lat) * std::sin(sun.declination_rad) +
                      std::cos(lat) * std::cos(sun.declination_rad) * std::cos(hour_angle);
  const double azimuth = std::atan2(-std::sin(hour_angle) * std::cos(sun.declination_rad),
                                    std::sin(sun.declination_rad) * std::cos(lat) -
                                        std::cos(sun.declination_rad) * std::sin(lat) * std::cos(hour_angle));
  return {std::asin(std::clamp(sine, -1.0, 1.0)) / degree, std::fmod(azimuth / degree + 360, 360.0)};
}

Vec3d towards(const SunPosition& sun) {
  const double up = sun.elevation_deg * degree, round = sun.azimuth_deg * degree;
  return {std::cos(up) * std::sin(round), std::cos(up) * std::cos(round), std::sin(up)};
}

}  // namespace hashimichi
