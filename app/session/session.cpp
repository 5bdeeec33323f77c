#include "app/session/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>

#include "app/i18n/text.h"
#include "app/session/demo_town.h"
#include "app/session/index_clouds.h"
#include "app/session/workflow.h"
#include "geo/core/file.h"
#include "geo/export/import_report.h"
#include "geo/project/salvage.h"
#include "render/prepared_town.h"

namespace hashimichi::app {
namespace {

constexpr std::size_t notices_kept = 5;
/// From where one looks at a place of which only the coordinates are known.
constexpr double problem_distance_m = 150, problem_elevation_deg = 45;

/// For work beside the one whose progress is shown.
class StopOnly final : public Progress {
 public:
  explicit StopOnly(const Progress& shown) : shown_(shown) {}
  void report(double, std::string_view) override {}
  bool cancelled() const override { return shown_.cancelled(); }

 private:
  const Progress& shown_;
};

std::string shortName(const std::filesystem::path& path) {
  return toUtf8(path.filename());
}

/// "roads.geojson + 2"
std::string shortNames(const std::vector<std::filesystem::path>& paths) {
  if (paths.empty()) return {};
  return paths.size() == 1 ? shortName(paths.front())
                           : fmt::format("{} + {}", shortName(paths.front()), paths.size() - 1);
}

}  // namespace

Session::Session()
    : point_desk_(
          view_, jobs_, [this](bool failed, std::string text) { notify(failed, std::move(text)); },
          [this](std::string edit) { edit_desk_.measured(std::move(edit)); }),
      edit_desk_(tools(), partners()),
      find_desk_(tools()),
      file_desk_(tools()),
      look_desk_(tools()),
      jobs_([this](const Error& error) { notify(true, error.text()); }) {
  view_.profiles = assess::snowProfiles();
}

DeskTools Session::tools() {
  return {view_, jobs_, [this](bool failed, std::string text) { notify(failed, std::move(text)); },
          [this](const Command& command) { apply(command); }};
}

EditDesk::Partners Session::partners() {
  return {[this](const measure::SavedMeasurements& measurements) { point_desk_.putBack(measurements); },
          [this](std::shared_ptr<const project::Project> project, render::PreparedTownPtr town, CityContents contents) {
            view_.contents = std::move(contents);
            view_.lod = {};
            show(std::move(project), std::move(town));
          }};
}

void Session::apply(const Command& command) {
  std::visit([this](const auto& c) { on(c); }, command);
}

void Session::update(double seconds_since_last) {
  jobs_.drain();
  view_.jobs = jobs_.view();
  file_desk_.update(seconds_since_last);
  if (!view_.playing || !view_.project) return;
  play_clock_s_ += seconds_since_last;
  const SetPlayback& playback = view_.look.playback;
  if (play_clock_s_ * playback.hours_per_second < 1) return;
  play_clock_s_ = 0;
  if (view_.time < view_.time_last)
    on(StepTime{1});
  else if (playback.loop)
    on(SetTime{view_.time_first});
  else
    on(SetPlaying{false});
}

void Session::finishJobs() {
  jobs_.finishAll();
  view_.jobs = jobs_.view();
}

void Session::notify(bool failed, std::string text) {
  view_.notices.push_back({failed, std::move(text)});
  if (view_.notices.size() > notices_kept) view_.notices.erase(view_.notices.begin());
}

JobQueue::Finish Session::opened(Result<project::Project> result, Progress& progress,
                                 const ImportFiles* just_imported) {
  const auto failed = [this](const Error& error) -> JobQueue::Finish {
    return [this, error] {
      if (error.code != ErrorCode::cancelled) notify(true, error.text());  // who cancels needs no telling
    };
  };
  if (!result) return failed(result.error());
  auto project = std::make_shared<const project::Project>(std::move(*result));
  StopOnly quiet(progress);
  std::future<Status> saved;
  if (just_imported) saved = std::async(std::launch::async, [&] { return project::save(*project, quiet); });
  auto town = render::prepareTown(project->model, progress);
  if (saved.valid()) {
    if (town) progress.report(-1, "saving");
    if (const Status status = saved.get(); !status) return failed(status.error());
  }
  if (!town) return {};  // cancelled: what was open stays
  return [this, project, town, contents = contentsOf(*project->model), just_imported = just_imported != nullptr,
          source_crs = just_imported ? just_imported->options.source_crs : std::string(),
          files = just_imported ? shortNames(just_imported->paths) : std::string()] {
    view_.contents = contents;
    view_.lod = {};
    const bool other = !view_.project || view_.project->folder != project->folder;
    if (just_imported && !other) edit_desk_.imported(files, project);
    show(project, town);
    // What was just imported is what one wants to see.
    if (just_imported && other && !project->model->results.empty()) on(SetResult{project->model->results.front().id});
    if (!just_imported) return;
    on(ShowWindow{WindowId::import_report, true});
    index(project, source_crs);
  };
}

/// The octrees of what was imported are made while its samples are already seen.
void Session::index(const std::shared_ptr<const project::Project>& project, const std::string& source_crs) {
  if (!wantsIndex(*project)) return;
  jobs_.start(tr(view_.language, "job.index"), [this, project, source_crs](Progress& progress) -> JobQueue::Finish {
    project::Project indexed = *project;
    const Result<int> done = indexAndSave(indexed, source_crs, progress);
    if (!done && done.error().code != ErrorCode::cancelled)
      return [this, error = done.error()] { notify(true, error.text()); };
    if (indexed.model == project->model) return {};
    auto whole = std::make_shared<const project::Project>(std::move(indexed));
    SilentProgress to_the_end;
    auto town = render::prepareTown(whole->model, to_the_end);
    return [this, project, whole, town] {
      edit_desk_.amended(project, whole);
      // Another one may have been opened meanwhile, or another state of this one; what was indexed is saved.
      if (view_.project == project) show(whole, town);
      edit_desk_.settle();
    };
  });
}

void Session::on(const OpenProject& command) {
  jobs_.start(shortName(command.folder), [this, folder = command.folder](Progress& progress) {
    return opened(project::openAsFarAsPossible(folder, progress), progress, nullptr);
  });
}

void Session::on(const OpenDemo&) {
  jobs_.start(tr(view_.language, "menu.demo"),
              [this](Progress& progress) { return opened(demoTown(progress), progress, nullptr); });
}

void Session::on(const ImportFiles& command) {
  std::filesystem::path folder = command.project_folder;
  if (folder.empty() && view_.project) folder = view_.project->folder;
  if (folder.empty() && !command.paths.empty()) folder = command.paths.front().parent_path() / "town";
  folder = projectFolderFrom(folder);
  if (view_.files.read_only && view_.project->folder == folder) return notify(true, view_.files.why_read_only);
  const JobId job = jobs_.start(shortName(folder), [this, folder, command](Progress& progress) {
    return opened(readIntoProject(folder, command.paths, command.options, progress), progress, &command);
  });
  file_desk_.importing(job, {command.paths, folder, command.options.source_crs, command.options.encoding});
  edit_desk_.importing(job);
}

void Session::on(const SurveyFiles& command) {
  if (command.paths.empty()) return;
  jobs_.start(shortName(command.paths.front()), [this, command](Progress& progress) -> JobQueue::Finish {
    Result<import::Survey> survey = import::survey(command.paths, command.options, progress);
    if (!survey)
      return [this, error = survey.error()] {
        if (error.code != ErrorCode::cancelled) notify(true, error.text());
      };
    auto pending = std::make_shared<const PendingImport>(
        PendingImport{command.paths, command.options, command.project_folder, std::move(*survey)});
    return [this, pending] {
      view_.pending_import = pending;
      on(ShowWindow{WindowId::import_preview, true});
    };
  });
}

void Session::on(const ImportPending& command) {
  if (!view_.pending_import) return;
  const PendingImport& pending = *view_.pending_import;
  Result<import::Selection> selection = selectionOf(pending, command.choice);
  if (!selection) return notify(true, selection.error().text());  // the window stays open: the words can be mended
  ImportFiles wanted{pending.paths, optionsOf(pending, command.choice), pending.project_folder};
  wanted.options.selection = std::move(*selection);
  view_.pending_import.reset();
  on(ShowWindow{WindowId::import_preview, false});
  on(wanted);
}

void Session::on(const ShowProblem& command) {
  if (!view_.project) return;
  if (const auto asset = assetNamed(*view_.project->model, command.feature_id)) {
    on(SelectAsset{asset});
    on(FlyTo{Viewpoint::selection, {}});
  } else if (command.position) {
    FlyTo there{Viewpoint::pose, {}};
    there.pose.target = *command.position;
    there.pose.distance_m = problem_distance_m;
    there.pose.elevation_deg = problem_elevation_deg;
    on(there);
  } else {
    notify(false, tr(view_.language, "report.not_in_town"));
  }
}

void Session::on(const ExportRanking& command) {
  const std::shared_ptr<const assess::Ranking> ranking =
      view_.subject == assess::Subject::snow ? view_.snow : view_.ageing;
  if (!view_.project || !ranking) return;
  const Language language = view_.language;
  jobs_.start(
      shortName(command.path),
      [this, command, ranking, language, project = view_.project](Progress& progress) -> JobQueue::Finish {
        const Status written = exporting::write({*project, *ranking, language}, command.format, command.path, progress);
        if (!written) return [this, error = written.error()] { notify(true, error.text()); };
        return [this, path = command.path] { notify(false, toUtf8(path)); };
      });
}

void Session::on(const SaveReport& command) {
  if (!view_.project) return;
  const project::Project& project = *view_.project;
  const crs::LocalFrame* frame = project.model ? &project.model->frame : nullptr;
  const Status written = exporting::writeImportReport(
      {project.name, project.sources, project.report, frame, view_.language}, command.path);
  notify(!written, written ? toUtf8(command.path) : written.error().text());
}

void Session::on(const SetSubject& command) {
  view_.subject = command.subject;
}

void Session::on(const SetWhatIf& command) {
  assess::snow::WhatIf wanted = command.what_if;
  wanted.snowfall_factor = std::clamp(wanted.snowfall_factor, 0.0, 10.0);
  wanted.added_snow_cm = std::clamp(wanted.added_snow_cm, 0.0, 200.0);
  wanted.air_offset_c = std::clamp(wanted.air_offset_c, -30.0, 30.0);
  wanted.trigger_factor = std::clamp(wanted.trigger_factor, 0.1, 10.0);
  for (double& weight : wanted.weights) weight = std::clamp(weight, 0.0, 1.0);
  if (wanted == view_.what_if) return;
  view_.what_if = wanted;
  assess();
}

void Session::on(const SetProfile& command) {
  if (std::ranges::none_of(view_.profiles, [&](const auto& profile) { return profile.id == command.id; }) &&
      !std::filesystem::exists(command.id))
    return notify(true, fmt::format(fmt::runtime(tr(view_.language, "files.no_profile")), command.id, view_.profile));
  view_.profile = command.id;
  assess();
  look_desk_.assessAgain();
}

void Session::on(const SetTime& command) {
  view_.time = std::clamp(command.at, view_.time_first, view_.time_last);
  assess();
  readSensors();
}

void Session::on(const StepTime& command) {
  on(SetTime{view_.time.plusHours(command.hours)});
}

void Session::on(const SelectAsset& command) {
  view_.selection = command.asset;
  view_.also_selected.clear();
}

void Session::on(const SelectAssets& command) {
  view_.selection = command.assets.empty() ? std::nullopt : std::optional(command.assets.front());
  view_.also_selected = command.assets.size() > 1 ? command.assets : std::vector<model::AssetRef>();
}

void Session::on(const SetLanguage& command) {
  view_.language = command.language;
  readSensors();
  look_desk_.assessAgain();
}

void Session::on(const SetTextScale& command) {
  view_.text_scale = std::clamp(command.scale, 0.8, 2.0);
}

void Session::on(const ShowWindow& command) {
  if (command.open)
    view_.open_windows.insert(command.window);
  else
    view_.open_windows.erase(command.window);
}

void Session::on(const DismissNotice& command) {
  if (command.index < view_.notices.size())
    view_.notices.erase(view_.notices.begin() + static_cast<std::ptrdiff_t>(command.index));
}

void Session::show(std::shared_ptr<const project::Project> project, render::PreparedTownPtr town) {
  const bool same_place = view_.project && view_.project->folder == project->folder;
  const std::string result_id = resultToShow(*project->model, same_place ? view_.project->model : model::CityModelPtr(),
                                             same_place ? view_.result_id : "");
  view_.project = std::move(project);
  view_.town = std::move(town);
  view_.textures.reset();
  view_.hover.reset();
  if (!same_place) on(SelectAsset{});
  const model::CityModel& model = *view_.project->model;
  const Instant moment = defaultMoment(model);
  const TimeSpan span = shownSpanOf(model).value_or(TimeSpan{moment, moment, moment});
  view_.time_first = span.first;
  view_.time_last = span.last;
  view_.time_now = span.now;
  view_.time = span.now;
  view_.result_id = result_id;
  view_.result.reset();
  if (!same_place) view_.flight = FlyTo{Viewpoint::home, {}};
  point_desk_.opened(same_place);
  edit_desk_.opened(same_place);
  find_desk_.opened(same_place);
  file_desk_.opened(same_place);
  look_desk_.opened(same_place);
  assess();
  readSensors();
  readTextures();
  readResult();
}

void Session::assess() {
  if (!view_.project) return;
  const model::CityModel& model = *view_.project->model;
  const auto take = [this](Result<assess::Ranking> ranking) -> std::shared_ptr<const assess::Ranking> {
    if (ranking) return std::make_shared<const assess::Ranking>(std::move(*ranking));
    notify(true, ranking.error().text());
    return nullptr;
  };
  view_.snow = take(assess::rankSnow(model, view_.profile, view_.time, view_.what_if));
  view_.snow_as_it_is =
      view_.what_if.changesAnything() ? take(assess::rankSnow(model, view_.profile, view_.time)) : view_.snow;
  view_.ageing = take(assess::rankAgeing(model, view_.time));
}

void Session::readSensors() {
  if (view_.project) view_.readings = sensorReadings(*view_.project->model, view_.profile, view_.time, view_.language);
  find_desk_.refresh();
}

}  // namespace hashimichi::app
