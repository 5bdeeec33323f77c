// The hazard model: published transition matrices, known parameters found again, what too little data say.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

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

}  // namespace
}  // namespace hashimichi::assess::ageing
