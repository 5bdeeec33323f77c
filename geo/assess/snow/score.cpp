#include "geo/assess/snow/score.h"

#include <algorithm>
#include <cmath>

#include "geo/assess/order.h"

namespace hashimichi::assess::snow {
namespace {

double share(double value) {
  return std::clamp(value, 0.0, 1.0);
}

}  // namespace

const char* toString(Criterion criterion) {
  constexpr std::array words{"demand",       "traffic", "emergency_route", "facility_access",    "bus",
                             "school_route", "grade",   "narrow",          "households_in_need", "deck_icing"};
  static_assert(words.size() == criterion_count);
  return words[static_cast<std::size_t>(criterion)];
}

std::optional<Criterion> criterionNamed(std::string_view word) {
  for (std::size_t k = 0; k < criterion_count; ++k)
    if (word == toString(static_cast<Criterion>(k))) return static_cast<Criterion>(k);
  return std::nullopt;
}

double knownWeight(const Criteria& criteria) {
  double sum = 0;
  for (std::size_t k = 0; k < criterion_count; ++k)
    if (criteria.values[k]) sum += criteria.weights[k];
  return sum;
}

double score(const Criteria& criteria, double hours_overdue) {
  double sum = 0;
  for (std::size_t k = 0; k < criterion_count; ++k)
    if (criteria.values[k]) sum += criteria.weights[k] * *criteria.values[k];
  const double known = knownWeight(criteria);
  const double plain = known > 0 ? 100 * sum / known : 0;
  return quantise(std::clamp(plain * (1 + std::min(1.0, hours_overdue / 6)), 0.0, 100.0));
}

double points(const Criteria& criteria, Criterion criterion) {
  const double known = knownWeight(criteria);
  return known > 0
             ? 100 * criteria.weights[static_cast<std::size_t>(criterion)] * criteria[criterion].value_or(0) / known
             : 0;
}

double demandOf(double depth_cm, double forecast_cm, double trigger_cm) {
  return share((depth_cm + forecast_cm) / (2 * trigger_cm));
}

double trafficOf(double aadt) {
  return share(std::log10(1 + std::max(0.0, aadt)) / std::log10(1 + 30000.0));
}

double emergencyRouteOf(int route) {
  return route == 1 ? 1 : route == 2 ? 0.7 : route == 3 ? 0.5 : 0;
}

double busOf(double trips_per_day) {
  return share(trips_per_day / 100);
}

double gradeOf(double grade_percent) {
  return share(std::abs(grade_percent) / 8);
}

double narrowOf(double remaining_m, double target_m) {
  return target_m > 0 ? share((target_m - remaining_m) / target_m) : 0;
}

}  // namespace hashimichi::assess::snow
