#pragma once
#include <span>
#include <vector>

namespace hashimichi::assess::ageing {

/// Deterioration through states 1 … J, never back: the stay in state i is exponential with hazard θ_i per year (Tsuda,
/// Kaito, Aoki, Kobayashi, JSCE 2005; DOMAIN F). J is data: four states for I–IV, five for a–e, ten for NBI's ratings.
///
/// `hazards` has J − 1 entries, all positive, 1/years. States count from 0.
using Hazards = std::vector<double>;

/// Probabilities of all states after `years`, from state `from`; they sum to 1. Computed by uniformisation (sums of
/// positive terms), so equal hazards need no guard. Error below 1e-12.
std::vector<double> statesAfter(std::span<const double> hazards, std::size_t from, double years);

/// The same with derivatives: `by_hazard[k][j]` = ∂P(state j)/∂θ_k.
struct StatesAndSlopes {
  std::vector<double> probability;
  std::vector<std::vector<double>> by_hazard;
};
StatesAndSlopes statesAndSlopes(std::span<const double> hazards, std::size_t from, double years);

/// Row i: statesAfter(hazards, i, years).
std::vector<std::vector<double>> transitionMatrix(std::span<const double> hazards, double years);

/// Years that a state lasts on average (RMD): 1/θ_i.
std::vector<double> meanYears(std::span<const double> hazards);

/// The Weibull curve R = exp(−(t/η)^β) through the moments when three quarters and one quarter have not yet reached
/// state `worst` from state 0: another view of the same model, not another model.
struct WeibullView {
  double scale_years = 0, shape = 0;  ///< η, β
};
WeibullView weibullView(std::span<const double> hazards, std::size_t worst);

}  // namespace hashimichi::assess::ageing
