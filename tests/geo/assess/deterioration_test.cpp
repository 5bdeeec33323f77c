// The hazard model: published transition matrices, known parameters found again, what too little data say.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "geo/assess/ageing/backtest.h"
#include "geo/assess/ageing/hazard.h"
#include "geo/assess/ageing/hazard_fit.h"
#include "tests/support/shared_data.h"

namespace hashimichi::assess::ageing {
namespace {

TEST(Hazard, TransitionsEqualTheReferenceTables) {
  const nlohmann::json vectors = tests::domainVectors();
  HASHIMICHI_NEEDS_SHARED(tests::sharedDir() / "reference" / "domain_vectors.json");
  for (const nlohmann::json& one : vectors["hazard"]) {
    const Hazards hazards = one["theta"].get<Hazards>();
    const auto matrix = transitionMatrix(hazards, one["years"]);
    for (std::size_t i = 0; i < matrix.size(); ++i)
      for (std::size_t j = 0; j < matrix.size(); ++j) EXPECT_NEAR(matrix[i][j], one["P"][i][j].get<double>(), 6e-10);
  }
}

TEST(Hazard, FiveSingleYearsAreFiveYears) {
  const Hazards hazards{0.05, 0.02, 0.03};
  const auto one = transitionMatrix(hazards, 1), five = transitionMatrix(hazards, 5);
  for (std::size_t from = 0; from < 4; ++from) {
    std::vector<double> row(4, 0);
    row[from] = 1;
    for (int year = 0; year < 5; ++year) {
      std::vector<double> next(4, 0);
      for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t j = 0; j < 4; ++j) next[j] += row[i] * one[i][j];
      row = next;
    }
    for (std::size_t j = 0; j < 4; ++j) EXPECT_NEAR(row[j], five[from][j], 1e-12);
  }
}

TEST(Hazard, EqualHazardsArePoissonCounts) {
  // With equal hazards the number of jumps is Poisson: e^−1, e^−1, e^−1/2 for θ t = 1.
  const std::vector<double> states = statesAfter(Hazards{0.1, 0.1, 0.1}, 0, 10);
  EXPECT_NEAR(states[0], std::exp(-1), 1e-12);
  EXPECT_NEAR(states[1], std::exp(-1), 1e-12);
  EXPECT_NEAR(states[2], std::exp(-1) / 2, 1e-12);
}

TEST(Hazard, LongTimesEndInTheWorstStateAndNothingIsLost) {
  const std::vector<double> states = statesAfter(Hazards{5, 0.5, 2, 1}, 0, 400);
  EXPECT_NEAR(states.back(), 1, 1e-9);
  double sum = 0;
  for (const double p : states) sum += p;
  EXPECT_NEAR(sum, 1, 1e-11);
}

TEST(Hazard, SlopesEqualDifferences) {
  const Hazards hazards{0.05, 0.02, 0.03};
  const StatesAndSlopes at = statesAndSlopes(hazards, 0, 7);
  for (std::size_t k = 0; k < 3; ++k) {
    Hazards more = hazards, less = hazards;
    more[k] += 1e-6, less[k] -= 1e-6;
    const std::vector<double> above = statesAfter(more, 0, 7), below = statesAfter(less, 0, 7);
    for (std::size_t j = 0; j < 4; ++j) EXPECT_NEAR(at.by_hazard[k][j], (above[j] - below[j]) / 2e-6, 1e-7);
  }
}

TEST(Hazard, TheDefaultPriorSaysWhatItsSourceSays) {
  // DOMAIN F: five-year probability of III or IV 0.68 % from I, 5.82 % from II; states last 20, 83 and 33 years.
  const Hazards prior{0.05, 0.012, 0.03};
  const std::vector<double> from_1 = statesAfter(prior, 0, 5), from_2 = statesAfter(prior, 1, 5);
  EXPECT_NEAR(from_1[2] + from_1[3], 0.0068, 5e-5);
  EXPECT_NEAR(from_2[2] + from_2[3], 0.0582, 5e-5);
  EXPECT_NEAR(meanYears(prior)[1], 83.3, 0.05);
}

TEST(Hazard, OneHazardIsAWeibullCurveOfShapeOne) {
  const WeibullView view = weibullView(Hazards{0.04}, 1);
  EXPECT_NEAR(view.shape, 1, 1e-9);
  EXPECT_NEAR(view.scale_years, 25, 1e-6);
}

/// A jump process drawn stay by stay, without the code under test.
int simulated(const Hazards& hazards, int from, double years, std::mt19937_64& random) {
  int state = from;
  for (double at = 0; state < static_cast<int>(hazards.size()); ++state) {
    at += std::exponential_distribution<double>(hazards[static_cast<std::size_t>(state)])(random);
    if (at > years) break;
  }
  return state;
}

std::vector<InspectionPair> simulatedPairs(const Hazards& hazards, std::size_t count, std::mt19937_64& random) {
  std::vector<InspectionPair> pairs;
  for (std::size_t k = 0; k < count; ++k) {
    const int from = static_cast<int>(k % hazards.size());
    const double years = 4 + static_cast<double>(k % 3);
    pairs.push_back({from, simulated(hazards, from, years, random), years, {}});
  }
  return pairs;
}

TEST(HazardFit, The95PercentIntervalCoversTheTruthInAbout95OfAHundredRuns) {
  const Hazards truth{0.05, 0.02, 0.03};
  std::mt19937_64 random(2024);
  std::array<int, 3> covered{};
  constexpr int runs = 1000;
  for (int run = 0; run < runs; ++run) {
    const Result<HazardFit> fit = fitHazards(4, simulatedPairs(truth, 1500, random), {}, std::nullopt);
    ASSERT_TRUE(fit) << fit.error().text();
    for (std::size_t i = 0; i < 3; ++i) {
      const HazardFit::Interval interval = fit->hazardInterval(i);
      covered[i] += interval.low <= truth[i] && truth[i] <= interval.high ? 1 : 0;
    }
  }
  for (const int hits : covered) {
    EXPECT_GE(hits, 925);
    EXPECT_LE(hits, 975);
  }
}

TEST(HazardFit, FromFewPairsThePriorPullsAndSaysHowMuch) {
  const Hazards truth{0.05, 0.02, 0.03};
  const HazardPrior prior{{0.05, 0.012, 0.03}, 0.7, 0.5};
  std::mt19937_64 random(11);
  const Result<HazardFit> few = fitHazards(4, simulatedPairs(truth, 30, random), {}, prior);
  const Result<HazardFit> many = fitHazards(4, simulatedPairs(truth, 6000, random), {}, prior);
  const Result<HazardFit> none = fitHazards(4, {}, {}, prior);
  ASSERT_TRUE(few && many && none);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(none->prior_share[i], 1, 1e-6);
    EXPECT_GT(few->prior_share[i], many->prior_share[i]);
    EXPECT_LT(many->prior_share[i], 0.1);
    EXPECT_NEAR(std::exp(none->log_hazards[i]), prior.hazards[i], 1e-6);
    EXPECT_NEAR(std::exp(many->log_hazards[i]) / truth[i], 1, 0.2);
  }
}

TEST(HazardFit, SmallSamplesDrawnFromThePriorAreCoveredAsPromised) {
  // Truth itself drawn from the prior: then the interval must hold whatever the sample's size.
  const HazardPrior prior{{0.05, 0.012, 0.03}, 0.7, 0.5};
  std::mt19937_64 random(5);
  std::normal_distribution<double> normal;
  std::array<int, 3> covered{};
  for (int run = 0; run < 1000; ++run) {
    Hazards truth = prior.hazards;
    for (double& hazard : truth) hazard *= std::exp(prior.log_sd * normal(random));
    const Result<HazardFit> fit = fitHazards(4, simulatedPairs(truth, 45, random), {}, prior);
    ASSERT_TRUE(fit) << fit.error().text();
    for (std::size_t i = 0; i < 3; ++i) {
      const HazardFit::Interval interval = fit->hazardInterval(i);
      covered[i] += interval.low <= truth[i] && truth[i] <= interval.high ? 1 : 0;
    }
  }
  for (const int hits : covered) {
    EXPECT_GE(hits, 925);
    EXPECT_LE(hits, 975);
  }
}

TEST(HazardFit, ACovariateIsFoundAgain) {
  // Salt doubles every hazard: c = ln 2.
  std::mt19937_64 random(8);
  std::vector<InspectionPair> pairs;
  for (int k = 0; k < 8000; ++k) {
    const double salt = k % 2;
    const double factor = salt > 0 ? 2 : 1;
    const int from = k % 3;
    pairs.push_back({from, simulated({0.05 * factor, 0.02 * factor, 0.03 * factor}, from, 5, random), 5, {salt}});
  }
  const Result<HazardFit> fit = fitHazards(4, pairs, {"salt"}, std::nullopt);
  ASSERT_TRUE(fit) << fit.error().text();
  const HazardFit::Interval interval = fit->coefficientInterval(0);
  EXPECT_LE(interval.low, std::log(2));
  EXPECT_GE(interval.high, std::log(2));
  EXPECT_GT(interval.low, 0.4);
}

TEST(HazardFit, ImprovementsAreRepairsAndLeftOut) {
  std::mt19937_64 random(8);
  std::vector<InspectionPair> pairs = simulatedPairs({0.05, 0.02, 0.03}, 600, random);
  const Result<HazardFit> plain = fitHazards(4, pairs, {}, std::nullopt);
  pairs.push_back({2, 0, 5, {}});
  pairs.push_back({3, 1, 5, {}});
  const Result<HazardFit> repaired = fitHazards(4, pairs, {}, std::nullopt);
  ASSERT_TRUE(plain && repaired);
  EXPECT_EQ(repaired->left_out_improved, 2u);
  EXPECT_EQ(repaired->log_hazards, plain->log_hazards);
}

TEST(HazardFit, SaysWhatIsWrongWithItsInput) {
  const auto why = [](int states, const std::vector<InspectionPair>& pairs, const std::vector<std::string>& names) {
    const Result<HazardFit> fit = fitHazards(states, pairs, names, std::nullopt);
    return fit ? std::string() : fit.error().what;
  };
  EXPECT_NE(why(4, {}, {}).find("no pair"), std::string::npos);
  EXPECT_NE(why(4, {{0, 7, 5, {}}}, {}).find("Pair 1"), std::string::npos);
  EXPECT_NE(why(4, {{0, 1, -5, {}}}, {}).find("interval"), std::string::npos);
  EXPECT_NE(why(4, {{0, 1, 5, {}}}, {"age"}).find("covariates"), std::string::npos);
  EXPECT_NE(why(4, {{0, 0, 5, {}}, {0, 1, 5, {}}}, {}).find("say nothing"), std::string::npos);
}

TEST(StateForecast, BandsHoldTheMeanAndNarrowWithData) {
  std::mt19937_64 random(4);
  const auto width = [&](std::size_t pairs) {
    const Result<HazardFit> fit = fitHazards(4, simulatedPairs({0.05, 0.02, 0.03}, pairs, random), {}, std::nullopt);
    EXPECT_TRUE(fit);
    const StateForecast forecast = forecastStates(*fit, 1, 20, {});
    for (std::size_t j = 1; j < 4; ++j) {
      EXPECT_LE(forecast.low[j], forecast.mean[j]);
      EXPECT_GE(forecast.high[j], forecast.mean[j]);
    }
    return forecast.high[2] - forecast.low[2];
  };
  EXPECT_LT(width(20000), width(500));
}

model::Bridge bridgeWith(const std::string& id, std::vector<std::pair<Date, assets::Soundness>> cycles) {
  model::Bridge bridge;
  bridge.id = id;
  bridge.year_built = 1970;
  for (const auto& [date, soundness] : cycles) {
    assets::Inspection inspection;
    inspection.date = date;
    inspection.soundness = soundness;
    bridge.inspections.push_back(inspection);
  }
  return bridge;
}

TEST(InspectionPairs, FollowTheDaysAndStopAtRepairs) {
  using assets::Soundness;
  std::vector<model::Bridge> bridges{
      bridgeWith("b1", {{{2019, 6, 1}, Soundness::II}, {{2014, 6, 1}, Soundness::I}, {{2024, 1, 10}, Soundness::III}}),
      bridgeWith("b2", {{{2014, 0, 0}, Soundness::III}, {{2019, 0, 0}, Soundness::I}}),
      bridgeWith("b3", {{{2019, 5, 1}, Soundness::unknown}, {{2024, 5, 1}, Soundness::II}})};
  bridges[1].inspections[0].status = assets::MeasureStatus::done;
  const std::vector<Covariate> covariates{Covariate::age, Covariate::steel};
  const InspectionPairs found = inspectionPairs(bridges, covariates);
  ASSERT_EQ(found.pairs.size(), 2u);  // b1: 2014 → 2019 → January 2024, which is fiscal year 2023
  EXPECT_EQ(found.pairs[0].pair.from, 0);
  EXPECT_EQ(found.pairs[0].pair.to, 1);
  EXPECT_NEAR(found.pairs[0].pair.years, 1826 / 365.25, 1e-9);
  EXPECT_EQ(found.pairs[1].to_year, 2023);
  EXPECT_NEAR(found.pairs[1].pair.covariates[0], 0.9, 1e-12);  // 49 years old in 2019
  EXPECT_EQ(found.repaired, 1u);
  EXPECT_EQ(found.unknown, (std::vector<std::size_t>{0, 2}));
}

TEST(Backtest, ScoresEqualTheReferenceAndHandCounts) {
  const std::vector<double> p{0.1, 0.4, 0.8};
  const std::vector<int> y{0, 0, 1};
  const ForecastScore score = scoreForecasts(p, y);
  EXPECT_NEAR(score.brier, 0.07, 1e-12);  // DOMAIN T 19
  EXPECT_NEAR(score.log_loss, -(std::log(0.9) + std::log(0.6) + std::log(0.8)) / 3, 1e-12);
  EXPECT_EQ(score.auc, 1.0);
  // Two events, two others; pairs won: 0.6>0.2, 0.6>0.5, 0.2=0.2 half, 0.2<0.5: 2.5 of 4.
  EXPECT_EQ(scoreForecasts(std::vector<double>{0.6, 0.2, 0.2, 0.5}, std::vector<int>{1, 1, 0, 0}).auc, 0.625);
  EXPECT_FALSE(scoreForecasts(p, std::vector<int>{1, 1, 1}).auc);
  const std::vector<CalibrationRow> rows =
      calibrationTable(std::vector<double>{0.12, 0.18, 0.95, 1.0}, std::vector<int>{0, 1, 1, 1});
  EXPECT_EQ(rows[1].count, 2u);
  EXPECT_NEAR(rows[1].mean_stated, 0.15, 1e-12);
  EXPECT_NEAR(rows[1].share_happened, 0.5, 1e-12);
  EXPECT_EQ(rows[9].count, 2u);
}

TEST(Backtest, TheModelBeatsNoChangeAndAgeAloneOnATownThatFollowsIt) {
  const Hazards truth{0.06, 0.05, 0.03};
  std::mt19937_64 random(6);
  std::vector<DatedPair> pairs;
  for (int k = 0; k < 4000; ++k) {
    int state = 0;
    for (int cycle = 0; cycle < 3; ++cycle) {
      const int next = simulated(truth, state, 5, random);
      pairs.push_back({std::to_string(k), {state, next, 5, {}}, 2009 + 5 * cycle, 2014 + 5 * cycle, 30.0 + 5 * cycle});
      state = next;
    }
  }
  const Result<Backtest> test = backtest(pairs, {}, std::nullopt, 4, 2, 2019, 2024);
  ASSERT_TRUE(test) << test.error().text();
  EXPECT_EQ(test->train_pairs, 8000u);
  EXPECT_EQ(test->test_pairs, 4000u);
  EXPECT_LT(test->model.brier, test->no_change.brier);
  EXPECT_LT(test->model.brier, test->age_only.brier);
  EXPECT_LT(test->model.log_loss, test->no_change.log_loss);
  EXPECT_GT(*test->model.auc, *test->age_only.auc);
  for (const CalibrationRow& row : test->calibration)
    if (row.count > 300) {
      EXPECT_NEAR(row.mean_stated, row.share_happened, 0.05);
    }
}

TEST(Backtest, SaysWhatIsMissing) {
  const std::vector<DatedPair> pairs{{"a", {0, 1, 5, {}}, 2014, 2019, 40}};
  const auto why = [&](int until, int year) {
    const Result<Backtest> test = backtest(pairs, {}, HazardPrior{{0.05, 0.012, 0.03}}, 4, 2, until, year);
    return test ? std::string() : test.error().what;
  };
  EXPECT_NE(why(2019, 2019).find("not later"), std::string::npos);
  EXPECT_NE(why(2019, 2024).find("No pair of inspections ends in fiscal year 2024"), std::string::npos);
  EXPECT_NE(why(2018, 2019).find("2018 or before"), std::string::npos);
}

}  // namespace
}  // namespace hashimichi::assess::ageing
