#include "geo/assess/ageing/backtest.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace hashimichi::assess::ageing {
namespace {

constexpr double least_said = 0.001;
constexpr int calibration_classes = 10;
/// Age is centred and counted in decades; an unknown age is an ordinary one.
constexpr double ordinary_age_years = 40, years_per_decade = 10;

double aucOf(std::span<const double> probability, std::span<const int> happened, double events, double others) {
  std::vector<std::size_t> order(probability.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return probability[a] < probability[b]; });
  double rank_sum = 0;
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && probability[order[end]] == probability[order[begin]]) ++end;
    const double rank = static_cast<double>(begin + end + 1) / 2;  // ties share their ranks
    for (std::size_t k = begin; k < end; ++k)
      if (happened[order[k]]) rank_sum += rank;
    begin = end;
  }
  return (rank_sum - events * (events + 1) / 2) / (events * others);
}

/// Logistic regression in age by Newton steps, with a faint pull to 0 that keeps separable data finite.
struct AgeModel {
  Eigen::Vector2d at = Eigen::Vector2d::Zero();

  static Eigen::Vector2d row(const DatedPair& pair) {
    return {1, pair.age_years < 0 ? 0 : (pair.age_years - ordinary_age_years) / years_per_decade};
  }
  double operator()(const DatedPair& pair) const { return 1 / (1 + std::exp(-row(pair).dot(at))); }

  void learn(std::span<const DatedPair* const> pairs, int event_state) {
    constexpr double pull = 1e-3;
    for (int step = 0; step < 50; ++step) {
      Eigen::Vector2d slope = -pull * at;
      Eigen::Matrix2d curvature = pull * Eigen::Matrix2d::Identity();
      for (const DatedPair* pair : pairs) {
        const double p = (*this)(*pair), y = pair->pair.to >= event_state ? 1 : 0;
        slope += (y - p) * row(*pair);
        curvature += p * (1 - p) * row(*pair) * row(*pair).transpose();
      }
      const Eigen::Vector2d move = curvature.ldlt().solve(slope);
      at += move;
      if (move.cwiseAbs().maxCoeff() < 1e-10) return;
    }
  }
};

Error bad(std::string what) {
  return {ErrorCode::bad_input, "backtest", std::move(what), {}};
}

}  // namespace

ForecastScore scoreForecasts(std::span<const double> probability, std::span<const int> happened) {
  ForecastScore score;
  double events = 0;
  const double n = static_cast<double>(probability.size());
  if (probability.empty()) return score;
  for (std::size_t k = 0; k < probability.size(); ++k) {
    const double y = happened[k] ? 1 : 0, p = std::clamp(probability[k], least_said, 1 - least_said);
    score.brier += (probability[k] - y) * (probability[k] - y) / n;
    score.log_loss -= std::log(happened[k] ? p : 1 - p) / n;
    events += y;
  }
  if (events > 0 && events < n) score.auc = aucOf(probability, happened, events, n - events);
  return score;
}

std::vector<CalibrationRow> calibrationTable(std::span<const double> probability, std::span<const int> happened) {
  std::vector<CalibrationRow> rows(calibration_classes);
  for (int k = 0; k < calibration_classes; ++k) {
    rows[static_cast<std::size_t>(k)].low = static_cast<double>(k) / calibration_classes;
    rows[static_cast<std::size_t>(k)].high = static_cast<double>(k + 1) / calibration_classes;
  }
  for (std::size_t k = 0; k < probability.size(); ++k) {
    const int at = std::clamp(static_cast<int>(probability[k] * calibration_classes), 0, calibration_classes - 1);
    CalibrationRow& row = rows[static_cast<std::size_t>(at)];
    ++row.count;
    row.mean_stated += probability[k];
    row.share_happened += happened[k] ? 1 : 0;
  }
  for (CalibrationRow& row : rows) {
    if (row.count == 0) continue;
    row.mean_stated /= static_cast<double>(row.count);
    row.share_happened /= static_cast<double>(row.count);
  }
  return rows;
}

Result<Backtest> backtest(std::span<const DatedPair> pairs, const std::vector<std::string>& covariate_names,
                          const std::optional<HazardPrior>& prior, int states, int event_state, int train_until,
                          int test_year) {
  if (test_year <= train_until)
    return bad(fmt::format("The test year {} is not later than the last year of training {}.", test_year, train_until));
  std::vector<const DatedPair*> train, test;
  for (const DatedPair& pair : pairs) {
    if (pair.to_year <= train_until) train.push_back(&pair);
    if (pair.to_year == test_year) test.push_back(&pair);
  }
  if (train.empty()) return bad(fmt::format("No pair of inspections ends in fiscal year {} or before.", train_until));
  if (test.empty()) return bad(fmt::format("No pair of inspections ends in fiscal year {}.", test_year));
  std::vector<InspectionPair> to_learn;
  for (const DatedPair* pair : train) to_learn.push_back(pair->pair);
  Result<HazardFit> fit = fitHazards(states, to_learn, covariate_names, prior);
  if (!fit) return fit.error();
  Backtest result;
  result.train_pairs = train.size(), result.test_pairs = test.size(), result.fit = std::move(*fit);
  AgeModel by_age;
  by_age.learn(train, event_state);
  std::vector<double> modelled, unchanged, aged;
  std::vector<int> happened;
  for (const DatedPair* pair : test) {
    const std::vector<double> states_then = statesAfter(result.fit.hazardsFor(pair->pair.covariates),
                                                        static_cast<std::size_t>(pair->pair.from), pair->pair.years);
    modelled.push_back(std::accumulate(states_then.begin() + event_state, states_then.end(), 0.0));
    unchanged.push_back(pair->pair.from >= event_state ? 1 : 0);
    aged.push_back(by_age(*pair));
    happened.push_back(pair->pair.to >= event_state ? 1 : 0);
    result.events += pair->pair.to >= event_state ? 1 : 0;
  }
  result.model = scoreForecasts(modelled, happened);
  result.no_change = scoreForecasts(unchanged, happened);
  result.age_only = scoreForecasts(aged, happened);
  result.calibration = calibrationTable(modelled, happened);
  return result;
}

}  // namespace hashimichi::assess::ageing
