#include "geo/assess/ageing/hazard_fit.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <tuple>

namespace hashimichi::assess::ageing {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int most_iterations = 100;
constexpr double converged_gradient = 1e-7, smallest_probability = 1e-300;
/// Half the width of a 95 % interval in standard deviations.
constexpr double two_sided_95 = 1.959963984540054;

/// Equal pairs are counted once: inspections come in few intervals and few classes.
struct Group {
  InspectionPair pair;
  double count = 0;
};

std::vector<Group> grouped(const std::vector<InspectionPair>& pairs) {
  std::map<std::tuple<int, int, double, std::vector<double>>, double> counts;
  for (const InspectionPair& pair : pairs) counts[{pair.from, pair.to, pair.years, pair.covariates}] += 1;
  std::vector<Group> groups;
  for (const auto& [key, count] : counts)
    groups.push_back({{std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key)}, count});
  return groups;
}

/// Log-likelihood (plus log prior) of parameters (b, c) and its slopes.
class Likelihood {
 public:
  Likelihood(int states, std::vector<Group> groups, std::size_t covariates, const std::optional<HazardPrior>& prior)
      : hazards_(static_cast<std::size_t>(states) - 1),
        covariates_(covariates),
        groups_(std::move(groups)),
        prior_(prior) {}

  std::size_t size() const { return hazards_ + covariates_; }
  /// Of the data alone.
  double value(const VectorXd& at, VectorXd* slope = nullptr) const;
  double posterior(const VectorXd& at, VectorXd* slope = nullptr) const;
  VectorXd priorPrecision() const;
  /// Negative second derivatives of the posterior, from differences of the analytic slopes.
  MatrixXd information(const VectorXd& at) const;

 private:
  std::size_t hazards_, covariates_;
  std::vector<Group> groups_;
  const std::optional<HazardPrior>& prior_;
};

double Likelihood::value(const VectorXd& at, VectorXd* slope) const {
  double sum = 0;
  if (slope) slope->setZero(static_cast<Eigen::Index>(size()));
  Hazards theta(hazards_);
  for (const Group& group : groups_) {
    double effect = 0;
    for (std::size_t k = 0; k < covariates_; ++k)
      effect += at(static_cast<Eigen::Index>(hazards_ + k)) * group.pair.covariates[k];
    for (std::size_t i = 0; i < hazards_; ++i)
      theta[i] = std::exp(std::clamp(at(static_cast<Eigen::Index>(i)) + effect, -40.0, 8.0));
    const auto from = static_cast<std::size_t>(group.pair.from), to = static_cast<std::size_t>(group.pair.to);
    if (!slope) {
      sum += group.count * std::log(std::max(statesAfter(theta, from, group.pair.years)[to], smallest_probability));
      continue;
    }
    const StatesAndSlopes states = statesAndSlopes(theta, from, group.pair.years);
    const double p = std::max(states.probability[to], smallest_probability);
    sum += group.count * std::log(p);
    double all = 0;
    for (std::size_t i = 0; i < hazards_; ++i) {
      const double by_log = group.count * states.by_hazard[i][to] * theta[i] / p;
      (*slope)(static_cast<Eigen::Index>(i)) += by_log;
      all += by_log;
    }
    for (std::size_t k = 0; k < covariates_; ++k)
      (*slope)(static_cast<Eigen::Index>(hazards_ + k)) += all * group.pair.covariates[k];
  }
  return sum;
}

VectorXd Likelihood::priorPrecision() const {
  VectorXd precision = VectorXd::Zero(static_cast<Eigen::Index>(size()));
  if (!prior_) return precision;
  for (std::size_t i = 0; i < size(); ++i) {
    const double sd = i < hazards_ ? prior_->log_sd : prior_->covariate_sd;
    precision(static_cast<Eigen::Index>(i)) = 1 / (sd * sd);
  }
  return precision;
}

double Likelihood::posterior(const VectorXd& at, VectorXd* slope) const {
  double sum = value(at, slope);
  if (!prior_) return sum;
  const VectorXd precision = priorPrecision();
  for (std::size_t i = 0; i < size(); ++i) {
    const auto k = static_cast<Eigen::Index>(i);
    const double away = at(k) - (i < hazards_ ? std::log(prior_->hazards[i]) : 0);
    sum -= 0.5 * precision(k) * away * away;
    if (slope) (*slope)(k) -= precision(k) * away;
  }
  return sum;
}

MatrixXd Likelihood::information(const VectorXd& at) const {
  constexpr double step = 1e-4;
  const auto n = static_cast<Eigen::Index>(size());
  MatrixXd curvature(n, n);
  VectorXd above, below;
  for (Eigen::Index k = 0; k < n; ++k) {
    VectorXd moved = at;
    moved(k) += step;
    posterior(moved, &above);
    moved(k) = at(k) - step;
    posterior(moved, &below);
    curvature.col(k) = (below - above) / (2 * step);
  }
  return (curvature + curvature.transpose()) / 2;
}

struct Climb {
  VectorXd at;
  int iterations = 0;
  bool converged = false;
};

/// Newton steps with as much damping as it takes to rise.
Climb climb(const Likelihood& likelihood, VectorXd at) {
  VectorXd slope;
  double height = likelihood.posterior(at, &slope), damping = 1e-3;
  for (int k = 1; k <= most_iterations; ++k) {
    if (slope.cwiseAbs().maxCoeff() < converged_gradient * std::max(1.0, std::fabs(height))) return {at, k, true};
    MatrixXd information = likelihood.information(at);
    bool rose = false;
    for (int attempt = 0; attempt < 30 && !rose; ++attempt) {
      MatrixXd damped = information;
      damped.diagonal().array() += damping * (1 + information.diagonal().cwiseAbs().array());
      const Eigen::LDLT<MatrixXd> solver(damped);
      VectorXd step = solver.isPositive() ? VectorXd(solver.solve(slope)) : slope;
      if (const double longest = step.cwiseAbs().maxCoeff(); longest > 2) step *= 2 / longest;
      VectorXd next_slope;
      const double next = likelihood.posterior(at + step, &next_slope);
      rose = std::isfinite(next) && next > height;
      damping = rose ? std::max(damping / 10, 1e-9) : damping * 10;
      if (rose) at += step, height = next, slope = next_slope;
    }
    if (!rose) return {at, k, true};  // as high as the arithmetic can tell
  }
  return {at, most_iterations, false};
}

/// A first guess: departures from each state over the years spent in it.
VectorXd firstGuess(int states, const std::vector<Group>& groups, std::size_t covariates) {
  const auto hazards = static_cast<std::size_t>(states) - 1;
  std::vector<double> left(hazards, 0.5), years(hazards, 20);
  for (const Group& group : groups) {
    const auto from = static_cast<std::size_t>(group.pair.from);
    if (from >= hazards) continue;
    years[from] += group.count * group.pair.years;
    if (group.pair.to > group.pair.from) left[from] += group.count;
  }
  VectorXd at = VectorXd::Zero(static_cast<Eigen::Index>(hazards + covariates));
  for (std::size_t i = 0; i < hazards; ++i) at(static_cast<Eigen::Index>(i)) = std::log(left[i] / years[i]);
  return at;
}

std::optional<Error> faultIn(int states, const std::vector<InspectionPair>& pairs, std::size_t covariates,
                             const std::optional<HazardPrior>& prior) {
  const auto bad = [](std::string what) { return Error{ErrorCode::bad_input, "deterioration", std::move(what), {}}; };
  if (states < 2) return bad("A deterioration model needs at least two states.");
  if (prior && (prior->hazards.size() + 1 != static_cast<std::size_t>(states) || !(prior->log_sd > 0) ||
                !(prior->covariate_sd > 0)))
    return bad(fmt::format("The prior must name {} hazards and positive deviations.", states - 1));
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    const InspectionPair& pair = pairs[k];
    if (pair.from < 0 || pair.from >= states || pair.to < 0 || pair.to >= states)
      return bad(fmt::format("Pair {} names a state outside 0 … {}.", k + 1, states - 1));
    if (!(pair.years > 0) || !std::isfinite(pair.years))
      return bad(fmt::format("Pair {} has no positive interval.", k + 1));
    if (pair.covariates.size() != covariates)
      return bad(fmt::format("Pair {} has {} covariates, {} are named.", k + 1, pair.covariates.size(), covariates));
  }
  return std::nullopt;
}

}  // namespace

Hazards HazardFit::hazardsFor(const std::vector<double>& covariates) const {
  double effect = 0;
  for (std::size_t k = 0; k < std::min(coefficients.size(), covariates.size()); ++k)
    effect += coefficients[k] * covariates[k];
  Hazards hazards;
  for (const double log_hazard : log_hazards) hazards.push_back(std::exp(log_hazard + effect));
  return hazards;
}

HazardFit::Interval HazardFit::hazardInterval(std::size_t state) const {
  const double half = two_sided_95 * std::sqrt(covariance[state][state]);
  return {std::exp(log_hazards[state] - half), std::exp(log_hazards[state] + half)};
}

HazardFit::Interval HazardFit::coefficientInterval(std::size_t covariate) const {
  const std::size_t k = log_hazards.size() + covariate;
  const double half = two_sided_95 * std::sqrt(covariance[k][k]);
  return {coefficients[covariate] - half, coefficients[covariate] + half};
}

Result<HazardFit> fitHazards(int states, const std::vector<InspectionPair>& pairs,
                             const std::vector<std::string>& covariate_names, const std::optional<HazardPrior>& prior) {
  if (const std::optional<Error> fault = faultIn(states, pairs, covariate_names.size(), prior)) return *fault;
  std::vector<InspectionPair> usable;
  std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(usable),
               [](const InspectionPair& pair) { return pair.to >= pair.from; });
  if (usable.empty() && !prior)
    return Error{ErrorCode::bad_input, "deterioration", "There is no pair of inspections to learn from.",
                 "Give a prior."};
  const std::vector<Group> groups = grouped(usable);
  const Likelihood likelihood(states, groups, covariate_names.size(), prior);
  const Climb found = climb(likelihood, firstGuess(states, groups, covariate_names.size()));
  const MatrixXd information = likelihood.information(found.at);
  const Eigen::LDLT<MatrixXd> solver(information);
  const double weakest = information.diagonal().minCoeff();
  if (!found.converged || solver.info() != Eigen::Success || !solver.isPositive() || weakest < 1e-6)
    return Error{ErrorCode::limit, "deterioration", "The inspections say nothing about at least one of the hazards.",
                 "Give a prior, or join states."};
  const auto n = information.rows();
  const MatrixXd covariance = solver.solve(MatrixXd::Identity(n, n));
  const VectorXd precision = likelihood.priorPrecision();
  HazardFit fit{states,
                covariate_names,
                {},
                {},
                {},
                {},
                likelihood.value(found.at),
                usable.size(),
                pairs.size() - usable.size(),
                found.iterations};
  for (Eigen::Index k = 0; k < n; ++k) {
    (k + 1 < states ? fit.log_hazards : fit.coefficients).push_back(found.at(k));
    fit.covariance.emplace_back(covariance.col(k).begin(), covariance.col(k).end());
    fit.prior_share.push_back(precision(k) / information(k, k));
  }
  return fit;
}

StateForecast forecastStates(const HazardFit& fit, std::size_t from, double years,
                             const std::vector<double>& covariates, int draws) {
  StateForecast forecast;
  forecast.mean = statesAfter(fit.hazardsFor(covariates), from, years);
  const auto n = static_cast<Eigen::Index>(fit.covariance.size());
  MatrixXd covariance(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < n; ++j)
      covariance(i, j) = fit.covariance[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
  const MatrixXd root = Eigen::LLT<MatrixXd>(covariance).matrixL();
  std::mt19937_64 random(1);
  std::normal_distribution<double> normal;
  std::vector<std::vector<double>> drawn(forecast.mean.size());
  HazardFit other = fit;
  for (int k = 0; k < draws; ++k) {
    VectorXd noise(n);
    for (Eigen::Index i = 0; i < n; ++i) noise(i) = normal(random);
    const VectorXd shift = root * noise;
    for (Eigen::Index i = 0; i < n; ++i) {
      const auto at = static_cast<std::size_t>(i);
      if (at < fit.log_hazards.size())
        other.log_hazards[at] = fit.log_hazards[at] + shift(i);
      else
        other.coefficients[at - fit.log_hazards.size()] = fit.coefficients[at - fit.log_hazards.size()] + shift(i);
    }
    const std::vector<double> states = statesAfter(other.hazardsFor(covariates), from, years);
    for (std::size_t j = 0; j < states.size(); ++j) drawn[j].push_back(states[j]);
  }
  for (std::vector<double>& values : drawn) {
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) {
      return values.empty() ? 0 : values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
    };
    forecast.low.push_back(at(0.05));
    forecast.high.push_back(at(0.95));
  }
  return forecast;
}

}  // namespace hashimichi::assess::ageing
