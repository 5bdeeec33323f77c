#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/session/view_model.h"
#include "geo/project/lock.h"

namespace hashimichi::app {

/// An import that has not ended.
struct RunningImport {
  std::vector<std::filesystem::path> paths;
  std::filesystem::path project_folder;
  std::string source_crs, encoding;

  bool operator==(const RunningImport&) const = default;
};

/// What a person sees and has begun, as far as the project does not keep it itself: lies in the project's caches while
/// the program runs and is taken away when it ends, so that one which is found tells of a run that did not.
struct JournalState {
  project::ProcessMark process;
  Instant written_at;
  std::filesystem::path project;  ///< empty: none was open
  Instant time;
  assess::Subject subject = assess::Subject::snow;
  std::string profile, result_id;
  render::CameraPose camera;
  std::set<render::LayerId> hidden_layers;
  std::vector<model::AssetRef> selection;
  std::set<WindowId> open_windows;
  std::optional<RunningImport> import;
};

JournalState journalOf(const ViewModel& view, const std::optional<RunningImport>& import);
/// JSON.
std::string journalText(const JournalState& state);
/// Nothing when it is not one; what it holds of unknown windows, layers and kinds is left out.
std::optional<JournalState> journalFrom(const std::string& text);

/// session.json in the project's caches.
std::filesystem::path journalPath(const std::filesystem::path& project_folder);
/// Nothing when there is none, or none that can be read.
std::optional<JournalState> loadJournal(const std::filesystem::path& file);

/// One file for each running program beside the preferences, so that the next start knows what was open.
std::filesystem::path runningFolder();
/// What programs of this machine left that did not end properly, newest first, with its file.
struct LeftBehind {
  std::filesystem::path file;
  JournalState state;
};
std::vector<LeftBehind> leftBehind();

}  // namespace hashimichi::app
