#include "geo/assess/ageing/condition.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace hashimichi::assess::ageing {
namespace {

using assets::NbiRecord;

/// Points that a rating takes off: up to 3, 4, 5.
int pointsOff(std::optional<int> rating, int very_low, int low, int fair) {
  if (!rating) return 0;
  return *rating <= 3 ? very_low : *rating == 4 ? low : *rating == 5 ? fair : 0;
}

bool isCulvert(const NbiRecord& record) {
  return record.type == 19;
}

/// The worst of what carries: superstructure and substructure, or the culvert.
std::optional<int> lowestStructure(const NbiRecord& record) {
  std::optional<int> lowest;
  for (const std::optional<int>& rating : {record.superstructure, record.substructure, record.culvert})
    if (rating && (!lowest || *rating < *lowest)) lowest = rating;
  return lowest;
}

/// A band of traffic per lane: below `narrow` all is taken off, between it and `wide` in proportion.
struct WidthBand {
  double most_traffic, narrow_m, wide_m, span_m;
};

/// H: the width of a lane against its traffic.
double laneWidthOff(int lanes, double lane_m, double traffic_per_lane) {
  constexpr double most = 15;
  if (lanes == 1) return lane_m < 4.3 ? most : lane_m < 5.5 ? most * (5.5 - lane_m) / 1.2 : 0;
  const double free_m = lanes == 2 ? 4.9 : lanes == 3 ? 4.6 : lanes == 4 ? 4.3 : 3.7;
  if (lane_m >= free_m) return 0;
  if (traffic_per_lane <= 50) return lane_m < 2.7 ? 7.5 : 0;
  for (const WidthBand& band : {WidthBand{125, 3.0, 4.0, 1.0}, WidthBand{375, 3.4, 4.3, 0.9},
                                WidthBand{1350, 3.7, 4.9, 1.2}, WidthBand{INFINITY, 4.6, 4.9, 0.3}}) {
    if (traffic_per_lane > band.most_traffic) continue;
    return lane_m < band.narrow_m ? most : lane_m < band.wide_m ? most * (band.wide_m - lane_m) / band.span_m : 0;
  }
  return 0;
}

double widthOff(const NbiRecord& record, int& missing) {
  double off = 0;
  if (!isCulvert(record)) {
    if (!record.roadway_width_m || !record.approach_width_m)
      ++missing;
    else if (*record.roadway_width_m + 0.6 < *record.approach_width_m)
      off += 5;
  }
  const int lanes = record.lanes_on.value_or(0);
  if (lanes < 1 || !record.roadway_width_m || !record.adt)
    ++missing;
  else if (*record.roadway_width_m > 0)
    off += laneWidthOff(lanes, *record.roadway_width_m / lanes, static_cast<double>(*record.adt) / lanes);
  return std::min(off, 15.0);
}

/// S2.
double serviceability(const NbiRecord& record, int& missing) {
  double off = pointsOff(record.deck, 5, 3, 1);
  for (const std::optional<int>& rating :
       {record.structural, record.deck_geometry, record.underclearance, record.waterway, record.approach})
    off += pointsOff(rating, 4, 2, 1);
  off = std::min(off, 13.0) + widthOff(record, missing);
  if (record.clearance_over_m && *record.clearance_over_m > 0 &&
      *record.clearance_over_m < (record.strahnet ? 4.87 : 4.26))
    off += 2;
  return std::clamp(30 - off, 0.0, 30.0);
}

/// S4.
double reductionOf(const NbiRecord& record) {
  double off = 0;
  if (record.detour_km) off += std::min(5.0, 7.9e-9 * std::pow(*record.detour_km, 4));
  for (const int type : {10, 12, 13, 14, 15, 16, 17})
    if (record.type == type) off += 5;
  const auto zeros = std::count(record.traffic_safety.begin(), record.traffic_safety.end(), '0');
  if (zeros >= 2) off += static_cast<double>(zeros) - 1;
  return off;
}

}  // namespace

Mci mciOf(const PavementCondition& condition) {
  const auto power = [](std::optional<double> value, double exponent) {
    return value && *value >= 0 ? std::optional(std::pow(*value, exponent)) : std::nullopt;
  };
  const std::optional<double> crack = power(condition.crack_percent, 0.3), rut = power(condition.rut_mm, 0.7),
                              rough = power(condition.roughness_mm, 0.2);
  Mci mci;
  if (crack && rut && rough) mci.formulas[0] = 10 - 1.48 * *crack - 0.29 * *rut - 0.47 * *rough;
  if (crack && rut) mci.formulas[1] = 10 - 1.51 * *crack - 0.30 * *rut;
  if (crack) mci.formulas[2] = 10 - 2.23 * *crack;
  if (rut) mci.formulas[3] = 10 - 0.54 * *rut;
  for (const std::optional<double>& formula : mci.formulas)
    if (formula && (!mci.result || *formula < *mci.result)) mci.result = formula;
  if (mci.result) mci.result = std::clamp(*mci.result, 0.0, 10.0);
  return mci;
}

double roughnessFromIri(double iri_mm_per_m) {
  return std::max(0.0, (iri_mm_per_m - 0.24) / 1.33);
}

std::optional<PavementCategory> pavementCategory(std::optional<double> crack_percent, std::optional<double> rut_mm,
                                                 std::optional<double> iri_mm_per_m) {
  std::optional<PavementCategory> worst;
  const auto judge = [&](std::optional<double> value, double second, double third) {
    if (!value) return;
    const PavementCategory category = *value < second  ? PavementCategory::I
                                      : *value < third ? PavementCategory::II
                                                       : PavementCategory::III;
    if (!worst || category > *worst) worst = category;
  };
  judge(crack_percent, 20, 40);
  judge(rut_mm, 20, 40);
  judge(iri_mm_per_m, 3, 8);
  return worst;
}

std::optional<NbiCondition> nbiCondition(const NbiRecord& record) {
  std::optional<int> lowest;
  for (const std::optional<int>& rating : {record.deck, record.superstructure, record.substructure, record.culvert})
    if (rating && (!lowest || *rating < *lowest)) lowest = rating;
  if (!lowest) return std::nullopt;
  return *lowest >= 7 ? NbiCondition::good : *lowest >= 5 ? NbiCondition::fair : NbiCondition::poor;
}

double structuralAdequacy(int lowest_rating, double inventory_rating_t) {
  const double condition = lowest_rating <= 2   ? 55
                           : lowest_rating == 3 ? 40
                           : lowest_rating == 4 ? 25
                           : lowest_rating == 5 ? 10
                                                : 0;
  const double load = inventory_rating_t < 32.4 ? 0.3254 * std::pow(32.4 - inventory_rating_t, 1.5) : 0;
  return std::clamp(55 - condition - load, 0.0, 55.0);
}

double essentiality(double structure, double service, double adt, double detour_km, bool strahnet) {
  const double share = (structure + service) / 85;
  const double use = share > 0 ? std::min(15.0, 15 * adt * detour_km / (320000 * share)) : 15;
  return std::clamp(15 - use - (strahnet ? 2 : 0), 0.0, 15.0);
}

std::optional<SufficiencyRating> sufficiencyRating(const NbiRecord& record) {
  const std::optional<int> lowest = lowestStructure(record);
  if (!lowest && !record.inventory_rating_t) return std::nullopt;
  SufficiencyRating rating;
  rating.missing = (lowest ? 0 : 1) + (record.inventory_rating_t ? 0 : 1);
  constexpr int sound = 9;
  constexpr double strong_t = 32.4;
  rating.structure = structuralAdequacy(lowest.value_or(sound), record.inventory_rating_t.value_or(strong_t));
  rating.service = serviceability(record, rating.missing);
  if (!record.adt || !record.detour_km) ++rating.missing;
  rating.essential = essentiality(rating.structure, rating.service, record.adt.value_or(0),
                                  record.detour_km.value_or(0), record.strahnet);
  const double sum = rating.structure + rating.service + rating.essential;
  rating.reduction = sum >= 50 ? reductionOf(record) : 0;
  rating.rating = std::clamp(sum - rating.reduction, 0.0, 100.0);
  return rating;
}

}  // namespace hashimichi::assess::ageing
