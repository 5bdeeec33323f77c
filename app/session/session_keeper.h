#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "app/session/preferences.h"
#include "app/session/session_journal.h"
#include "app/session/view_model.h"

namespace hashimichi::app {

/// Keeps on disk what the project itself does not hold: the person's preferences, and the journal of this run. Main
/// thread only. Before begin() no file beside the project is touched, as on the command line and in tests.
class SessionKeeper {
 public:
  /// The least time between two writes of what only moves, in seconds: a killed program loses no more of it than this
  /// and the second between two looks. Choices that a person makes are written at the next look.
  static constexpr double journal_every_s = 5;

  /// Loads the preferences and shows the window by them.
  /// @param language  asked for by the command line: for this run, not kept
  void begin(ViewModel& view, std::optional<Language> language);
  bool begun() const { return begun_; }
  Preferences& preferences() { return preferences_; }
  const Preferences& preferences() const { return preferences_; }
  /// To the front of the recent ones.
  void remember(const std::filesystem::path& project_folder);

  /// Once a second: takes over what was chosen in the window, and writes what has changed.
  /// @param into_project  false: the project's folder cannot be written, or an earlier journal still lies there
  void look(const ViewModel& view, const std::optional<RunningImport>& import, bool into_project, double seconds);
  /// The same without waiting.
  Status writeNow(const ViewModel& view, const std::optional<RunningImport>& import, bool into_project);
  /// Something differs from what is on disk.
  bool unsaved() const { return unsaved_; }
  /// The journal of a project that is closed properly.
  void forget(const std::filesystem::path& project_folder);
  /// The run ends properly.
  void end(const ViewModel& view);

 private:
  Status writeJournal(JournalState state, bool into_project);
  Status writePreferences(const ViewModel& view);
  std::filesystem::path runningFile() const;

  bool begun_ = false, unsaved_ = false;
  Preferences preferences_, saved_;
  struct Shown {
    Language language = Language::ja;
    ThemeId theme = ThemeId::dark;
    double text_scale = 1;
    MousePreset mouse = MousePreset::qgis;
  } shown_;
  std::string written_, chosen_;  ///< of the journal: all of it, and without the camera
  bool written_into_project_ = false;
  std::filesystem::path journal_of_;  ///< the project that our journal lies in
  double since_written_s_ = 0;
};

}  // namespace hashimichi::app
