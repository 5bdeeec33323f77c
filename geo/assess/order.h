#pragma once
#include <cmath>
#include <vector>

#include "geo/assess/ranking.h"

namespace hashimichi::assess {

/// Rounded to 1e-6, so that the last bits of a sum never decide a rank.
inline double quantise(double value) {
  return std::round(value * 1e6) / 1e6;
}

/// Sorts by tier, precedence, score and id, and fills in rank and band. Bands: ① overdue, ② the upper half of dispatch,
/// ③ its lower half, ④ watch, ⑤ none; 0 = held or not assessed. Not assessed rows come last, by id, without a rank.
void putInOrder(std::vector<Ranked>& rows);

}  // namespace hashimichi::assess
