#include <fmt/format.h>

#include "app/cli/verb.h"
#include "app/i18n/text.h"
#include "geo/import/citygml/validate/validate.h"

namespace hashimichi::app::cli {
namespace {

using import::citygml::Finding;
using import::citygml::Validation;

struct Words {
  std::vector<std::string> files;
  bool json = false;
};

nlohmann::json jsonOf(const Validation& validation) {
  nlohmann::json json{{"files", validation.files},
                      {"errors", validation.findings.errors()},
                      {"features", validation.features},
                      {"counts", nlohmann::json::object()},
                      {"findings", nlohmann::json::array()}};
  for (const auto& [key, count] : validation.findings.counts()) json["counts"][key.second] = count;
  for (const Finding& finding : validation.findings.lines()) {
    nlohmann::json line{{"severity", finding.error ? "error" : "note"},
                        {"rule", finding.rule},
                        {"issue", finding.issue},
                        {"file", finding.file},
                        {"place", finding.place},
                        {"type", finding.type},
                        {"id", finding.id},
                        {"what", finding.what}};
    line["lod"] = finding.lod < 0 ? nlohmann::json() : nlohmann::json(finding.lod);
    json["findings"].push_back(std::move(line));
  }
  return json;
}

/// Errors first; at most 20 lines of one issue, because a broken export repeats one fault a thousand times.
void printText(const Validation& validation, Language language) {
  constexpr std::size_t lines_per_issue = 20;
  for (const auto& [key, count] : validation.findings.counts()) {
    if (!key.first) continue;
    std::size_t shown = 0;
    for (const Finding& finding : validation.findings.lines()) {
      if (!finding.error || finding.issue != key.second || ++shown > lines_per_issue) continue;
      fmt::print("{}: {}{}{}: {}\n", finding.file, finding.place.empty() ? "" : finding.place + ": ",
                 finding.rule.empty() ? "" : finding.rule + " ", finding.issue, finding.what);
    }
    if (count > lines_per_issue)
      fmt::print("{}\n",
                 fmt::format(fmt::runtime(tr(language, "cli.validate_more")), count - lines_per_issue, key.second));
  }
  for (const auto& [key, count] : validation.findings.counts())
    if (!key.first) fmt::print("{}\n", fmt::format(fmt::runtime(tr(language, "cli.validate_note")), count, key.second));
  fmt::print("{}\n", fmt::format(fmt::runtime(tr(language, "cli.validate_sum")), validation.files,
                                 validation.findings.errors()));
}

int runValidate(const Words& words, Progress& progress) {
  const std::vector<std::filesystem::path> paths(words.files.begin(), words.files.end());
  const Result<Validation> validation = import::citygml::validateFiles(paths, progress);
  if (!validation) return fail(validation.error());
  if (words.json)
    print(jsonOf(*validation));
  else
    printText(*validation, languageFromEnvironment());
  return validation->findings.errors() > 0 ? exit_problems : exit_done;
}

}  // namespace

void addValidateVerb(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto words = std::make_shared<Words>();
  CLI::App* verb = app.add_subcommand("validate", tr(language, "cli.validate"));
  verb->add_option("files", words->files, tr(language, "cli.files"))->required();
  verb->add_flag("--json", words->json, tr(language, "cli.json"));
  verb->callback([words, &chosen] { chosen = [words](Progress& progress) { return runValidate(*words, progress); }; });
}

}  // namespace hashimichi::app::cli
