#include "geo/sensors/interpolate.h"

#include <algorithm>
#include <cmath>

namespace hashimichi::sensors {
namespace {

/// Closer than this a station stands at the place itself; keeps the weight finite.
constexpr double nearest_m = 1;

}  // namespace

void idwWeights(std::span<const Vec3d> samples, Vec3d at, const IdwRules& rules, std::vector<Weight>& out) {
  out.clear();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double distance_m = distance2d(samples[i], at);
    if (!(distance_m <= rules.radius_m)) continue;
    if (std::abs(samples[i].z - at.z) > rules.max_height_difference_m) continue;
    out.push_back({i, 0, distance_m});
  }
  const auto nearer = [](const Weight& a, const Weight& b) {
    return a.distance_m != b.distance_m ? a.distance_m < b.distance_m : a.sample < b.sample;
  };
  std::sort(out.begin(), out.end(), nearer);
  if (out.size() > rules.max_count) out.resize(rules.max_count);
  double sum = 0;
  for (Weight& weight : out) {
    const double distance_m = std::max(nearest_m, weight.distance_m);
    weight.share = rules.power == 2 ? 1 / (distance_m * distance_m) : std::pow(distance_m, -rules.power);
    sum += weight.share;
  }
  for (Weight& weight : out) weight.share /= sum;
}

double spread(std::span<const Weight> weights, std::span<const double> values) {
  double mean = 0;
  for (const Weight& weight : weights) mean += weight.share * values[weight.sample];
  double variance = 0;
  for (const Weight& weight : weights) {
    const double off = values[weight.sample] - mean;
    variance += weight.share * off * off;
  }
  return std::sqrt(variance);
}

}  // namespace hashimichi::sensors
