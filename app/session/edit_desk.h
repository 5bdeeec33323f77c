#pragma once
#include <functional>
#include <memory>
#include <set>

#include "app/session/desk.h"
#include "app/session/history.h"

namespace hashimichi::app {

/// Notes, viewpoints, and the one list of all edits that can be undone. Main thread only.
///
/// What is written lies in notebook.json of the project's folder and is written there whenever it changes. Going to
/// another revision of the town is a job: the revision is saved and prepared beside the window and then shown; undo
/// and redo may be said meanwhile, the job is repeated until what is shown is what the list stands at.
class EditDesk {
 public:
  /// How other desks and the session take part.
  struct Partners {
    /// Shows the measurements of a state and writes them.
    std::function<void(const measure::SavedMeasurements&)> put_measurements;
    /// Shows a revision of the town that is already saved.
    std::function<void(std::shared_ptr<const project::Project>, render::PreparedTownPtr, CityContents)> show;
  };
  EditDesk(DeskTools tools, Partners partners) : tools_(std::move(tools)), partners_(std::move(partners)) {}

  void apply(const EditCommand& command);
  /// Another project, or the same one with another model, is shown now. Measurements are in the view by then.
  void opened(bool same_place);

  /// The measurements of the view were changed by an edit of that name.
  void measured(std::string name);
  /// A job that will change the town of the open project; while it is under way no other revision is gone to.
  void importing(JobId job) { imports_.insert(job); }
  /// It has read these files into a new revision of the open project, which is shown next.
  void imported(const std::string& files, std::shared_ptr<const project::Project> project);
  /// Going back half a way would leave no state of the project at all: this job must not be stopped.
  bool mustFinish(JobId job) const { return restoring_ == job; }
  /// A revision has another form now, which was just saved: point clouds indexed.
  void amended(const std::shared_ptr<const project::Project>& former,
               const std::shared_ptr<const project::Project>& now);
  /// Saves and shows the revision that the list stands at, where another one is saved or shown.
  void settle();

 private:
  void on(const AddNote& command);
  void on(const ChangeNote& command);
  void on(const RemoveNote& command);
  void on(const SelectNote& command);
  void on(const SaveViewpoint& command);
  void on(const RenameViewpoint& command);
  void on(const RemoveViewpoint& command);
  void on(const GoToViewpoint& command);
  void on(const Undo&);
  void on(const Redo&);
  void on(const GoToStep& command);

  EditState& state() { return tools_.view.edits; }
  /// The book as `edit` leaves it, written and noted as a step.
  void change(std::string name, const std::function<void(project::Notebook&)>& edit);
  /// Notes a step that leads to this state.
  void note(std::string name, EditableState after);
  void goTo(std::size_t step);
  /// Shows and writes the list's present book and measurements, where the former ones were others.
  void showWritten(const EditableState& former);
  JobQueue::Finish restored(const std::shared_ptr<const project::Project>& wanted, bool on_disk, std::size_t number);
  void takeBack(const Error& error);
  void tellSteps();
  void writeBook();
  bool importUnderWay();

  DeskTools tools_;
  Partners partners_;
  History history_;
  std::set<JobId> imports_;
  bool readable_ = true;                             ///< false: the file is damaged and is left as it is
  std::optional<JobId> restoring_;                   ///< a revision is being saved and prepared
  std::shared_ptr<const project::Project> on_disk_;  ///< the revision that was saved last
  std::size_t projects_ = 0;                         ///< opened so far; a job for an earlier one is late
};

}  // namespace hashimichi::app
