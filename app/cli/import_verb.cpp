#include <fmt/format.h>

#include "app/cli/verb.h"
#include "app/i18n/text.h"
#include "app/session/workflow.h"
#include "geo/core/file.h"

namespace hashimichi::app::cli {
namespace {

struct Words {
  std::string project;
  std::vector<std::string> files;
  import::Options options;
  bool json = false;
};

nlohmann::json jsonOf(const project::Project& project) {
  nlohmann::json json{{"project", toUtf8(project.folder)},
                      {"crs", fmt::format("EPSG:{}", project.model->frame.epsg())}};
  json["sources"] = nlohmann::json::array();
  for (const import::SourceInfo& source : project.sources)
    json["sources"].push_back(
        {{"file", source.path}, {"format", source.format}, {"features", source.features}, {"points", source.points}});
  addReport(json, project.report);
  return json;
}

void printText(const project::Project& project, Language language) {
  for (const import::SourceInfo& source : project.sources) {
    std::string counts;
    for (const auto& [type, count] : source.features) counts += fmt::format("  {} {}", type, count);
    if (source.points > 0) counts += fmt::format("  Point {}", source.points);
    fmt::print("{} [{}]{}\n", source.path, source.format, counts);
  }
  fmt::print("{}", reportText(project.report, language));
  fmt::print("{}: {} (EPSG:{})\n", tr(language, "cli.saved"), toUtf8(project.folder), project.model->frame.epsg());
}

int runImport(const Words& words, Progress& progress) {
  const std::vector<std::filesystem::path> files(words.files.begin(), words.files.end());
  const Result<project::Project> project =
      importIntoProject(projectFolderFrom(words.project), files, words.options, progress);
  if (!project) return fail(project.error());
  if (words.json)
    print(jsonOf(*project));
  else
    printText(*project, languageFromEnvironment());
  return exitCodeOf(project->report);
}

}  // namespace

void addImportVerb(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto words = std::make_shared<Words>();
  CLI::App* verb = app.add_subcommand("import", tr(language, "cli.import"));
  verb->add_option("project", words->project, tr(language, "cli.project"))->required();
  verb->add_option("files", words->files, tr(language, "cli.files"))->required();
  verb->add_option("--crs", words->options.project_crs, tr(language, "cli.crs"));
  verb->add_option("--source-crs", words->options.source_crs, tr(language, "cli.source_crs"));
  verb->add_option("--encoding", words->options.encoding, tr(language, "cli.encoding"))
      ->check(CLI::IsMember({"UTF-8", "CP932"}));
  verb->add_option("--threads", words->options.threads, tr(language, "cli.threads"))->check(CLI::Range(0, 256));
  verb->add_flag("--json", words->json, tr(language, "cli.json"));
  verb->callback([words, &chosen] { chosen = [words](Progress& progress) { return runImport(*words, progress); }; });
}

}  // namespace hashimichi::app::cli
