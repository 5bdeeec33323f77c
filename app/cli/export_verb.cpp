#include <fmt/format.h>

#include "app/cli/verb.h"
#include "app/i18n/text.h"
#include "geo/core/file.h"
#include "geo/export/exporter.h"

namespace hashimichi::app::cli {
namespace {

struct Words {
  DecisionWords decision;
  std::string format = "pdf", out;
};

int runExport(const Words& words, Progress& progress) {
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
      ->check(CLI::IsMember({"pdf", "gpkg", "geojson", "csv"}));
  verb->add_option("--out", words->out, tr(language, "cli.out"));
  verb->callback([words, &chosen] { chosen = [words](Progress& progress) { return runExport(*words, progress); }; });
}

}  // namespace hashimichi::app::cli
