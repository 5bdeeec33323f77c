#include "geo/assess/plan/priority.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "geo/assess/order.h"

namespace hashimichi::assess::plan {
namespace {

constexpr std::size_t most_ranks = 200'000'000;

/// Evenly in 0 … 1 from the top 53 bits: unlike the library's distribution the same with every compiler.
double even(std::mt19937_64& random) {
  return static_cast<double>(random() >> 11) * 0x1p-53;
}

std::string faultOf(const CriteriaTable& table, std::span<const double> weights, const SensitivitySettings& settings) {
  if (weights.empty() || weights.size() != table.criteria) return "There is not one weight for each criterion.";
  if (table.values.size() != table.assets() * table.criteria) return "The table does not hold a value per criterion.";
  double sum = 0;
  for (const double weight : weights) {
    if (!(weight >= 0) || !std::isfinite(weight)) return "A weight is negative or not a number.";
    sum += weight;
  }
  if (!(sum > 0)) return "All weights are 0.";
  if (!(settings.weight_spread >= 0 && settings.weight_spread <= 1)) return "The spread is not within 0 to 1.";
  for (std::size_t i = 0; i < table.values.size(); ++i)
    if (table.values[i] < 0 || table.values[i] > 1)
      return fmt::format("Criterion {} of asset {} is outside 0 to 1.", i % table.criteria, i / table.criteria);
  return {};
}

/// 0 … 100. Unknowns are drawn where there is a source of chance, else left out.
double scoreOf(const float* values, std::span<const double> weights, std::mt19937_64* random) {
  double sum = 0, known = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    double value = static_cast<double>(values[i]);
    if (std::isnan(value)) {
      if (!random) continue;
      value = even(*random);
    }
    sum += weights[i] * value;
    known += weights[i];
  }
  return known > 0 ? quantise(std::clamp(100 * sum / known, 0.0, 100.0)) : 0;
}

void rankBy(const CriteriaTable& table, const std::vector<double>& scores, std::vector<std::uint32_t>& order) {
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (table.tiers[a] != table.tiers[b]) return table.tiers[a] < table.tiers[b];
    if (scores[a] != scores[b]) return scores[a] > scores[b];
    return a < b;
  });
}

}  // namespace

Result<std::vector<RankInterval>> rankIntervals(const CriteriaTable& table, std::span<const double> weights,
                                                const SensitivitySettings& settings) {
  const std::size_t n = table.assets();
  if (std::string fault = faultOf(table, weights, settings); !fault.empty())
    return Error{ErrorCode::bad_input, "priority", std::move(fault), {}};
  if (settings.draws < 1 || settings.draws > 10'000 || n > most_ranks / static_cast<std::size_t>(settings.draws))
    return Error{ErrorCode::limit, "priority",
                 fmt::format("{} draws for {} assets are too many to hold, or none.", settings.draws, n),
                 "Take 1 to 10,000 draws, fewer for many assets."};
  const auto draws = static_cast<std::size_t>(settings.draws);
  std::vector<RankInterval> rows(n);
  std::vector<double> scores(n);
  std::vector<std::uint32_t> order(n), ranks(n * draws);
  for (std::size_t i = 0; i < n; ++i)
    rows[i].score = scores[i] = scoreOf(&table.values[i * table.criteria], weights, nullptr);
  rankBy(table, scores, order);
  for (std::size_t place = 0; place < n; ++place) rows[order[place]].rank = static_cast<std::uint32_t>(place + 1);
  std::mt19937_64 random(settings.seed);
  std::vector<double> moved(weights.size());
  for (std::size_t draw = 0; draw < draws; ++draw) {
    for (std::size_t i = 0; i < moved.size(); ++i)
      moved[i] = weights[i] * (1 + settings.weight_spread * (2 * even(random) - 1));
    for (std::size_t i = 0; i < n; ++i) scores[i] = scoreOf(&table.values[i * table.criteria], moved, &random);
    rankBy(table, scores, order);
    for (std::size_t place = 0; place < n; ++place)
      ranks[order[place] * draws + draw] = static_cast<std::uint32_t>(place + 1);
  }
  const auto low = static_cast<std::size_t>(std::lround(0.05 * static_cast<double>(draws - 1)));
  const auto high = static_cast<std::size_t>(std::lround(0.95 * static_cast<double>(draws - 1)));
  for (std::size_t i = 0; i < n; ++i) {
    const auto first = ranks.begin() + static_cast<std::ptrdiff_t>(i * draws);
    std::sort(first, first + static_cast<std::ptrdiff_t>(draws));
    rows[i].rank_low = first[static_cast<std::ptrdiff_t>(low)];
    rows[i].rank_high = first[static_cast<std::ptrdiff_t>(high)];
  }
  return rows;
}

}  // namespace hashimichi::assess::plan
