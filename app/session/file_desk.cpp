#include "app/session/file_desk.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>

#include "app/i18n/text.h"
#include "geo/core/file.h"
#include "geo/project/generations.h"
#include "geo/project/layout.h"
#include "geo/project/links.h"
#include "geo/project/pack.h"
#include "geo/project/salvage.h"

namespace hashimichi::app {
namespace fs = std::filesystem;

namespace {

constexpr double look_every_s = 1, lock_look_every_s = 30;

std::string nameOf(const fs::path& folder) {
  return toUtf8((folder.has_filename() ? folder : folder.parent_path()).stem());
}

bool sameFolder(const fs::path& a, const fs::path& b) {
  std::error_code ignored;
  return fs::absolute(a, ignored).lexically_normal() == fs::absolute(b, ignored).lexically_normal();
}

}  // namespace

FileDesk::~FileDesk() {
  if (ended_) keeper_.end(tools_.view);
}

std::string FileDesk::words(std::string_view key, std::initializer_list<std::string> values) const {
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  for (const std::string& value : values) store.push_back(value);
  return fmt::vformat(tr(tools_.view.language, key), store);
}

void FileDesk::begin(bool project_wanted, std::optional<Language> language) {
  keeper_.begin(tools_.view, language);
  listRecent();
  if (project_wanted) return;
  for (LeftBehind& left : leftBehind()) {
    if (left_) {
      left_->files.push_back(left.file);  // one question, about the newest; the older ones are put away with it
      continue;
    }
    left_ = Left{std::move(left.state), {left.file}, false};
  }
  offer();
}

void FileDesk::apply(const FileCommand& command) {
  std::visit([this](const auto& c) { on(c); }, command);
}

// --- Recovery ---

void FileDesk::offer() {
  FileState& files = state();
  files.recovery_offered = left_ || previous_offered_;
  if (previous_offered_) files.recovery_text = words("recovery.previous", {toUtf8(project::backupOf(folder_))});
  if (!left_ || previous_offered_) return;
  const JournalState& earlier = left_->state;
  const std::string when = formatJst(earlier.written_at);
  files.recovery_text = earlier.project.empty() ? words("recovery.text_none", {when})
                                                : words("recovery.text", {when, nameOf(earlier.project)});
  if (earlier.import)
    files.recovery_text += " " + words("recovery.import", {toUtf8(earlier.import->paths.front().filename()),
                                                           std::to_string(earlier.import->paths.size())});
}

void FileDesk::lookForLeftJournal() {
  std::optional<JournalState> journal = loadJournal(journalPath(folder_));
  const bool ours = journal && journal->process == project::thisProcess();
  // Of another machine nobody knows whether it lives; but it does not hold the lock any more, or we would not write.
  if (!journal || ours || !writable() || project::isAlive(journal->process).value_or(false)) return;
  if (left_ && sameFolder(left_->state.project, folder_)) {
    left_->in_project = true;
    // Of two writes the one into the project came first: where only one was done, it is the later state.
    if (left_->state.written_at <= journal->written_at) left_->state = std::move(*journal);
    left_->files.push_back(journalPath(folder_));
  } else {
    left_ = Left{std::move(*journal), {journalPath(folder_)}, true};
  }
  for (const LeftBehind& other : keeper_.begun() ? leftBehind() : std::vector<LeftBehind>())
    if (sameFolder(other.state.project, folder_)) left_->files.push_back(other.file);
}

void FileDesk::putAway() {
  if (!left_) return;
  std::error_code ignored;
  for (const fs::path& file : left_->files) {
    if (sameFolder(file.parent_path(), runningFolder()))
      fs::remove(file, ignored);
    else
      fs::rename(file, file.parent_path() / "session.put_away.json", ignored);
  }
  left_.reset();
}

void FileDesk::restore(const JournalState& earlier) {
  const auto& profiles = tools_.view.profiles;
  tools_.say(SetSubject{earlier.subject});
  if (std::ranges::any_of(profiles, [&](const auto& profile) { return profile.id == earlier.profile; }))
    tools_.say(SetProfile{earlier.profile});
  else if (!earlier.profile.empty())
    tools_.notify(true, words("recovery.no_profile", {earlier.profile, tools_.view.profile}));
  tools_.say(SetTime{earlier.time});
  tools_.say(SelectAssets{earlier.selection});
  for (const render::LayerId& layer : earlier.hidden_layers) tools_.say(SetLayerVisible{layer, false});
  if (!earlier.result_id.empty()) tools_.say(SetResult{earlier.result_id});
  for (const WindowId window : earlier.open_windows) tools_.say(ShowWindow{window, true});
  tools_.say(FlyTo{Viewpoint::pose, earlier.camera});
  tools_.view.camera = earlier.camera;
  if (!earlier.import) return;
  // Shown as a choice, as it was the first time: how much of the files was wanted is asked again.
  SurveyFiles again{earlier.import->paths, {}, earlier.import->project_folder};
  again.options.source_crs = earlier.import->source_crs, again.options.encoding = earlier.import->encoding;
  tools_.say(again);
}

void FileDesk::on(const RecoverProject& command) {
  if (previous_offered_) {
    previous_offered_ = false;
    offer();
    if (!command.take_over || !lock_) return;
    const Status restored = project::restorePrevious(folder_);
    tools_.notify(!restored, restored ? words("recovery.restored") : restored.error().text());
    if (restored) tools_.say(OpenProject{folder_});
    return;
  }
  if (!left_) return;
  std::optional<Left> earlier = left_;
  putAway();
  offer();
  if (!command.take_over) return;
  const fs::path& wanted = earlier->state.project;
  const bool open_already = tools_.view.project && sameFolder(wanted, folder_);
  if (open_already || wanted.empty() || !project::isProjectFolder(wanted))
    return restore(earlier->state);  // of a project that was never saved, its import is what is left
  after_open_ = std::move(earlier);
  tools_.say(OpenProject{after_open_->state.project});
}

// --- Opening ---

void FileDesk::readOnly(std::string why) {
  state_read_only_ = state().read_only = true;
  state().why_read_only = std::move(why);
  tools_.notify(true, state().why_read_only);
}

void FileDesk::lockProject() {
  project::LockOutcome outcome = project::takeLock(folder_);
  lock_ = std::move(outcome.lock);
  if (outcome.taken_over)
    tools_.notify(false, words("files.lock_taken_over",
                               {outcome.taken_over->process.host, formatJst(outcome.taken_over->since)}));
  if (lock_) return project::removeLeftovers(folder_);
  if (outcome.error) return readOnly(words("files.read_only_folder", {toUtf8(folder_), outcome.error->what}));
  const project::LockHolder& holder = *outcome.holder;
  readOnly(words("files.locked",
                 {nameOf(folder_), holder.process.host.empty() ? "?" : holder.process.host, formatJst(holder.since)}));
}

void FileDesk::tellSalvage() {
  const std::optional<project::Salvage> salvage = project::salvageOf(*tools_.view.project);
  if (!salvage) return;
  switch (*salvage) {
    case project::Salvage::newer:
      return readOnly(words("files.newer", {nameOf(folder_)}));
    case project::Salvage::previous:
      previous_offered_ = lock_.has_value();
      return readOnly(words("files.previous_shown", {nameOf(folder_), toUtf8(project::backupOf(folder_))}));
    case project::Salvage::parts:
      return readOnly(words("files.parts_shown", {nameOf(folder_)}));
  }
}

void FileDesk::opened(bool same_place) {
  const fs::path& folder = tools_.view.project->folder;
  previous_offered_ = false;
  if (!same_place) {
    if (!folder_.empty()) keeper_.forget(folder_);
    lock_.reset();
    folder_ = folder;
    // What another project's run left stays where it is until that project is opened again.
    if (left_ && !sameFolder(left_->state.project, folder_)) left_.reset();
  }
  state_read_only_ = state().read_only = false;
  state().why_read_only.clear();
  state().missing_links.clear();
  if (!lock_) lockProject();
  tellSalvage();
  if (!same_place) {
    keeper_.remember(folder_);
    listRecent();
    lookForLeftJournal();
  }
  checkLinks();
  if (after_open_ && sameFolder(after_open_->state.project, folder_)) {
    JournalState earlier = std::exchange(after_open_, std::nullopt)->state;
    if (left_ && left_->in_project && earlier.written_at <= left_->state.written_at) earlier = left_->state;
    left_.reset();
    restore(earlier);
  }
  offer();
}

void FileDesk::listRecent() {
  state().recent.clear();
  for (const fs::path& folder : keeper_.preferences().recent)
    if (project::isProjectFolder(folder)) state().recent.push_back(folder);
}

void FileDesk::on(const ForgetRecent& command) {
  std::erase(keeper_.preferences().recent, command.folder);
  listRecent();
}

// --- Keeping ---

void FileDesk::importing(JobId job, RunningImport import) {
  import_job_ = job;
  std::error_code ignored;
  for (fs::path& path : import.paths) path = fs::absolute(path, ignored);
  import.project_folder = fs::absolute(import.project_folder, ignored);
  import_ = std::move(import);
}

void FileDesk::update(double seconds_since_last) {
  since_look_s_ += seconds_since_last, since_lock_look_s_ += seconds_since_last;
  if (since_look_s_ < look_every_s) return;
  const auto& jobs = tools_.view.jobs;
  if (import_ && std::ranges::none_of(jobs, [this](const JobView& job) { return job.id == import_job_; }))
    import_.reset();
  keeper_.look(tools_.view, import_, journalIntoProject(), since_look_s_);
  since_look_s_ = 0;
  state().unsaved = keeper_.unsaved();
  if (!lock_ || since_lock_look_s_ < lock_look_every_s) return;
  since_lock_look_s_ = 0;
  lock_->beat();
  const Status held = lock_->stillHeld();
  if (held) return;
  lock_.reset();
  readOnly(words("files.lock_lost", {nameOf(folder_), held.error().what}));
}

void FileDesk::displayLost() {
  ended_ = false;
  (void)keeper_.writeNow(tools_.view, import_, journalIntoProject());
}

void FileDesk::on(const SaveNow&) {
  const Status written = keeper_.writeNow(tools_.view, import_, journalIntoProject());
  state().unsaved = keeper_.unsaved();
  if (state_read_only_) return tools_.notify(true, state().why_read_only);
  tools_.notify(!written, written ? words("files.saved") : written.error().text());
}

// --- Packing ---

void FileDesk::on(const PackProject& command) {
  if (!tools_.view.project) return;
  fs::path zip = command.path;
  if (zip.extension() != ".zip") zip += ".zip";
  tools_.jobs.start(words("files.packing"), [this, zip, folder = folder_](Progress& progress) -> JobQueue::Finish {
    const Result<project::PackReport> packed = project::pack(folder, zip, progress);
    return [this, packed, zip] {
      if (!packed) {
        if (packed.error().code != ErrorCode::cancelled) tools_.notify(true, packed.error().text());
        return;
      }
      tools_.notify(false, words("files.packed", {toUtf8(zip), std::to_string(packed->files)}));
      if (!packed->missing.empty())
        tools_.notify(true,
                      words("files.packed_without", {std::to_string(packed->missing.size()), packed->missing.front()}));
    };
  });
}

void FileDesk::on(const UnpackProject& command) {
  tools_.jobs.start(words("files.unpacking"), [this, zip = command.path](Progress& progress) -> JobQueue::Finish {
    const Result<fs::path> folder = project::unpack(zip, {}, progress);
    return [this, folder] {
      if (folder) return tools_.say(OpenProject{*folder});
      if (folder.error().code != ErrorCode::cancelled) tools_.notify(true, folder.error().text());
    };
  });
}

// --- Links ---

void FileDesk::checkLinks() {
  const auto project = tools_.view.project;
  tools_.jobs.start(words("links.checking"), [this, project](Progress&) -> JobQueue::Finish {
    return [this, project, missing = project::missingLinks(*project)] {
      if (tools_.view.project != project) return;
      state().missing_links = missing;
      if (!missing.empty())
        tools_.notify(false, words("links.notice", {std::to_string(missing.size()), toUtf8(missing.front())}));
    };
  });
}

void FileDesk::on(const RepairLink& command) {
  const auto project = tools_.view.project;
  if (!project) return;
  if (state_read_only_) return tools_.notify(true, state().why_read_only);
  tools_.jobs.start(
      words("links.repairing"),
      [this, project, command, all = state().missing_links](Progress& progress) -> JobQueue::Finish {
        const auto places = project::repairedBy(all, command.missing, command.found);
        if (places.empty())
          return [this, command] {
            tools_.notify(true, words("links.not_there", {toUtf8(command.missing.filename()), toUtf8(command.found)}));
          };
        const Status saved = project::save(project::relinked(*project, places), progress);
        return [this, saved, count = places.size(), folder = project->folder] {
          if (!saved) return tools_.notify(true, saved.error().text());
          tools_.notify(false, words("links.repaired", {std::to_string(count)}));
          if (sameFolder(folder, folder_)) tools_.say(OpenProject{folder});
        };
      });
}

}  // namespace hashimichi::app
