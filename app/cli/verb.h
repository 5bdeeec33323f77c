#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "app/cli/cli.h"
#include "geo/assess/ranking.h"
#include "geo/core/problem.h"
#include "geo/core/progress.h"
#include "geo/core/text.h"
#include "geo/project/project.h"

namespace hashimichi::app::cli {

/// A verb adds its words to the parser and leaves behind what is to be done when it was chosen.
using Action = std::function<int(Progress&)>;
void addImportVerb(CLI::App& app, Action& chosen);
void addAssessVerb(CLI::App& app, Action& chosen);
void addExportVerb(CLI::App& app, Action& chosen);
void addSnapshotVerb(CLI::App& app, Action& chosen);
void addInfoVerb(CLI::App& app, Action& chosen);
void addValidateVerb(CLI::App& app, Action& chosen);
void addViewVerb(CLI::App& app, Action& chosen);
void addDemoVerb(CLI::App& app, Action& chosen);
void addIndexVerb(CLI::App& app, Action& chosen);
void addMeasureVerb(CLI::App& app, Action& chosen);
void addRoutesVerb(CLI::App& app, Action& chosen);
void addDeteriorationVerb(CLI::App& app, Action& chosen);
void addPackVerbs(CLI::App& app, Action& chosen);  ///< pack, unpack
void addScriptVerb(CLI::App& app, Action& chosen);
void addFilmVerb(CLI::App& app, Action& chosen);

/// Which decision of which project: the words that assess, export and snapshot share.
struct DecisionWords {
  std::string project;
  std::string subject = "snow";
  std::string at;  ///< empty: the end of the observations
  std::string profile = "generic";
  std::string language;  ///< "ja", "en", empty: the environment's

  void addTo(CLI::App& verb);
  Language chosenLanguage() const;
};
struct Decision {
  project::Project project;
  assess::Ranking ranking;
};
Result<Decision> decide(const DecisionWords& words, Progress& progress);

/// One sentence to standard error; the exit code that belongs to the error.
int fail(const Error& error);
/// JSON to standard output, one line per call, UTF-8.
void print(const nlohmann::json& json);

/// The report as the contract's keys "assumptions", "skipped" (with "failed" files among the skipped).
void addReport(nlohmann::json& json, const Problems& problems);
/// The report as lines for people, at most `limit` of each kind.
std::string reportText(const Problems& problems, Language language, std::size_t limit = 20);
/// exit_problems when something was skipped or failed; assumptions alone are no problem.
int exitCodeOf(const Problems& problems);

}  // namespace hashimichi::app::cli
