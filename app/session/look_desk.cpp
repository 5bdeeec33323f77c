#include "app/session/look_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/i18n/text.h"
#include "app/session/film.h"
#include "app/session/film_file.h"
#include "app/session/picture_words.h"
#include "app/session/workflow.h"
#include "geo/core/file.h"

namespace hashimichi::app {
namespace {

constexpr double least_split = 0.02, least_reach_m = 10, most_reach_m = 20'000, most_eye_m = 500;
/// A legend's texts grow with the picture: 1 for so many rows.
constexpr double legend_rows_px = 1000;
/// So often the writing job looks whether it should stop while no rows come.
constexpr double look_up_s = 0.1;

/// Worker: what the window draws goes to the file; the last sentence says where it is, or why not.
struct Writer {
  FilmTown film;
  exporting::LegendPicture legend;
  std::shared_ptr<FilmReel> reel;

  Status write(Progress& progress, std::filesystem::path& path, bool& encoder_missing) const {
    Result<std::unique_ptr<FilmFile>> file = FilmFile::create(film, legend);
    if (!file) return file.error();
    reel->begin();
    const std::size_t rows_of_one = static_cast<std::size_t>(film.height_px);
    const std::size_t rows = rows_of_one * reel->poses().size();
    for (std::size_t written = 0; written < rows;) {
      if (progress.cancelled() || reel->ended()) return Error{ErrorCode::cancelled, toUtf8(film.out), "Cancelled.", {}};
      std::optional<render::Band> band = reel->take(look_up_s);
      if (!band) continue;
      written += static_cast<std::size_t>(band->rows);
      if (const Status added = (*file)->add(std::move(*band)); !added) return added;
      progress.report(static_cast<double>(written) / static_cast<double>(rows),
                      fmt::format("{}/{}", (written + rows_of_one - 1) / rows_of_one, reel->poses().size()));
    }
    path = (*file)->path(), encoder_missing = (*file)->encoderMissing();
    return (*file)->finish();
  }
};

}  // namespace

void LookDesk::apply(const LookCommand& command) {
  std::visit([this](const auto& c) { on(c); }, command);
}

void LookDesk::opened(bool same_place) {
  LookState& look = tools_.view.look;
  if (look.film) look.film->end();
  look.film.reset();
  if (!same_place) {
    look.viewshed.reset();
    look.look.clip.reset(), look.look.colour_by.clear();  // of the former town
    look.compare = CompareView::none;
    look.other = tools_.view.time_first;
  }
  look.other = std::clamp(look.other, tools_.view.time_first, tools_.view.time_last);
  assessAgain();
}

void LookDesk::forgetOther() {
  LookState& look = tools_.view.look;
  look.other_snow.reset(), look.other_ageing.reset(), look.other_readings.clear();
}

void LookDesk::assessAgain() {
  ViewModel& view = tools_.view;
  forgetOther();
  if (view.look.compare == CompareView::none || !view.project || !view.project->model) return;
  const model::CityModel& model = *view.project->model;
  const auto take = [this](Result<assess::Ranking> ranking) -> std::shared_ptr<const assess::Ranking> {
    if (ranking) return std::make_shared<const assess::Ranking>(std::move(*ranking));
    tools_.notify(true, ranking.error().text());
    return nullptr;
  };
  view.look.other_snow = take(assess::rankSnow(model, view.profile, view.look.other));
  view.look.other_ageing = take(assess::rankAgeing(model, view.look.other));
  view.look.other_readings = sensorReadings(model, view.profile, view.look.other, view.language);
}

void LookDesk::on(const SetLook& command) {
  render::Look look = command.look;
  if (look.clip && look.clip->empty()) look.clip.reset();
  tools_.view.look.look = std::move(look);
}

void LookDesk::on(const ShowViewshed& command) {
  if (!command.ground) return tools_.view.look.viewshed.reset();
  ShowViewshed wanted = command;
  wanted.eye_height_m = std::isfinite(wanted.eye_height_m) ? std::clamp(wanted.eye_height_m, 0.0, most_eye_m) : 1.6;
  wanted.reach_m = std::isfinite(wanted.reach_m) ? std::clamp(wanted.reach_m, least_reach_m, most_reach_m) : 500;
  tools_.view.look.viewshed = wanted;
}

void LookDesk::on(const SetMomentComparison& command) {
  ViewModel& view = tools_.view;
  LookState& look = view.look;
  const bool was_off = look.compare == CompareView::none;
  const Instant before = look.other;
  look.compare = command.view;
  if (std::isfinite(command.split)) look.split = std::clamp(command.split, least_split, 1 - least_split);
  if (command.other) look.other = *command.other;
  look.other = std::clamp(look.other, view.time_first, view.time_last);
  if (was_off || look.compare == CompareView::none || look.other != before) assessAgain();
}

void LookDesk::on(const SetPlayback& command) {
  SetPlayback wanted = command;
  wanted.hours_per_second = std::isfinite(wanted.hours_per_second) ? std::clamp(wanted.hours_per_second, 0.1, 24.0) : 1;
  tools_.view.look.playback = wanted;
}

void LookDesk::on(const FilmTown& command) {
  ViewModel& view = tools_.view;
  const Language language = view.language;
  if (!view.project || !view.town) return tools_.notify(true, tr(language, "film.no_town"));
  if (view.look.film && !view.look.film->ended()) return tools_.notify(true, tr(language, "film.busy"));
  Result<std::vector<render::CameraPose>> poses = filmPoses(command, view.camera, view.edits.book.viewpoints);
  if (!poses) return tools_.notify(true, poses.error().text());
  Writer writer{command, {}, std::make_shared<FilmReel>(std::move(*poses), command.width_px, command.height_px)};
  if (command.legend)
    writer.legend = exporting::drawLegend(
        legendOf({*view.project, view.ranking(), view.result.get(), view.resultColumn(), view.look.look, language}),
        std::max(0.5, command.height_px / legend_rows_px));
  view.look.film = writer.reel;
  const char* const title = command.along == FilmTown::Path::still ? "film.job_picture" : "film.job";
  tools_.jobs.start(tr(language, title), [this, writer, language](Progress& progress) -> JobQueue::Finish {
    std::filesystem::path path;
    bool encoder_missing = false;
    const Status written = writer.write(progress, path, encoder_missing);
    writer.reel->end();
    return [this, reel = writer.reel, written, path, encoder_missing, language] {
      if (tools_.view.look.film == reel) tools_.view.look.film.reset();
      if (!written && written.error().code == ErrorCode::cancelled) return;
      if (!written) return tools_.notify(true, written.error().text());
      if (encoder_missing) tools_.notify(false, tr(language, "film.no_encoder"));
      tools_.notify(false, toUtf8(path));
    };
  });
}

}  // namespace hashimichi::app
