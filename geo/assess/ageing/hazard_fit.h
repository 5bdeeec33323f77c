#pragma once
#include <optional>
#include <string>
#include <vector>

#include "geo/assess/ageing/hazard.h"
#include "geo/core/result.h"

namespace hashimichi::assess::ageing {

/// Two inspections of one asset, without a repair between them.
struct InspectionPair {
  int from = 0, to = 0;  ///< states, from 0; to ≥ from
  double years = 5;
  std::vector<double> covariates;  ///< as many for every pair: age, traffic, salt …, centred or not; may be none
};

/// What is believed before the data: log θ_i is normal about log `hazards`. DOMAIN F: (0.05, 0.012, 0.03) for I–IV,
/// "prior, not local".
struct HazardPrior {
  Hazards hazards;
  double log_sd = 1;          ///< of each log θ; 0.7 means a factor of 2 either way
  double covariate_sd = 0.5;  ///< of each coefficient about 0
};

/// θ_i(x) = exp(b_i + Σ c_k x_k): a hazard of its own for each state, the same relative effect of a covariate in all of
/// them.
struct HazardFit {
  int states = 0;
  std::vector<std::string> covariate_names;
  std::vector<double> log_hazards;              ///< b_i, J − 1 of them
  std::vector<double> coefficients;             ///< c_k
  std::vector<std::vector<double>> covariance;  ///< of (b, c), from the curvature at the maximum
  std::vector<double> prior_share;              ///< of each parameter's certainty: 0 all data, 1 all prior
  double log_likelihood = 0;                    ///< of the data alone
  std::size_t pairs = 0, left_out_improved = 0;
  int iterations = 0;

  Hazards hazardsFor(const std::vector<double>& covariates) const;
  struct Interval {
    double low = 0, high = 0;
  };
  /// 95 % interval of θ_i where all covariates are 0, normal in log θ.
  Interval hazardInterval(std::size_t state) const;
  Interval coefficientInterval(std::size_t covariate) const;
};

/// Maximum likelihood, or with a prior maximum a posteriori, by damped Newton steps on the analytic gradient (Eigen).
/// Pairs that improve are unknown repairs: left out and counted. Deterministic. bad_input: fewer than two states, a
/// state out of range, covariates of unlike number, no usable pair and no prior, an interval that is not positive;
/// limit: the data hold no information on a parameter and there is no prior.
Result<HazardFit> fitHazards(int states, const std::vector<InspectionPair>& pairs,
                             const std::vector<std::string>& covariate_names, const std::optional<HazardPrior>& prior);

/// Probabilities of the states after some years with a band from the fit's own uncertainty: 5 % and 95 % of `draws`
/// parameter sets drawn with a fixed seed.
struct StateForecast {
  std::vector<double> mean, low, high;  ///< by state; `mean` is at the best estimate
};
StateForecast forecastStates(const HazardFit& fit, std::size_t from, double years,
                             const std::vector<double>& covariates, int draws = 400);

}  // namespace hashimichi::assess::ageing
