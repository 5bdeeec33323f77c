#include "geo/assess/ageing/hazard.h"

#include <algorithm>
#include <cmath>

namespace hashimichi::assess::ageing {
namespace {

/// Beyond this many jumps at a time the interval is halved: e^−x must not vanish.
constexpr double most_jumps = 50;
constexpr double smallest_rest = 1e-15;

/// One step of at most `most_jumps` expected jumps, applied to a row of probabilities and its slopes.
class Step {
 public:
  Step(std::span<const double> hazards, double years) : hazards_(hazards), years_(years) {
    fastest_ = *std::max_element(hazards.begin(), hazards.end());
  }

  void apply(StatesAndSlopes& row, bool slopes) const {
    const std::size_t states = hazards_.size() + 1;
    const double jumps = fastest_ * years_;
    StatesAndSlopes term = row, sum = row;
    double weight = std::exp(-jumps), rest = 1 - weight;
    scale(sum, weight, slopes);
    for (int k = 1; rest > smallest_rest && k < 400; ++k) {
      if (slopes) jumpSlopes(term, states);
      jump(term.probability);
      weight *= jumps / k;
      rest -= weight;
      add(sum, term, weight, slopes);
    }
    row = std::move(sum);
  }

 private:
  static void scale(StatesAndSlopes& row, double by, bool slopes) {
    for (double& p : row.probability) p *= by;
    if (slopes)
      for (std::vector<double>& slope : row.by_hazard)
        for (double& s : slope) s *= by;
  }
  static void add(StatesAndSlopes& sum, const StatesAndSlopes& term, double weight, bool slopes) {
    for (std::size_t j = 0; j < sum.probability.size(); ++j) sum.probability[j] += weight * term.probability[j];
    if (slopes)
      for (std::size_t k = 0; k < sum.by_hazard.size(); ++k)
        for (std::size_t j = 0; j < sum.probability.size(); ++j) sum.by_hazard[k][j] += weight * term.by_hazard[k][j];
  }
  /// One possible jump: from state i to i + 1 with θ_i / θ_max.
  void jump(std::vector<double>& row) const {
    for (std::size_t i = hazards_.size(); i-- > 0;) {
      const double leaves = row[i] * (hazards_[i] / fastest_);
      row[i] -= leaves;
      row[i + 1] += leaves;
    }
  }
  /// The same for slopes: the jump of the slope, and the slope of the jump. θ_max is a constant of the method.
  void jumpSlopes(StatesAndSlopes& term, std::size_t states) const {
    for (std::size_t k = 0; k + 1 < states; ++k) {
      jump(term.by_hazard[k]);
      term.by_hazard[k][k] -= term.probability[k] / fastest_;
      term.by_hazard[k][k + 1] += term.probability[k] / fastest_;
    }
  }

  std::span<const double> hazards_;
  double years_, fastest_ = 0;
};

StatesAndSlopes after(std::span<const double> hazards, std::size_t from, double years, bool slopes) {
  const std::size_t states = hazards.size() + 1;
  StatesAndSlopes row{std::vector<double>(states, 0), {}};
  row.probability[std::min(from, states - 1)] = 1;
  if (slopes) row.by_hazard.assign(hazards.size(), std::vector<double>(states, 0));
  if (hazards.empty() || !(years > 0)) return row;
  const double fastest = *std::max_element(hazards.begin(), hazards.end());
  const int steps = std::max(1, static_cast<int>(std::ceil(std::min(fastest * years / most_jumps, 1e6))));
  const Step step(hazards, years / steps);
  for (int k = 0; k < steps; ++k) step.apply(row, slopes);
  return row;
}

/// When the share that has not reached `worst` falls to `share`, from state 0.
double whenLeft(std::span<const double> hazards, std::size_t worst, double share) {
  const auto left = [&](double years) {
    const std::vector<double> p = statesAfter(hazards, 0, years);
    double sum = 0;
    for (std::size_t j = 0; j < worst; ++j) sum += p[j];
    return sum;
  };
  double low = 0, high = 1;
  while (left(high) > share && high < 1e6) high *= 2;
  for (int k = 0; k < 60; ++k) {
    const double middle = (low + high) / 2;
    (left(middle) > share ? low : high) = middle;
  }
  return high;
}

}  // namespace

std::vector<double> statesAfter(std::span<const double> hazards, std::size_t from, double years) {
  return after(hazards, from, years, false).probability;
}

StatesAndSlopes statesAndSlopes(std::span<const double> hazards, std::size_t from, double years) {
  return after(hazards, from, years, true);
}

std::vector<std::vector<double>> transitionMatrix(std::span<const double> hazards, double years) {
  std::vector<std::vector<double>> rows;
  for (std::size_t from = 0; from <= hazards.size(); ++from) rows.push_back(statesAfter(hazards, from, years));
  return rows;
}

std::vector<double> meanYears(std::span<const double> hazards) {
  std::vector<double> years;
  for (const double hazard : hazards) years.push_back(1 / hazard);
  return years;
}

WeibullView weibullView(std::span<const double> hazards, std::size_t worst) {
  const double early = whenLeft(hazards, worst, 0.75), late = whenLeft(hazards, worst, 0.25);
  // −ln R = (t/η)^β at both moments.
  const double shape = std::log(std::log(4.0) / std::log(4.0 / 3)) / std::log(late / early);
  return {late / std::pow(std::log(4.0), 1 / shape), shape};
}

}  // namespace hashimichi::assess::ageing
