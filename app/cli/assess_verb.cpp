#include <fmt/format.h>

#include "app/cli/verb.h"
#include "app/i18n/text.h"
#include "geo/export/palette.h"

namespace hashimichi::app::cli {
namespace {

struct Words {
  DecisionWords decision;
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

void printJson(const Decision& decision, std::size_t top, Language language) {
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
  print(json);
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

int runAssess(const Words& words, Progress& progress) {
  const Result<Decision> decision = decide(words.decision, progress);
  if (!decision) return fail(decision.error());
  const Language language = words.decision.chosenLanguage();
  const std::size_t top = words.top == 0 ? decision->ranking.rows.size() : words.top;
  if (words.json)
    printJson(*decision, top, language);
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
  verb->add_flag("--json", words->json, tr(language, "cli.json"));
  verb->callback([words, &chosen] { chosen = [words](Progress& progress) { return runAssess(*words, progress); }; });
}

}  // namespace hashimichi::app::cli
