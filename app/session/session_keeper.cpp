#include "app/session/session_keeper.h"

#include <unistd.h>

#include <algorithm>

#include "geo/core/file.h"

namespace hashimichi::app {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_recent = 12;

/// What is compared: the moment of writing is no change.
std::string comparable(JournalState state, bool with_camera) {
  state.written_at = {};
  if (!with_camera) state.camera = {};
  return journalText(state);
}

}  // namespace

void SessionKeeper::begin(ViewModel& view, std::optional<Language> language) {
  begun_ = true;
  preferences_ = saved_ = loadPreferences();
  if (preferences_.language) view.language = *preferences_.language;
  if (language) view.language = *language;
  view.theme = preferences_.theme;
  view.text_scale = preferences_.text_scale;
  view.mouse = preferences_.mouse;
  shown_ = {view.language, view.theme, view.text_scale, view.mouse};
}

void SessionKeeper::remember(const fs::path& project_folder) {
  std::error_code ignored;
  const fs::path folder = fs::absolute(project_folder, ignored).lexically_normal();
  std::erase(preferences_.recent, folder);
  preferences_.recent.insert(preferences_.recent.begin(), folder);
  if (preferences_.recent.size() > most_recent) preferences_.recent.resize(most_recent);
}

/// Only what a person changes counts: a language that a command line asked for once is not kept.
Status SessionKeeper::writePreferences(const ViewModel& view) {
  if (!begun_) return done();
  if (view.language != shown_.language) preferences_.language = view.language;
  if (view.theme != shown_.theme) preferences_.theme = view.theme;
  if (view.text_scale != shown_.text_scale) preferences_.text_scale = view.text_scale;
  if (view.mouse != shown_.mouse) preferences_.mouse = view.mouse;
  shown_ = {view.language, view.theme, view.text_scale, view.mouse};
  if (preferences_ == saved_) return done();
  saved_ = preferences_;  // a folder that cannot be written is tried again at the next change, not every second
  return savePreferences(preferences_);
}

fs::path SessionKeeper::runningFile() const {
  return runningFolder() / (std::to_string(::getpid()) + ".json");
}

Status SessionKeeper::writeJournal(JournalState state, bool into_project) {
  const std::string text = journalText(state);
  written_ = comparable(state, true), chosen_ = comparable(state, false);
  since_written_s_ = 0, unsaved_ = false, written_into_project_ = into_project;
  Status status = done();
  if (into_project && !state.project.empty()) {
    std::error_code ignored;
    fs::create_directories(journalPath(state.project).parent_path(), ignored);
    status = writeFile(journalPath(state.project), text);
    if (status) journal_of_ = state.project;
  }
  if (!begun_) return status;
  std::error_code ignored;
  fs::create_directories(runningFolder(), ignored);
  const Status beside = writeFile(runningFile(), text);
  return status ? beside : status;
}

void SessionKeeper::look(const ViewModel& view, const std::optional<RunningImport>& import, bool into_project,
                         double seconds) {
  since_written_s_ += seconds;
  (void)writePreferences(view);  // told when the person asks for it; the window works without
  const JournalState state = journalOf(view, import);
  if (state.project.empty() && !state.import && journal_of_.empty()) return;
  unsaved_ = comparable(state, true) != written_ || into_project != written_into_project_;
  const bool chosen = comparable(state, false) != chosen_;
  if (unsaved_ && (chosen || into_project != written_into_project_ || since_written_s_ >= journal_every_s))
    (void)writeJournal(state, into_project);
}

Status SessionKeeper::writeNow(const ViewModel& view, const std::optional<RunningImport>& import, bool into_project) {
  const Status preferences = writePreferences(view);
  const Status journal = writeJournal(journalOf(view, import), into_project);
  return preferences ? journal : preferences;
}

void SessionKeeper::forget(const fs::path& project_folder) {
  std::error_code ignored;
  const fs::path folder = fs::absolute(project_folder, ignored).lexically_normal();
  if (folder != journal_of_) return;
  fs::remove(journalPath(folder), ignored);
  journal_of_.clear(), written_.clear(), chosen_.clear();
}

void SessionKeeper::end(const ViewModel& view) {
  (void)writePreferences(view);
  if (!journal_of_.empty()) forget(fs::path(journal_of_));
  std::error_code ignored;
  if (begun_) fs::remove(runningFile(), ignored);
}

}  // namespace hashimichi::app
