#include <fmt/format.h>

#include "app/cli/report_words.h"
#include "app/cli/selection_words.h"
#include "app/cli/survey_print.h"
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
  SelectionWords selection;
  ReportWords report;
  bool list = false;
  bool json = false;
};

/// {"Building": {"1": 25, "2": 3}}
nlohmann::json lodsOf(const import::SourceInfo& source) {
  nlohmann::json json = nlohmann::json::object();
  for (const auto& [type, counts] : source.lods)
    for (const auto& [lod, count] : counts) json[type][std::to_string(lod)] = count;
  return json;
}

nlohmann::json jsonOf(const project::Project& project) {
  nlohmann::json json{{"project", toUtf8(project.folder)},
                      {"crs", fmt::format("EPSG:{}", project.model->frame.epsg())}};
  json["sources"] = nlohmann::json::array();
  for (const import::SourceInfo& source : project.sources)
    json["sources"].push_back({{"file", source.path},
                               {"format", source.format},
                               {"features", source.features},
                               {"lods", lodsOf(source)},
                               {"points", source.points}});
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

/// With --list there is no project: every word is a file or folder to look at.
int runList(Words& words, Progress& progress) {
  std::vector<std::filesystem::path> files{words.project};
  files.insert(files.end(), words.files.begin(), words.files.end());
  const Result<import::Survey> survey = import::survey(files, words.options, progress);
  if (!survey) return fail(survey.error());
  if (words.json)
    print(surveyJson(*survey));
  else
    printSurvey(*survey, languageFromEnvironment());
  return exitCodeOf(survey->problems);
}

int runImport(Words& words, Progress& progress) {
  Result<import::Selection> selection = words.selection.selection();
  if (!selection) return fail(selection.error());
  words.options.selection = std::move(*selection);
  if (words.list) return runList(words, progress);
  if (words.files.empty()) {
    fmt::print(stderr, "{}\n", tr(languageFromEnvironment(), "cli.no_files"));
    return exit_usage;
  }
  const std::vector<std::filesystem::path> files(words.files.begin(), words.files.end());
  const Result<project::Project> project =
      importIntoProject(projectFolderFrom(words.project), files, words.options, progress);
  if (!project) return fail(project.error());
  const Language language = languageFromEnvironment();
  const Status written = words.report.write(
      {project->name, project->sources, project->report, &project->model->frame, language}, !words.json);
  if (!written) return fail(written.error());
  if (words.json)
    print(jsonOf(*project));
  else
    printText(*project, language);
  return exitCodeOf(project->report);
}

}  // namespace

void addImportVerb(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto words = std::make_shared<Words>();
  CLI::App* verb = app.add_subcommand("import", tr(language, "cli.import"));
  verb->add_option("project", words->project, tr(language, "cli.project"))->required();
  verb->add_option("files", words->files, tr(language, "cli.files"));
  verb->add_option("--crs", words->options.project_crs, tr(language, "cli.crs"));
  verb->add_option("--source-crs", words->options.source_crs, tr(language, "cli.source_crs"));
  verb->add_option("--geoid", words->options.geoid, tr(language, "cli.geoid"));
  verb->add_option("--field-map", words->options.field_map, tr(language, "cli.field_map"));
  verb->add_option("--encoding", words->options.encoding, tr(language, "cli.encoding"))
      ->check(CLI::IsMember({"UTF-8", "CP932"}));
  verb->add_option("--fill-terrain", words->options.fill_terrain_m, tr(language, "cli.fill_terrain"))
      ->check(CLI::Range(0.0, 10000.0));
  words->selection.addTo(*verb, language);
  words->report.addTo(*verb, language);
  verb->add_flag("--list", words->list, tr(language, "cli.list"));
  verb->add_option("--threads", words->options.threads, tr(language, "cli.threads"))->check(CLI::Range(0, 256));
  verb->add_flag("--json", words->json, tr(language, "cli.json"));
  verb->callback([words, &chosen] { chosen = [words](Progress& progress) { return runImport(*words, progress); }; });
}

}  // namespace hashimichi::app::cli
