#include "geo/assess/plan/ahp.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace hashimichi::assess::plan {
namespace {

/// Saaty 1980: the mean consistency index of random reciprocal matrices, n = 1 … 10.
constexpr std::array<double, 10> random_index{0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49};

std::string faultOf(const std::vector<std::vector<double>>& matrix) {
  if (matrix.empty()) return "There are no comparisons.";
  for (const auto& row : matrix)
    if (row.size() != matrix.size()) return "The comparisons are not a square table.";
  for (std::size_t i = 0; i < matrix.size(); ++i)
    for (std::size_t j = i; j < matrix.size(); ++j) {
      const double there = matrix[i][j], back = matrix[j][i];
      if (!(there > 0 && back > 0) || !std::isfinite(there) || !std::isfinite(back))
        return fmt::format("The comparison of {} with {} is not a positive number.", i + 1, j + 1);
      if (std::abs(there * back - 1) > 0.01)
        return fmt::format("The comparison of {} with {} is not the inverse of the one back.", i + 1, j + 1);
    }
  return {};
}

}  // namespace

Result<AhpWeights> ahpWeights(const std::vector<std::vector<double>>& matrix) {
  const std::size_t n = matrix.size();
  if (n > random_index.size())
    return Error{ErrorCode::limit, "AHP", fmt::format("{} criteria are more than 10.", n), "Group the criteria."};
  if (std::string fault = faultOf(matrix); !fault.empty())
    return Error{ErrorCode::bad_input, "AHP", std::move(fault), {}};
  AhpWeights result;
  result.weights.assign(n, 1 / static_cast<double>(n));
  // The power method: a positive matrix has one largest eigenvalue, so it settles from any positive start.
  for (int step = 0; step < 1000; ++step) {
    std::vector<double> next(n, 0);
    double sum = 0, change = 0;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) next[i] += matrix[i][j] * result.weights[j];
      sum += next[i];
    }
    for (std::size_t i = 0; i < n; ++i) {
      next[i] /= sum;
      change += std::abs(next[i] - result.weights[i]);
    }
    result.weights = std::move(next);
    result.lambda_max = sum;
    if (change < 1e-14) break;
  }
  const auto size = static_cast<double>(n);
  if (n > 2) result.consistency_ratio = (result.lambda_max - size) / (size - 1) / random_index[n - 1];
  return result;
}

}  // namespace hashimichi::assess::plan
