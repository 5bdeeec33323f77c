#pragma once
#include <optional>
#include <vector>

#include "app/session/desk.h"
#include "app/session/session_keeper.h"
#include "geo/project/lock.h"

namespace hashimichi::app {

/// The project as a folder: who may write into it, packing, links, recent ones, recovery, and what is kept of this run.
/// Main thread only.
class FileDesk {
 public:
  explicit FileDesk(DeskTools tools) : tools_(std::move(tools)) {}
  /// The run has ended properly: the journal is taken away, the lock given back.
  ~FileDesk();

  /// For the window: loads the preferences and looks for what an earlier run left. Without it only the project's own
  /// folder is touched.
  /// @param project_wanted  one is opened at once; what another one left waits
  /// @param language  of the command line, before the preferred one
  void begin(bool project_wanted, std::optional<Language> language);
  SessionKeeper& keeper() { return keeper_; }

  void apply(const FileCommand& command);
  /// Another project, or the same one with another model, is shown now.
  void opened(bool same_place);
  /// An import has begun; noted until that job is gone.
  void importing(JobId job, RunningImport import);
  /// Once per frame.
  void update(double seconds_since_last);
  /// The display is gone: what can be written is written now. The run has not ended properly.
  void displayLost();

 private:
  void on(const SaveNow& command);
  void on(const PackProject& command);
  void on(const UnpackProject& command);
  void on(const ForgetRecent& command);
  void on(const RepairLink& command);
  void on(const RecoverProject& command);
  void on(const ShowLinks& command) { state().links_open = command.open; }

  FileState& state() { return tools_.view.files; }
  std::string words(std::string_view key, std::initializer_list<std::string> values = {}) const;
  bool writable() const { return tools_.view.project && lock_ && !state_read_only_; }
  /// Into the project, unless an earlier journal waits there for its answer.
  bool journalIntoProject() const { return writable() && !(left_ && left_->in_project); }
  void lockProject();
  void readOnly(std::string why);
  void tellSalvage();
  void lookForLeftJournal();
  void offer();
  void checkLinks();
  void listRecent();
  void restore(const JournalState& state);
  void putAway();

  DeskTools tools_;
  SessionKeeper keeper_;
  std::optional<project::ProjectLock> lock_;
  bool state_read_only_ = false;
  std::filesystem::path folder_;  ///< of the open project
  struct Left {
    JournalState state;
    std::vector<std::filesystem::path> files;
    bool in_project = false;  ///< its journal lies in the open project
  };
  std::optional<Left> left_;        ///< what an earlier run left, until the person has answered
  std::optional<Left> after_open_;  ///< taken over as soon as its project is open
  bool previous_offered_ = false;   ///< the project is damaged; the answer is about its previous state
  std::optional<RunningImport> import_;
  JobId import_job_ = 0;
  double since_look_s_ = 0, since_lock_look_s_ = 0;
  bool ended_ = true;  ///< properly; false after the display was lost
};

}  // namespace hashimichi::app
