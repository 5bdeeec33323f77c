#include <fmt/format.h>

#include "app/cli/verb.h"
#include "app/i18n/text.h"
#include "app/session/workflow.h"
#include "geo/core/file.h"
#include "geo/export/attribute_export.h"
#include "geo/export/exporter.h"

namespace hashimichi::app::cli {
namespace {

struct Words {
  DecisionWords decision;
  std::string format = "pdf", out;
};

/// What the sources say, as tables; nothing is ranked for that.
int runAttributes(const Words& words, Progress& progress) {
  const Result<project::Project> project = project::open(projectFolderFrom(words.decision.project), progress);
  if (!project) return fail(project.error());
  const std::filesystem::path path = words.out.empty() ? "attributes" : words.out;
  const Status written = exporting::writeAttributes(*project->model, path, progress);
  if (!written) return fail(written.error());
  fmt::print("{}: {}\n", tr(languageFromEnvironment(), "cli.written"), toUtf8(path));
  return exit_done;
}

int runExport(const Words& words, Progress& progress) {
  if (words.format == "attributes") return runAttributes(words, progress);
  const Result<Decision> decision = decide(words.decision, progress);
  if (!decision) return fail(decision.error());
  const exporting::Format format = *exporting::formatFrom(words.format);
  const std::filesystem::path path = words.out.empty() ? words.decision.subject + "." + words.format : words.out;
  const exporting::Snapshot snapshot{decision->project, decision->ranking, words.decision.chosenLanguage()};
  const Status written = exporting::write(snapshot, format, path, progress);
  if (!written) return fail(written.error());
  fmt::print("{}: {}\n", tr(languageFromEnvironment(), "cli.written"), toUtf8(path));
  return exit_done;
}

}  // namespace

void addExportVerb(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto words = std::make_shared<Words>();
  CLI::App* verb = app.add_subcommand("export", tr(language, "cli.export"));
  words->decision.addTo(*verb);
  verb->add_option("--format", words->format, tr(language, "cli.format"))
      ->check(CLI::IsMember({"pdf", "gpkg", "geojson", "csv", "attributes"}));
  verb->add_option("--out", words->out, tr(language, "cli.out"));
  verb->callback([words, &chosen] { chosen = [words](Progress& progress) { return runExport(*words, progress); }; });
}

}  // namespace hashimichi::app::cli
