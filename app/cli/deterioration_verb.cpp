#include <fmt/format.h>

#include <cmath>

#include "app/cli/verb.h"
#include "app/i18n/text.h"
#include "app/session/workflow.h"
#include "geo/assess/ageing/backtest.h"

namespace hashimichi::app::cli {
namespace {

namespace ageing = assess::ageing;

constexpr int states = 4, event_state = 2;  // I … IV; the event is III or IV
/// DOMAIN F: not local; shown as what it is.
const ageing::HazardPrior default_prior{{0.05, 0.012, 0.03}, 1.0, 0.5};

struct Words {
  std::string what, project;
  std::optional<int> train_until, test_year;
  std::vector<std::string> covariates;
  bool no_prior = false, json = false;
};

nlohmann::json jsonOf(const ageing::HazardFit& fit) {
  nlohmann::json json{{"states", fit.states},
                      {"pairs", fit.pairs},
                      {"left_out_improved", fit.left_out_improved},
                      {"log_likelihood", fit.log_likelihood},
                      {"hazards", nlohmann::json::array()},
                      {"covariates", nlohmann::json::array()}};
  const ageing::Hazards hazards = fit.hazardsFor({});
  for (std::size_t i = 0; i < hazards.size(); ++i) {
    const auto interval = fit.hazardInterval(i);
    json["hazards"].push_back({{"state", assets::toString(static_cast<assets::Soundness>(i + 1))},
                               {"per_year", hazards[i]},
                               {"low_95", interval.low},
                               {"high_95", interval.high},
                               {"mean_years", 1 / hazards[i]},
                               {"prior_share", fit.prior_share[i]}});
  }
  for (std::size_t k = 0; k < fit.coefficients.size(); ++k) {
    const auto interval = fit.coefficientInterval(k);
    json["covariates"].push_back({{"name", fit.covariate_names[k]},
                                  {"coefficient", fit.coefficients[k]},
                                  {"low_95", interval.low},
                                  {"high_95", interval.high},
                                  {"prior_share", fit.prior_share[hazards.size() + k]}});
  }
  json["five_year_matrix"] = ageing::transitionMatrix(hazards, 5);
  const ageing::WeibullView view = ageing::weibullView(hazards, event_state);
  json["weibull_to_III"] = {{"scale_years", view.scale_years}, {"shape", view.shape}};
  return json;
}

nlohmann::json jsonOf(const ageing::ForecastScore& score) {
  return {
      {"brier", score.brier}, {"log_loss", score.log_loss}, {"auc", score.auc ? nlohmann::json(*score.auc) : nullptr}};
}

void printFit(const ageing::HazardFit& fit, Language language) {
  fmt::print("{}\n", fmt::format(fmt::runtime(tr(language, "cli.hazard_pairs")), fit.pairs, fit.left_out_improved));
  const ageing::Hazards hazards = fit.hazardsFor({});
  for (std::size_t i = 0; i < hazards.size(); ++i) {
    const auto interval = fit.hazardInterval(i);
    fmt::print("{}\n", fmt::format(fmt::runtime(tr(language, "cli.hazard_state")),
                                   assets::toString(static_cast<assets::Soundness>(i + 1)), hazards[i], interval.low,
                                   interval.high, 1 / hazards[i], 100 * fit.prior_share[i]));
  }
  for (std::size_t k = 0; k < fit.coefficients.size(); ++k) {
    const auto interval = fit.coefficientInterval(k);
    fmt::print("{}\n", fmt::format(fmt::runtime(tr(language, "cli.hazard_covariate")), fit.covariate_names[k],
                                   std::exp(fit.coefficients[k]), std::exp(interval.low), std::exp(interval.high)));
  }
}

void printScore(const char* key, const ageing::ForecastScore& score, Language language) {
  fmt::print("{}\n", fmt::format(fmt::runtime(tr(language, "cli.backtest_row")), tr(language, key), score.brier,
                                 score.log_loss, score.auc ? fmt::format("{:.3f}", *score.auc) : "–"));
}

int runFit(const Words& words, const std::vector<ageing::DatedPair>& dated,
           const std::optional<ageing::HazardPrior>& prior, nlohmann::json json) {
  std::vector<ageing::InspectionPair> pairs;
  for (const ageing::DatedPair& pair : dated)
    if (!words.train_until || pair.to_year <= *words.train_until) pairs.push_back(pair.pair);
  const Result<ageing::HazardFit> fit = ageing::fitHazards(states, pairs, words.covariates, prior);
  if (!fit) return fail(fit.error());
  if (!words.json) {
    printFit(*fit, languageFromEnvironment());
    return exit_done;
  }
  json.update(jsonOf(*fit));
  print(json);
  return exit_done;
}

int runBacktest(const Words& words, const std::vector<ageing::DatedPair>& pairs,
                const std::optional<ageing::HazardPrior>& prior, nlohmann::json json) {
  const Language language = languageFromEnvironment();
  if (!words.train_until || !words.test_year) {
    fail({ErrorCode::bad_input, "backtest", tr(language, "cli.backtest_years"), {}});
    return exit_usage;
  }
  const Result<ageing::Backtest> test =
      ageing::backtest(pairs, words.covariates, prior, states, event_state, *words.train_until, *words.test_year);
  if (!test) return fail(test.error());
  if (!words.json) {
    fmt::print("{}\n", fmt::format(fmt::runtime(tr(language, "cli.backtest_done")), test->train_pairs, test->test_pairs,
                                   test->events));
    printScore("cli.backtest_model", test->model, language);
    printScore("cli.backtest_no_change", test->no_change, language);
    printScore("cli.backtest_age", test->age_only, language);
    return exit_done;
  }
  json.update({{"train_pairs", test->train_pairs},
               {"test_pairs", test->test_pairs},
               {"events", test->events},
               {"fit", jsonOf(test->fit)},
               {"model", jsonOf(test->model)},
               {"no_change", jsonOf(test->no_change)},
               {"age_only", jsonOf(test->age_only)},
               {"calibration", nlohmann::json::array()}});
  for (const ageing::CalibrationRow& row : test->calibration)
    json["calibration"].push_back({{"low", row.low},
                                   {"high", row.high},
                                   {"count", row.count},
                                   {"stated", row.mean_stated},
                                   {"happened", row.share_happened}});
  print(json);
  return exit_done;
}

int runDeterioration(const Words& words, Progress& progress) {
  std::vector<ageing::Covariate> covariates;
  for (const std::string& name : words.covariates) covariates.push_back(*ageing::covariateNamed(name));
  const Result<project::Project> project = project::open(projectFolderFrom(words.project), progress);
  if (!project) return fail(project.error());
  const ageing::InspectionPairs found = ageing::inspectionPairs(project->model->bridges, covariates);
  const std::optional<ageing::HazardPrior> prior = words.no_prior ? std::nullopt : std::optional(default_prior);
  nlohmann::json json{{"prior", prior ? nlohmann::json(prior->hazards) : nullptr},
                      {"same_year", found.same_year},
                      {"repaired", found.repaired}};
  for (std::size_t k = 0; k < words.covariates.size(); ++k) json["unknown"][words.covariates[k]] = found.unknown[k];
  return words.what == "fit" ? runFit(words, found.pairs, prior, std::move(json))
                             : runBacktest(words, found.pairs, prior, std::move(json));
}

}  // namespace

void addDeteriorationVerb(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto words = std::make_shared<Words>();
  CLI::App* verb = app.add_subcommand("deterioration", tr(language, "cli.deterioration"));
  verb->add_option("what", words->what, tr(language, "cli.deterioration_what"))
      ->required()
      ->check(CLI::IsMember({"fit", "backtest"}));
  verb->add_option("project", words->project, tr(language, "cli.project"))->required();
  verb->add_option("--train-until", words->train_until, tr(language, "cli.train_until"))->check(CLI::Range(1900, 2200));
  verb->add_option("--test", words->test_year, tr(language, "cli.test_year"))->check(CLI::Range(1900, 2200));
  verb->add_option("--covariates", words->covariates, tr(language, "cli.covariates"))
      ->delimiter(',')
      ->check(CLI::IsMember({"age", "traffic", "length", "steel"}));
  verb->add_flag("--no-prior", words->no_prior, tr(language, "cli.no_prior"));
  verb->add_flag("--json", words->json, tr(language, "cli.json"));
  verb->callback(
      [words, &chosen] { chosen = [words](Progress& progress) { return runDeterioration(*words, progress); }; });
}

}  // namespace hashimichi::app::cli
