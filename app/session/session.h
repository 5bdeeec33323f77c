#pragma once
#include "app/jobs/job_queue.h"
#include "app/session/command.h"
#include "app/session/edit_desk.h"
#include "app/session/file_desk.h"
#include "app/session/find_desk.h"
#include "app/session/look_desk.h"
#include "app/session/point_desk.h"
#include "app/session/view_model.h"

namespace hashimichi::app {

/// The one owner of project, selection, time and jobs. Main thread only; workers reach it through JobQueue::drain.
class Session {
 public:
  Session();

  void apply(const Command& command);
  /// Once per frame: finished jobs, playing time, job views.
  void update(double seconds_since_last);
  /// Blocks until no job is running; for the command line and tests.
  void finishJobs();

  const ViewModel& view() const { return view_; }
  /// The viewport takes these once and acts on them.
  std::optional<FlyTo> takeFlight() { return std::exchange(view_.flight, std::nullopt); }
  std::optional<std::filesystem::path> takePictureWanted() { return std::exchange(view_.picture_wanted, std::nullopt); }
  std::optional<std::filesystem::path> takeSectionPictureWanted() {
    return std::exchange(view_.points.section_picture_wanted, std::nullopt);
  }
  std::optional<PathPurpose> takePathWanted() { return std::exchange(view_.path_wanted, std::nullopt); }
  void cameraMoved(const render::CameraPose& pose) { view_.camera = pose; }
  void notify(bool failed, std::string text);

  /// For the window: the person's preferences, and what an earlier run left behind.
  /// @param project_wanted  one is opened at once
  /// @param language        of the command line, for this run only
  void begin(bool project_wanted, std::optional<Language> language = {}) { file_desk_.begin(project_wanted, language); }
  Preferences& preferences() { return file_desk_.keeper().preferences(); }
  /// Sizes and places of the regions, for the next time this project is opened.
  void keepLayout(const std::filesystem::path& folder, std::map<std::string, float> layout) {
    preferences().layouts[folder.string()] = std::move(layout);
  }
  /// The display is gone; what can be kept is kept, and the next start offers it.
  void displayLost() { file_desk_.displayLost(); }

 private:
  void on(const OpenProject& command);
  void on(const OpenDemo& command);
  void on(const ImportFiles& command);
  void on(const SurveyFiles& command);
  void on(const ImportPending& command);
  void on(const ShowProblem& command);
  void on(const ExportRanking& command);
  void on(const SaveReport& command);
  void on(const SavePicture& command) { view_.picture_wanted = command.path; }
  void on(const CancelJob& command) {
    if (!edit_desk_.mustFinish(command.id)) jobs_.cancel(command.id);
  }
  void on(const Quit&) { view_.quit = true; }
  void on(const SetSubject& command);
  void on(const SetProfile& command);
  void on(const SetWhatIf& command);
  void on(const SetTime& command);
  void on(const StepTime& command);
  void on(const SetPlaying& command) { view_.playing = command.playing; }
  void on(const SetResult& command);
  void on(const SelectAsset& command);
  void on(const SelectAssets& command);
  void on(const HoverAsset& command) { view_.hover = command.asset; }
  void on(const SetLayerVisible& command);
  void on(const SetLod& command);
  void on(const FlyTo& command) { view_.flight = command; }
  void on(const ToggleOrthographic&) { view_.orthographic = !view_.orthographic; }
  void on(const SetLanguage& command);
  void on(const SetTheme& command) { view_.theme = command.theme; }
  void on(const SetTextScale& command);
  void on(const SetMousePreset& command) { view_.mouse = command.preset; }
  void on(const AskPath& command) { view_.path_wanted = command.purpose; }
  void on(const ShowTour& command) { view_.tour_step = command.step; }
  void on(const ShowWindow& command);
  void on(const DismissNotice& command);
  void on(const PointCommand& command) { point_desk_.apply(command); }
  void on(const EditCommand& command) { edit_desk_.apply(command); }
  void on(const FindCommand& command) { find_desk_.apply(command); }
  void on(const FileCommand& command) { file_desk_.apply(command); }
  void on(const LookCommand& command) { look_desk_.apply(command); }
  DeskTools tools();
  EditDesk::Partners partners();

  /// Worker thread: prepares what was opened and hands it over to the main thread, or tells why there is nothing.
  /// What was just imported is saved beside that, and its report is shown; a project that cannot be saved is not shown.
  /// @param just_imported  by which words; nullptr when it was opened: then it is saved already and nothing is told
  JobQueue::Finish opened(Result<project::Project> result, Progress& progress, const ImportFiles* just_imported);
  void index(const std::shared_ptr<const project::Project>& project, const std::string& source_crs);
  void show(std::shared_ptr<const project::Project> project, render::PreparedTownPtr town);
  /// The pictures of the shown town, on the worker; nothing where they are at hand, hidden or there are none.
  void readTextures();
  /// Shapes of the shown result over the shown town, on the worker.
  void readResult();
  void assess();
  void readSensors();

  ViewModel view_;
  double play_clock_s_ = 0;
  PointDesk point_desk_;
  EditDesk edit_desk_;
  FindDesk find_desk_;
  FileDesk file_desk_;
  LookDesk look_desk_;
  render::PreparedTownPtr textures_wanted_;  ///< whose pictures are being read
  JobQueue jobs_;
};

}  // namespace hashimichi::app
