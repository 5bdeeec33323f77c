#include <fmt/format.h>

#include <chrono>

#include "app/cli/verb.h"
#include "app/desktop/desktop.h"
#include "app/i18n/text.h"
#include "app/session/snapshot.h"
#include "app/session/workflow.h"
#include "datasets/town/town.h"
#include "geo/core/file.h"
#include "geo/export/exporter.h"

namespace hashimichi::app::cli {
namespace {

namespace fs = std::filesystem;

struct Words {
  std::string out = "demo-output", language;
  datasets::TownOptions town;
  std::string profile = "hakodate";
  bool files_only = false, view = false, headless = false, no_pictures = false;
};

constexpr const char* demo_moment = "2026-01-15T04:00+09:00";
constexpr int picture_width_px = 1600, picture_height_px = 1000;

/// One decision in every form in which it leaves the house.
Status exportAll(const project::Project& project, assess::Subject subject, const Words& words, Language language,
                 Progress& progress) {
  const std::string stem = subject == assess::Subject::snow ? "snow" : "ageing";
  const Result<assess::Ranking> ranking =
      assessProject(*project.model, subject, words.profile, *parseInstant(demo_moment));
  if (!ranking) return ranking.error();
  const fs::path out = words.out;
  for (const exporting::Format format :
       {exporting::Format::pdf, exporting::Format::geopackage, exporting::Format::geojson, exporting::Format::csv}) {
    const fs::path path = out / (stem + "." + exporting::extensionOf(format));
    if (Status written = exporting::write({project, *ranking, language}, format, path, progress); !written)
      return written;
  }
  if (words.no_pictures) return done();
  Problems problems;
  SnapshotOptions options{"overview", picture_width_px, picture_height_px};
  options.stage.language = language;
  return saveSnapshot(project, &*ranking, options, out / (stem + ".png"), problems, progress);
}

int runDemo(const Words& words, Progress& progress) {
  const Language language = words.language.empty()   ? languageFromEnvironment()
                            : words.language == "ja" ? Language::ja
                                                     : Language::en;
  const fs::path out = words.out, sources = out / "sources", folder = out / "town.hashimichi";
  datasets::TownOptions wanted = words.town;
  wanted.epochs_folder = out / "epochs";  // beside the sources: to be measured against them, not imported with them
  const Result<datasets::TownSummary> town = datasets::makeTown(sources, wanted, progress);
  if (!town) return fail(town.error());
  fmt::print("{}\n", fmt::format(fmt::runtime(tr(language, "cli.town_made")), town->buildings, town->road_km,
                                 town->road_segments, town->bridges, town->points));
  if (words.files_only) return exit_done;
  std::error_code ignored;
  fs::remove_all(folder, ignored);  // the demo project is made anew; nothing of a person's is in it
  const Result<project::Project> project = importIntoProject(folder, {sources}, {}, progress);
  if (!project) return fail(project.error());
  for (const assess::Subject subject : {assess::Subject::snow, assess::Subject::ageing})
    if (const Status exported = exportAll(*project, subject, words, language, progress); !exported)
      return fail(exported.error());
  fmt::print("{}: {}\n", tr(language, "cli.written"), toUtf8(out));
  if (!words.view || words.headless) return exit_done;
  DesktopOptions options;
  options.project = folder;
  options.language = language;
  const Status closed = runDesktop(options);
  return closed ? static_cast<int>(exit_done) : fail(closed.error());
}

}  // namespace

void addDemoVerb(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto words = std::make_shared<Words>();
  CLI::App* verb = app.add_subcommand("demo", tr(language, "cli.demo"));
  verb->add_option("--out", words->out, tr(language, "cli.out_folder"));
  verb->add_option("--seed", words->town.seed, tr(language, "cli.seed"));
  verb->add_option("--scale", words->town.scale, tr(language, "cli.scale"))->check(CLI::PositiveNumber);
  verb->add_option("--profile", words->profile, tr(language, "cli.profile"));
  verb->add_option("--lang", words->language, tr(language, "cli.lang"))->check(CLI::IsMember({"ja", "en"}));
  verb->add_flag("--files-only", words->files_only, tr(language, "cli.files_only"));
  verb->add_flag("--no-pictures", words->no_pictures, tr(language, "cli.no_pictures"));
  verb->add_flag("--view", words->view, tr(language, "cli.demo_view"));
  verb->add_flag("--headless", words->headless, tr(language, "cli.headless"));
  verb->callback([words, &chosen] { chosen = [words](Progress& progress) { return runDemo(*words, progress); }; });
}

}  // namespace hashimichi::app::cli
