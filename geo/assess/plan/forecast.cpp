#include "geo/assess/plan/forecast.h"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <random>

namespace hashimichi::assess::plan {
namespace {

using ageing::HazardFit;
constexpr std::size_t most_shares = 2'000'000'000 / sizeof(Share);

Error refuse(std::string what, ErrorCode code = ErrorCode::bad_input) {
  return Error{code, "forecast", std::move(what), {}};
}

/// The fit with its parameters moved along its covariance; the same stream of draws as ageing::forecastStates.
std::vector<HazardFit> drawFits(const HazardFit& fit, int draws) {
  const auto n = static_cast<Eigen::Index>(fit.covariance.size());
  Eigen::MatrixXd covariance(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < n; ++j)
      covariance(i, j) = fit.covariance[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
  const Eigen::MatrixXd root = Eigen::LLT<Eigen::MatrixXd>(covariance).matrixL();
  std::mt19937_64 random(1);
  std::normal_distribution<double> normal;
  std::vector<HazardFit> drawn(static_cast<std::size_t>(draws), fit);
  for (HazardFit& one : drawn) {
    Eigen::VectorXd noise(n);
    for (Eigen::Index i = 0; i < n; ++i) noise(i) = normal(random);
    const Eigen::VectorXd shift = root * noise;
    for (Eigen::Index i = 0; i < n; ++i) {
      const auto at = static_cast<std::size_t>(i);
      if (at < one.log_hazards.size())
        one.log_hazards[at] += shift(i);
      else
        one.coefficients[at - one.log_hazards.size()] += shift(i);
    }
  }
  return drawn;
}

/// P(0), P(1), … P(span − 1) of one parameter set, each [from][to], appended to `out`.
void appendPowers(const HazardFit& fit, const std::vector<double>& covariates, int span, std::vector<double>& out) {
  const auto one = ageing::transitionMatrix(fit.hazardsFor(covariates), 1);
  const std::size_t n = one.size();
  std::vector<double> power(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) power[i * n + i] = 1;
  for (int year = 0; year < span; ++year) {
    out.insert(out.end(), power.begin(), power.end());
    std::vector<double> next(n * n, 0);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t k = i; k < n; ++k)
        for (std::size_t j = k; j < n; ++j) next[i * n + j] += power[i * n + k] * one[k][j];
    power = std::move(next);
  }
}

/// The rows of one group, [from][year][state], into `to`.
void fillGroup(const HazardFit& fit, const std::vector<HazardFit>& drawn, const std::vector<double>& covariates,
               int span, Share* to) {
  const auto n = static_cast<std::size_t>(fit.states), length = static_cast<std::size_t>(span) * n * n;
  std::vector<double> best, sets, values(drawn.size());
  appendPowers(fit, covariates, span, best);
  sets.reserve(length * drawn.size());
  for (const HazardFit& one : drawn) appendPowers(one, covariates, span, sets);
  const auto last = static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::ptrdiff_t>(0.05 * last), high = static_cast<std::ptrdiff_t>(0.95 * last);
  for (std::size_t at = 0; at < length; ++at) {
    const std::size_t year = at / (n * n), from = at / n % n, state = at % n;
    Share& share = to[(from * static_cast<std::size_t>(span) + year) * n + state];
    share.mean = static_cast<float>(best[at]);
    if (state < from) continue;  // never back: all three are 0
    for (std::size_t k = 0; k < values.size(); ++k) values[k] = sets[k * length + at];
    std::nth_element(values.begin(), values.begin() + low, values.end());
    share.low = static_cast<float>(values[static_cast<std::size_t>(low)]);
    std::nth_element(values.begin() + low, values.begin() + high, values.end());
    share.high = static_cast<float>(values[static_cast<std::size_t>(high)]);
  }
}

}  // namespace

std::span<const Share> StockForecast::at(const AssetState& asset, int year) const {
  const auto n = static_cast<std::size_t>(states_), span = static_cast<std::size_t>(span_);
  const std::size_t row = std::size_t{asset.group} * n + asset.state;
  return {table_.data() + (row * span + static_cast<std::size_t>(year) + asset.years_since_inspection) * n, n};
}

std::vector<std::vector<double>> StockForecast::totals(std::span<const AssetState> assets) const {
  // Assets alike are counted first: the sum then runs over the table's rows, not over the assets of every year.
  const auto n = static_cast<std::size_t>(states_), span = static_cast<std::size_t>(span_);
  std::vector<std::size_t> count(table_.size() / n, 0);
  for (const AssetState& one : assets)
    ++count[(std::size_t{one.group} * n + one.state) * span + one.years_since_inspection];
  std::vector<std::vector<double>> sums(static_cast<std::size_t>(years_) + 1, std::vector<double>(n, 0));
  for (std::size_t row = 0; row < count.size(); ++row) {
    if (count[row] == 0) continue;
    for (std::size_t year = 0; year < sums.size(); ++year)
      for (std::size_t state = 0; state < n; ++state)
        sums[year][state] +=
            static_cast<double>(count[row]) * static_cast<double>(table_[(row + year) * n + state].mean);
  }
  return sums;
}

Result<StockForecast> forecastStock(const HazardFit& fit, const std::vector<std::vector<double>>& covariates,
                                    std::span<const AssetState> assets, int years, int draws) {
  if (years < 1 || years > 100) return refuse(fmt::format("{} years cannot be forecast, only 1 to 100.", years));
  if (draws < 20) return refuse(fmt::format("{} draws are too few for a band; take at least 20.", draws));
  if (draws > 2000) return refuse(fmt::format("{} draws are more than 2000.", draws), ErrorCode::limit);
  for (std::size_t i = 0; i < covariates.size(); ++i)
    if (covariates[i].size() != fit.coefficients.size())
      return refuse(fmt::format("Group {} has {} covariates, the model has {}.", i, covariates[i].size(),
                                fit.coefficients.size()));
  int before = 0;
  for (std::size_t i = 0; i < assets.size(); ++i) {
    if (assets[i].group >= covariates.size() || assets[i].state >= fit.states)
      return refuse(fmt::format("Asset {} has group {} of {} and state {} of {}.", i, assets[i].group,
                                covariates.size(), assets[i].state, fit.states));
    before = std::max(before, int{assets[i].years_since_inspection});
  }
  StockForecast stock;
  stock.years_ = years;
  stock.states_ = fit.states;
  stock.span_ = before + years + 1;
  const auto n = static_cast<std::size_t>(fit.states);
  const std::size_t per_group = n * n * static_cast<std::size_t>(stock.span_);
  if (covariates.size() > most_shares / per_group)
    return refuse(fmt::format("{} groups of covariates need more than 2 GB; group them coarser.", covariates.size()),
                  ErrorCode::limit);
  stock.table_.resize(per_group * covariates.size());
  const std::vector<HazardFit> drawn = drawFits(fit, draws);
  for (std::size_t group = 0; group < covariates.size(); ++group)
    fillGroup(fit, drawn, covariates[group], stock.span_, stock.table_.data() + group * per_group);
  return stock;
}

}  // namespace hashimichi::assess::plan
