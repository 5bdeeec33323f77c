#pragma once
#include <vector>

#include "geo/core/result.h"

namespace hashimichi::assess::plan {

/// Weights from comparisons in pairs (Saaty's analytic hierarchy process).
struct AhpWeights {
  std::vector<double> weights;  ///< the principal eigenvector, summing to 1
  double lambda_max = 0;
  double consistency_ratio = 0;  ///< ((λ − n)/(n − 1))/RI; above 0.1 the comparisons contradict one another
};

/// `matrix[i][j]`: how many times more i weighs than j. Saaty's random indices, n = 1 … 10. bad_input: not square, an
/// entry that is not positive, or matrix[i][j]·matrix[j][i] ≠ 1 (1 % allowed, for 0.33 written instead of 1/3);
/// limit: more than 10 criteria.
Result<AhpWeights> ahpWeights(const std::vector<std::vector<double>>& matrix);

}  // namespace hashimichi::assess::plan
