#pragma once
#include <span>
#include <string>
#include <vector>

#include "geo/assess/ageing/inspection_pairs.h"

namespace hashimichi::assess::ageing {

/// How good stated probabilities of an event were.
struct ForecastScore {
  double brier = 0;     ///< mean (p − y)²
  double log_loss = 0;  ///< mean −ln of the probability of what came; p kept within 0.1 % … 99.9 %
  std::optional<double>
      auc;  ///< chance that a case where it came had the higher p, ties half; nothing where all ended alike
};
ForecastScore scoreForecasts(std::span<const double> probability, std::span<const int> happened);

/// What was said against what came, in classes of the stated probability.
struct CalibrationRow {
  double low = 0, high = 0;  ///< the class [low, high)
  std::size_t count = 0;
  double mean_stated = 0, share_happened = 0;
};
std::vector<CalibrationRow> calibrationTable(std::span<const double> probability, std::span<const int> happened);

/// The event: state `event_state` or worse at the second inspection.
struct Backtest {
  std::size_t train_pairs = 0, test_pairs = 0, events = 0;
  HazardFit fit;
  ForecastScore model;
  ForecastScore no_change;                  ///< as at the first inspection: probability 0 or 1
  ForecastScore age_only;                   ///< logistic in age, fitted on the same training pairs
  std::vector<CalibrationRow> calibration;  ///< of the model
};

/// Fits on pairs that end in fiscal year `train_until` or before, tests on pairs that end in `test_year` (and begin
/// before it). bad_input where the test year is not later or one of the two has no pairs; else as fitHazards.
Result<Backtest> backtest(std::span<const DatedPair> pairs, const std::vector<std::string>& covariate_names,
                          const std::optional<HazardPrior>& prior, int states, int event_state, int train_until,
                          int test_year);

}  // namespace hashimichi::assess::ageing
