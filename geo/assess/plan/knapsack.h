#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "geo/core/result.h"

namespace hashimichi::assess::plan {

/// One measure that is taken whole or not at all. Cost in yen, value in any unit (risk taken away, cost saved).
struct Choice {
  std::int64_t cost_yen = 0;
  double value = 0;
};

/// What one year's budget buys.
struct Selection {
  std::vector<std::uint32_t> chosen;  ///< indices, ascending
  std::int64_t cost_yen = 0;
  double value = 0;
  double bound = 0;    ///< no selection can be worth more
  bool exact = false;  ///< proven best; then bound = value
  double gap() const { return bound > 0 ? (bound - value) / bound : 0; }
};

/// 0–1 knapsack (DOMAIN F): branch and bound on the linear relaxation by value per cost. When `most_steps` are used up
/// the best selection so far is told with the relaxation's bound; that gap is at most one item's value, so it shrinks
/// as the stock grows. Choices worth nothing are never taken; free ones always are. Deterministic; ties by index;
/// O(n log n + most_steps). bad_input: a negative cost or budget, a value that is not a number or negative.
Result<Selection> chooseUnderBudget(std::span<const Choice> choices, std::int64_t budget_yen,
                                    std::uint64_t most_steps = 2'000'000);

}  // namespace hashimichi::assess::plan
