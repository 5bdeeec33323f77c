#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "geo/core/result.h"

namespace hashimichi::assess::plan {

/// Assets × criteria, each value 0 … 1 or NaN = unknown; row after row.
struct CriteriaTable {
  std::size_t criteria = 0;
  std::vector<float> values;        ///< assets() · criteria
  std::vector<std::uint8_t> tiers;  ///< one per asset, 0 = most urgent; tiers go first, the score second
  std::size_t assets() const { return tiers.size(); }
};

struct SensitivitySettings {
  double weight_spread = 0.2;  ///< each weight moves evenly within ± this share of itself, on its own
  int draws = 200;
  std::uint64_t seed = 1;
};

/// Where an asset stands and how firmly. Ranks count from 1.
struct RankInterval {
  double score = 0;                           ///< 0 … 100, quantised to 1e-6; unknowns left out, weights renormalised
  std::uint32_t rank = 0;                     ///< by tier, score and the order of the table
  std::uint32_t rank_low = 0, rank_high = 0;  ///< 5 % and 95 % of the draws, nearest rank
};

/// The rank of each asset and how it moves when the weights move and each unknown is drawn evenly from 0 … 1. Tiers are
/// never crossed. The same seed gives the same intervals on every machine. Time grows with draws · n log n.
/// bad_input: a value outside 0 … 1, a weight that is negative or not a number, weights that sum to 0, sizes that do
/// not fit, a spread outside 0 … 1; limit: no draw or more than 10,000, or more than 2·10⁸ ranks to hold.
Result<std::vector<RankInterval>> rankIntervals(const CriteriaTable& table, std::span<const double> weights,
                                                const SensitivitySettings& settings = {});

}  // namespace hashimichi::assess::plan
