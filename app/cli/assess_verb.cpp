#include <fmt/format.h>

#include "app/cli/verb.h"
#include "app/i18n/text.h"
#include "geo/assess/assess.h"
#include "geo/core/text.h"
#include "geo/export/palette.h"

namespace hashimichi::app::cli {
namespace {

struct Words {
  DecisionWords decision;
  assess::snow::WhatIf what_if;
  std::vector<std::string> weights;
  std::size_t top = 20;
  bool json = false;
};

const std::string& nameOf(const model::CityModel& model, const assess::Ranking& ranking, const assess::Ranked& row) {
  return ranking.subject == assess::Subject::snow ? model.roads[row.index].name : model.bridges[row.index].name;
}

nlohmann::json rowOf(const Decision& decision, const assess::Ranked& row, Language language) {
  nlohmann::json json{{"rank", row.rank},
                      {"band", row.band},
                      {"id", row.asset_id},
                      {"name", nameOf(*decision.project.model, decision.ranking, row)},
                      {"score", row.score},
                      {"confidence", row.confidence},
                      {"missing_inputs", row.missing_inputs}};
  json["tier"] = assess::describeTier(decision.ranking.subject, row.tier, Language::en);
  json["reasons"] = nlohmann::json::array();
  for (const assess::Reason& reason : row.reasons)
    json["reasons"].push_back({{"code", reason.code},
                               {"value", reason.value},
                               {"threshold", reason.threshold},
                               {"points", reason.points},
                               {"text", assess::describe(reason, language)}});
  if (decision.ranking.subject == assess::Subject::snow && row.depth_cm >= 0) {
    json["depth_cm"] = row.depth_cm;
    json["depth_sigma_cm"] = row.depth_sigma_cm;
    json["trigger_cm"] = row.trigger_cm;
    json["trigger_probability"] = row.trigger_probability;
    json["data_age_h"] = row.data_age_h;
  }
  return json;
}

nlohmann::json jsonOf(const Decision& decision, std::size_t top, Language language) {
  const assess::Ranking& ranking = decision.ranking;
  nlohmann::json json{{"subject", ranking.subject == assess::Subject::snow ? "snow" : "ageing"},
                      {"as_of", formatInstant(ranking.as_of)},
                      {"valid_until", formatInstant(ranking.valid_until)},
                      {"profile", ranking.profile_id},
                      {"method", language == Language::ja ? ranking.method_ja : ranking.method_en},
                      {"missing_share", assess::missingShare(ranking)}};
  json["rows"] = nlohmann::json::array();
  for (const assess::Ranked& row : ranking.rows) {
    if (json["rows"].size() == top) break;
    json["rows"].push_back(rowOf(decision, row, language));
  }
  json["row_count"] = ranking.rows.size();
  return json;
}

void printText(const Decision& decision, std::size_t top, Language language) {
  const assess::Ranking& ranking = decision.ranking;
  fmt::print("{} — {} — {}\n", language == Language::ja ? ranking.profile_name_ja : ranking.profile_name_en,
             formatJst(ranking.as_of), language == Language::ja ? ranking.method_ja : ranking.method_en);
  std::size_t shown = 0;
  for (const assess::Ranked& row : ranking.rows) {
    if (shown++ == top) break;
    fmt::print("{} {:>4}  {:6.2f}  {}  {} [{}]\n", exporting::rankNumeral(row.band), row.rank, row.score,
               assess::describeTier(ranking.subject, row.tier, language), nameOf(*decision.project.model, ranking, row),
               row.asset_id);
    for (std::size_t i = 0; i < row.reasons.size() && i < 3; ++i)
      fmt::print("              · {}\n", assess::describe(row.reasons[i], language));
  }
  fmt::print("{}\n", fmt::format(fmt::runtime(tr(language, "cli.rows")), ranking.rows.size()));
}

/// Which roads another night changes, beside the night as it is; by their rank in the what-if.
nlohmann::json changesOf(const assess::Ranking& as_it_is, const assess::Ranking& what_if) {
  nlohmann::json changes = nlohmann::json::array();
  const auto tier = [](const assess::Ranked& row) {
    return assess::describeTier(assess::Subject::snow, row.tier, Language::en);
  };
  for (const assess::Ranked& row : what_if.rows) {
    const assess::Ranked* before = as_it_is.find(row.asset_id);
    if (before == nullptr || (before->tier == row.tier && before->rank == row.rank)) continue;
    changes.push_back({{"id", row.asset_id},
                       {"tier", tier(row)},
                       {"tier_as_it_is", tier(*before)},
                       {"rank", row.rank},
                       {"rank_as_it_is", before->rank}});
  }
  return changes;
}

/// "traffic=0.4": a criterion of the score and its weight. @returns the sentence where it is none
std::optional<Error> setWeights(const std::vector<std::string>& words, assess::snow::WhatIf& what_if) {
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    const auto criterion = assess::snow::criterionNamed(word.substr(0, equals));
    const std::optional<double> value =
        equals == std::string::npos ? std::nullopt : parseNumber(word.substr(equals + 1));
    if (!criterion || !value || *value < 0) {
      std::string names;
      for (std::size_t k = 0; k < assess::snow::criterion_count; ++k)
        names += (k == 0 ? "" : ", ") + std::string(toString(static_cast<assess::snow::Criterion>(k)));
      return Error{ErrorCode::bad_input, "--weight", fmt::format("\"{}\" is no weight of the score.", word),
                   fmt::format("Say NAME=NUMBER, the number not below 0; the names are {}.", names)};
    }
    what_if.weights[static_cast<std::size_t>(*criterion)] = *value;
  }
  return std::nullopt;
}

int runWhatIf(const Words& words, Decision decision) {
  assess::snow::WhatIf what_if = words.what_if;
  if (const std::optional<Error> error = setWeights(words.weights, what_if)) {
    fail(*error);
    return exit_usage;
  }
  const assess::Ranking as_it_is = std::move(decision.ranking);
  Result<assess::Ranking> ranking =
      assess::rankSnow(*decision.project.model, words.decision.profile, as_it_is.as_of, what_if);
  if (!ranking) return fail(ranking.error());
  decision.ranking = std::move(*ranking);
  const Language language = words.decision.chosenLanguage();
  const std::size_t top = words.top == 0 ? decision.ranking.rows.size() : words.top;
  if (!words.json) {
    printText(decision, top, language);
    return exit_done;
  }
  nlohmann::json json = jsonOf(decision, top, language);
  json["what_if"] = describe(what_if, language);
  json["changes"] = changesOf(as_it_is, decision.ranking);
  print(json);
  return exit_done;
}

int runAssess(const Words& words, Progress& progress) {
  const Result<Decision> decision = decide(words.decision, progress);
  if (!decision) return fail(decision.error());
  const bool asks_what_if = words.what_if.changesAnything() || !words.weights.empty();
  if (asks_what_if && decision->ranking.subject == assess::Subject::snow) return runWhatIf(words, *decision);
  const Language language = words.decision.chosenLanguage();
  const std::size_t top = words.top == 0 ? decision->ranking.rows.size() : words.top;
  if (words.json)
    print(jsonOf(*decision, top, language));
  else
    printText(*decision, top, language);
  return exit_done;
}

}  // namespace

void addAssessVerb(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto words = std::make_shared<Words>();
  CLI::App* verb = app.add_subcommand("assess", tr(language, "cli.assess"));
  words->decision.addTo(*verb);
  verb->add_option("--top", words->top, tr(language, "cli.top"));
  assess::snow::WhatIf& what_if = words->what_if;
  verb->add_option("--snowfall-factor", what_if.snowfall_factor, tr(language, "cli.snowfall_factor"))
      ->check(CLI::Range(0.0, 10.0));
  verb->add_option("--added-snow", what_if.added_snow_cm, tr(language, "cli.added_snow"))
      ->check(CLI::Range(0.0, 200.0));
  verb->add_option("--air-offset", what_if.air_offset_c, tr(language, "cli.air_offset"))
      ->check(CLI::Range(-30.0, 30.0));
  verb->add_option("--trigger-factor", what_if.trigger_factor, tr(language, "cli.trigger_factor"))
      ->check(CLI::Range(0.1, 10.0));
  verb->add_option("--weight", words->weights, tr(language, "cli.weight"));
  verb->add_flag("--json", words->json, tr(language, "cli.json"));
  verb->callback([words, &chosen] { chosen = [words](Progress& progress) { return runAssess(*words, progress); }; });
}

}  // namespace hashimichi::app::cli
