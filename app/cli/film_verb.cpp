#include <fmt/format.h>

#include "app/cli/look_words.h"
#include "app/i18n/text.h"
#include "app/session/film.h"
#include "geo/core/file.h"
#include "geo/project/notebook.h"

namespace hashimichi::app::cli {
namespace {

struct Words {
  DecisionWords decision;
  LookWords look;
  std::string out, size = "1280x720", camera = "overview";
  bool turntable = false, viewpoints = false;
  int rate = 25;
  double seconds = 8;
};

Result<FilmTown> filmOf(const Words& words, Language language) {
  FilmTown film;
  film.along = words.viewpoints ? FilmTown::Path::viewpoints : FilmTown::Path::turntable;
  film.out = words.out, film.legend = words.look.legend;
  film.seconds = words.seconds, film.frames_per_second = words.rate;
  const auto size = sizeFrom(words.size);
  if (!size) return Error{ErrorCode::bad_input, "--size " + words.size, tr(language, "view.bad_size"), {}};
  film.width_px = size->first, film.height_px = size->second;
  return film;
}

/// The saved viewpoints of a project; damaged ones are told about and left out.
Result<std::vector<project::Viewpoint>> viewpointsOf(const project::Project& project, Language language) {
  Problems problems;
  Result<project::Notebook> book = project::loadNotebook(project.folder, problems);
  if (!book) return book.error();
  if (const std::string report = reportText(problems, language); !report.empty()) fmt::print(stderr, "{}", report);
  return std::move(book->viewpoints);
}

int shoot(const Words& words, const FilmTown& film, const Decision& decision, Language language, Progress& progress) {
  std::vector<project::Viewpoint> viewpoints;
  if (words.viewpoints) {
    Result<std::vector<project::Viewpoint>> saved = viewpointsOf(decision.project, language);
    if (!saved) return fail(saved.error());
    viewpoints = std::move(*saved);
  }
  Problems problems;
  const auto stage =
      Stage::set(decision.project, &decision.ranking, words.look.stage(words.decision), problems, progress);
  if (!stage) return fail(stage.error());
  const auto from =
      render::cameraFrom(words.camera, (*stage)->bounds(), static_cast<double>(film.width_px) / film.height_px);
  if (!from) return fail(from.error());
  const Result<std::vector<render::CameraPose>> poses = filmPoses(film, *from, viewpoints);
  if (!poses) return fail(poses.error());
  constexpr double legend_rows_px = 1000;
  exporting::LegendPicture legend;
  if (film.legend) legend = exporting::drawLegend((*stage)->legend(), std::max(0.5, film.height_px / legend_rows_px));
  const Result<std::unique_ptr<FilmFile>> file = FilmFile::create(film, std::move(legend));
  if (!file) return fail(file.error());
  if ((*file)->encoderMissing()) fmt::print(stderr, "{}\n", tr(language, "film.no_encoder"));
  if (const Status made = (*stage)->film(film, *poses, **file, progress); !made) return fail(made.error());
  if (const std::string report = reportText(problems, language); !report.empty()) fmt::print(stderr, "{}", report);
  fmt::print("{}: {}\n", tr(language, "cli.written"), toUtf8((*file)->path()));
  return exit_done;
}

int runFilm(Words words, Progress& progress) {
  const Language language = languageFromEnvironment();
  const Result<FilmTown> film = filmOf(words, language);
  if (!film) {
    fail(film.error());
    return exit_usage;
  }
  words.look.putInto(words.decision);
  const Result<Decision> decision = decide(words.decision, progress);
  if (!decision) return fail(decision.error());
  if (const Status known = words.look.check(decision->project); !known) return fail(known.error());
  return shoot(words, *film, *decision, language, progress);
}

}  // namespace

void addFilmVerb(CLI::App& app, Action& chosen) {
  const Language language = languageFromEnvironment();
  auto words = std::make_shared<Words>();
  CLI::App* verb = app.add_subcommand("film", tr(language, "film.cli"));
  words->decision.addTo(*verb);
  verb->add_option("--out", words->out, tr(language, "film.cli_out"))->required();
  CLI::Option* turntable = verb->add_flag("--turntable", words->turntable, tr(language, "film.cli_turntable"));
  verb->add_flag("--viewpoints", words->viewpoints, tr(language, "film.cli_viewpoints"))->excludes(turntable);
  verb->add_option("--size", words->size, tr(language, "view.cli_size"));
  verb->add_option("--fps", words->rate, tr(language, "film.cli_fps"))->check(CLI::Range(1, 60));
  verb->add_option("--seconds", words->seconds, tr(language, "film.cli_seconds"));
  verb->add_option("--camera", words->camera, tr(language, "cli.camera"));
  words->look.addTo(*verb);
  verb->callback([words, &chosen] { chosen = [words](Progress& progress) { return runFilm(*words, progress); }; });
}

}  // namespace hashimichi::app::cli
