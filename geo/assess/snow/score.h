#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace hashimichi::assess::snow {

/// The criteria of DOMAIN C.2, in its order.
enum class Criterion {
  demand,
  traffic,
  emergency_route,
  facility_access,
  bus,
  school_route,
  grade,
  narrow,
  households_in_need,
  deck_icing,
};
inline constexpr std::size_t criterion_count = 10;
const char* toString(Criterion criterion);  ///< "demand", "traffic" …
/// Nothing for a word that is none of them.
std::optional<Criterion> criterionNamed(std::string_view word);
inline constexpr std::array<double, criterion_count> default_weights{.25, .20, .15, .12, .08, .06, .05, .04, .03, .02};

/// Each 0 … 1; empty = unknown: it is dropped and the weights of the known ones are renormalised.
struct Criteria {
  std::array<std::optional<double>, criterion_count> values;
  std::array<double, criterion_count> weights = default_weights;
  std::optional<double>& operator[](Criterion c) { return values[static_cast<std::size_t>(c)]; }
  const std::optional<double>& operator[](Criterion c) const { return values[static_cast<std::size_t>(c)]; }
};

/// 0 … 100: weighted sum over the known criteria, × (1 + min(1, overdue/6 h)), clamped, quantised to 1e-6.
double score(const Criteria& criteria, double hours_overdue);
/// What one criterion adds before the overdue factor, 0 … 100; 0 when unknown.
double points(const Criteria& criteria, Criterion criterion);
/// Sum of the weights of the known criteria, 0 … 1.
double knownWeight(const Criteria& criteria);

double demandOf(double depth_cm, double forecast_cm, double trigger_cm);
double trafficOf(double aadt);         ///< log scale, 1 at 30,000 vehicles a day
double emergencyRouteOf(int route);    ///< 1 / .7 / .5 for 1st / 2nd / 3rd, else 0
double busOf(double trips_per_day);    ///< 1 at 100 trips
double gradeOf(double grade_percent);  ///< 1 at 8 %
double narrowOf(double remaining_m, double target_m);

}  // namespace hashimichi::assess::snow
