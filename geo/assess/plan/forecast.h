#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "geo/assess/ageing/hazard_fit.h"
#include "geo/core/result.h"

namespace hashimichi::assess::plan {

/// What the forecast needs of one asset; eight bytes, so that a nation's stock fits. The order of the records is the
/// caller's, nothing is looked up by id.
struct AssetState {
  std::uint32_t group = 0;  ///< row of the table of covariates: assets alike in all of them share a group
  std::uint8_t state = 0;   ///< at the last inspection, from 0 = best
  std::uint8_t years_since_inspection = 0;  ///< whole years up to the forecast's year 0
};

/// Mean and band (5 % … 95 % of the fit's own uncertainty) of one state's probability.
struct Share {
  float mean = 0, low = 0, high = 0;
};

/// State probabilities of many assets in each year 0 … years, without repairs. Assets of one group and state share a
/// row, so the work grows with the groups and a read costs one index. Immutable; share between threads.
class StockForecast {
 public:
  int years() const { return years_; }
  int states() const { return states_; }
  /// One Share per state, best first; the means sum to 1, the bounds do not. `asset` must be one that fits the table it
  /// was made from; year 0 … years().
  std::span<const Share> at(const AssetState& asset, int year) const;
  /// Expected number of assets in each state, by year: [year][state].
  std::vector<std::vector<double>> totals(std::span<const AssetState> assets) const;

 private:
  friend Result<StockForecast> forecastStock(const ageing::HazardFit&, const std::vector<std::vector<double>>&,
                                             std::span<const AssetState>, int, int);
  int years_ = 0, states_ = 0, span_ = 0;  ///< span_: years held per row, with the years before year 0
  std::vector<Share> table_;               ///< [group][from][year since the inspection][state]
};

/// Chapman–Kolmogorov on the hazard model (DOMAIN F): one year's matrix of each drawn parameter set, multiplied on.
/// `covariates`: one row per group, as wide as the fit's. Deterministic: the draws are those of forecastStates, so both
/// tell the same band. bad_input: a state, group or row of covariates that does not fit the model, years outside
/// 1 … 100, draws below 20; limit: a table of more than 2 GB, or more than 2000 draws.
Result<StockForecast> forecastStock(const ageing::HazardFit& fit, const std::vector<std::vector<double>>& covariates,
                                    std::span<const AssetState> assets, int years, int draws = 400);

}  // namespace hashimichi::assess::plan
