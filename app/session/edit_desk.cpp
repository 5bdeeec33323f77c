#include "app/session/edit_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <exception>

#include "app/i18n/text.h"
#include "geo/core/file.h"
#include "render/prepared_town.h"

namespace hashimichi::app {
namespace {

/// What fits on a pin's card; a longer text belongs into a document.
constexpr std::size_t longest_text_bytes = 20'000, longest_name_bytes = 500;
constexpr std::size_t most_notes = 20'000, most_viewpoints = 2'000;
constexpr std::size_t shown_letters = 24;

Instant now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::seconds>(since).count()};
}

/// Without white space at the ends and cut to whole letters.
std::string tidy(const std::string& text, std::size_t longest_bytes) {
  constexpr const char* white = " \t\r\n";
  const std::size_t first = text.find_first_not_of(white);
  if (first == std::string::npos) return {};
  std::string kept = text.substr(first, text.find_last_not_of(white) - first + 1);
  if (kept.size() <= longest_bytes) return kept;
  std::size_t end = longest_bytes;
  while (end > 0 && (static_cast<unsigned char>(kept[end]) & 0xC0) == 0x80) --end;
  return kept.substr(0, end);
}

/// The beginning of the first line, for a list.
std::string headOf(const std::string& text) {
  std::size_t letters = 0, end = 0;
  while (end < text.size() && text[end] != '\n') {
    if ((static_cast<unsigned char>(text[end]) & 0xC0) != 0x80 && ++letters > shown_letters) break;
    ++end;
  }
  return text.substr(0, end) + (end < text.size() ? "…" : "");
}

/// One more than the highest number that any id of the list ends in.
template <typename Entry>
std::string freshId(char letter, const std::vector<Entry>& list) {
  unsigned long long highest = 0;
  for (const Entry& entry : list) {
    unsigned long long number = 0;
    const char* end = entry.id.data() + entry.id.size();
    if (entry.id.size() > 1 && entry.id.size() < 18 && entry.id[0] == letter &&
        std::from_chars(entry.id.data() + 1, end, number).ptr == end)
      highest = std::max(highest, number);
  }
  return fmt::format("{}{}", letter, highest + 1);
}

template <typename List>
auto* found(List& list, const std::string& id) {
  const auto entry = std::ranges::find(list, id, [](const auto& one) -> const std::string& { return one.id; });
  return entry == list.end() ? nullptr : &*entry;
}

bool usable(const render::CameraPose& pose) {
  return isFinite(pose.target) && std::isfinite(pose.distance_m) && pose.distance_m > 0 &&
         std::isfinite(pose.azimuth_deg) && std::isfinite(pose.elevation_deg) && std::isfinite(pose.view_angle_deg) &&
         pose.view_angle_deg > 0;
}

}  // namespace

void EditDesk::apply(const EditCommand& command) {
  if (!tools_.view.project || history_.empty()) return;
  std::visit([this](const auto& c) { on(c); }, command);
}

void EditDesk::opened(bool same_place) {
  if (same_place && !history_.empty()) {
    // Read anew from the disk: the same revision, as nothing else has said that it is another one.
    if (restoring_) return;
    if (history_.current().project != tools_.view.project)
      history_.replaceProject(history_.current().project, tools_.view.project);
    on_disk_ = tools_.view.project;
    return;
  }
  ++projects_;
  restoring_.reset();
  on_disk_ = tools_.view.project;
  imports_.clear();
  state() = {};
  Problems problems;
  Result<project::Notebook> book = project::loadNotebook(tools_.view.project->folder, problems);
  readable_ = book.ok();
  if (book)
    state().book = std::move(*book);
  else
    tools_.notify(true, book.error().text());
  for (const Problem& line : problems.lines()) tools_.notify(true, line.file + ": " + line.what);
  history_.begin({tools_.view.project, std::make_shared<const project::Notebook>(state().book),
                  std::make_shared<const measure::SavedMeasurements>(tools_.view.points.saved)});
  tellSteps();
}

void EditDesk::change(std::string name, const std::function<void(project::Notebook&)>& edit) {
  auto book = std::make_shared<project::Notebook>(state().book);
  edit(*book);
  state().book = *book;
  writeBook();
  EditableState after = history_.current();
  after.book = std::move(book);
  note(std::move(name), std::move(after));
}

void EditDesk::measured(std::string name) {
  if (history_.empty()) return;
  EditableState after = history_.current();
  after.measured = std::make_shared<const measure::SavedMeasurements>(tools_.view.points.saved);
  note(std::move(name), std::move(after));
}

void EditDesk::imported(const std::string& files, std::shared_ptr<const project::Project> project) {
  if (history_.empty()) return;
  EditableState after = history_.current();
  after.project = on_disk_ = std::move(project);
  note(fmt::format(fmt::runtime(tr(tools_.view.language, "history.imported")), files), std::move(after));
}

void EditDesk::amended(const std::shared_ptr<const project::Project>& former,
                       const std::shared_ptr<const project::Project>& now) {
  history_.replaceProject(former, now);
  if (history_.empty() || on_disk_->folder != now->folder) return;
  on_disk_ = now;
}

void EditDesk::note(std::string name, EditableState after) {
  history_.add(std::move(name), std::move(after));
  tellSteps();
}

void EditDesk::tellSteps() {
  state().steps = history_.names();
  state().step = history_.step();
  if (!found(state().book.notes, state().selected_note)) state().selected_note.clear();
}

void EditDesk::writeBook() {
  if (!readable_) return;
  if (tools_.view.files.read_only) return tools_.notify(true, tools_.view.files.why_read_only);
  const Status written = project::saveNotebook(tools_.view.project->folder, state().book);
  if (!written) tools_.notify(true, written.error().text());
}

void EditDesk::on(const AddNote& command) {
  const std::string text = tidy(command.text, longest_text_bytes);
  if (text.empty() || !isFinite(command.place)) return;
  const Language language = tools_.view.language;
  if (state().book.notes.size() >= most_notes) return tools_.notify(true, tr(language, "note.too_many"));
  const std::string id = freshId('n', state().book.notes);
  state().selected_note = id;
  change(fmt::format(fmt::runtime(tr(language, "history.note_added")), headOf(text)), [&](project::Notebook& book) {
    book.notes.push_back({id, text, command.place, command.asset, now(), false});
  });
}

void EditDesk::on(const ChangeNote& command) {
  const project::Note* note = found(state().book.notes, command.id);
  const std::string text = tidy(command.text, longest_text_bytes);
  if (!note || text.empty() || (note->text == text && note->done == command.done)) return;
  const char* key = note->text != text ? "history.note_changed"
                    : command.done     ? "history.note_done"
                                       : "history.note_open";
  change(fmt::format(fmt::runtime(tr(tools_.view.language, key)), headOf(text)), [&](project::Notebook& book) {
    project::Note* changed = found(book.notes, command.id);
    changed->text = text, changed->done = command.done;
  });
}

void EditDesk::on(const RemoveNote& command) {
  const project::Note* note = found(state().book.notes, command.id);
  if (!note) return;
  change(fmt::format(fmt::runtime(tr(tools_.view.language, "history.note_removed")), headOf(note->text)),
         [&](project::Notebook& book) {
           std::erase_if(book.notes, [&](const project::Note& one) { return one.id == command.id; });
         });
}

void EditDesk::on(const SelectNote& command) {
  state().selected_note = found(state().book.notes, command.id) ? command.id : std::string();
}

void EditDesk::on(const SaveViewpoint& command) {
  const ViewModel& view = tools_.view;
  const render::CameraPose pose = command.pose.value_or(view.camera);
  if (!usable(pose)) return;
  const auto& viewpoints = state().book.viewpoints;
  if (viewpoints.size() >= most_viewpoints) return tools_.notify(true, tr(view.language, "viewpoint.too_many"));
  const std::string id = freshId('v', viewpoints);
  std::string name = tidy(command.name, longest_name_bytes);
  if (name.empty()) name = fmt::format(fmt::runtime(tr(view.language, "viewpoint.unnamed")), id.substr(1));
  change(fmt::format(fmt::runtime(tr(view.language, "history.viewpoint_saved")), headOf(name)),
         [&](project::Notebook& book) {
           book.viewpoints.push_back({id, name, pose.target, pose.distance_m, pose.azimuth_deg, pose.elevation_deg,
                                      command.pose ? pose.orthographic : view.orthographic, pose.view_angle_deg,
                                      view.time});
         });
}

void EditDesk::on(const RenameViewpoint& command) {
  const project::Viewpoint* viewpoint = found(state().book.viewpoints, command.id);
  const std::string name = tidy(command.name, longest_name_bytes);
  if (!viewpoint || name.empty() || viewpoint->name == name) return;
  change(fmt::format(fmt::runtime(tr(tools_.view.language, "history.viewpoint_renamed")), headOf(name)),
         [&](project::Notebook& book) { found(book.viewpoints, command.id)->name = name; });
}

void EditDesk::on(const RemoveViewpoint& command) {
  const project::Viewpoint* viewpoint = found(state().book.viewpoints, command.id);
  if (!viewpoint) return;
  change(fmt::format(fmt::runtime(tr(tools_.view.language, "history.viewpoint_removed")), headOf(viewpoint->name)),
         [&](project::Notebook& book) {
           std::erase_if(book.viewpoints, [&](const project::Viewpoint& one) { return one.id == command.id; });
         });
}

void EditDesk::on(const GoToViewpoint& command) {
  const project::Viewpoint* viewpoint = found(state().book.viewpoints, command.id);
  if (!viewpoint) return;
  if (viewpoint->orthographic != tools_.view.orthographic) tools_.say(ToggleOrthographic{});
  if (viewpoint->at && *viewpoint->at != tools_.view.time) tools_.say(SetTime{*viewpoint->at});
  tools_.say(FlyTo{app::Viewpoint::pose,
                   {viewpoint->target, viewpoint->distance_m, viewpoint->azimuth_deg, viewpoint->elevation_deg,
                    viewpoint->orthographic, viewpoint->view_angle_deg}});
}

void EditDesk::on(const Undo&) {
  if (state().canUndo()) goTo(history_.step() - 1);
}

void EditDesk::on(const Redo&) {
  if (state().canRedo()) goTo(history_.step() + 1);
}

void EditDesk::on(const GoToStep& command) {
  if (command.step <= state().steps.size()) goTo(command.step);
}

bool EditDesk::importUnderWay() {
  // Looked at first and drained then: what is not in the list any more has left its last word for the drain.
  const std::vector<JobView> jobs = tools_.jobs.view();
  tools_.jobs.drain();
  std::erase_if(imports_, [&](JobId id) { return std::ranges::find(jobs, id, &JobView::id) == jobs.end(); });
  return !imports_.empty();
}

void EditDesk::goTo(std::size_t step) {
  const EditableState former = history_.current();
  if (history_.at(step).project != former.project) {
    const std::size_t before = history_.step();
    if (importUnderWay()) return tools_.notify(true, tr(tools_.view.language, "history.import_runs"));
    // What had just finished may have added a step: then the person said this of a list that is no more.
    if (history_.step() != before || step >= state().steps.size() + 1 || history_.current().project != former.project)
      return;
  }
  if (!history_.goTo(step)) return;
  showWritten(former);
  settle();
}

void EditDesk::showWritten(const EditableState& former) {
  const EditableState& current = history_.current();
  if (current.book != former.book) {
    state().book = *current.book;
    writeBook();
  }
  if (current.measured != former.measured) partners_.put_measurements(*current.measured);
  tellSteps();
}

void EditDesk::settle() {
  if (history_.empty()) return;
  const std::shared_ptr<const project::Project> wanted = history_.current().project;
  if (restoring_ || (wanted == tools_.view.project && wanted == on_disk_)) return;
  restoring_ = tools_.jobs.start(tr(tools_.view.language, "history.restoring"),
                                 [this, wanted, on_disk = wanted == on_disk_, number = projects_](Progress& shown) {
                                   shown.report(-1, "saving");
                                   return restored(wanted, on_disk, number);
                                 });
}

/// Worker thread: saves and prepares; what it returns is done on the main thread.
JobQueue::Finish EditDesk::restored(const std::shared_ptr<const project::Project>& wanted, bool on_disk,
                                    std::size_t number) {
  SilentProgress to_the_end;
  Status whole = done();
  bool written = false;
  render::PreparedTownPtr town;
  CityContents contents;
  try {  // caught here, as the list has to be taken back then
    if (!on_disk) whole = project::save(*wanted, to_the_end), written = whole.ok();
    if (whole) town = render::prepareTown(wanted->model, to_the_end), contents = contentsOf(*wanted->model);
  } catch (const std::exception& broken) {
    whole = Error{ErrorCode::limit, toUtf8(wanted->folder),
                  std::string("This state of the town could not be brought back: ") + broken.what() + ".",
                  "Close other programs and try again."};
  }
  return [this, wanted, whole, town, contents, written, number] {
    if (number != projects_) return;  // another project was opened meanwhile; this one is saved
    if (written) on_disk_ = wanted;
    if (whole && history_.current().project == wanted && tools_.view.project != wanted)
      partners_.show(wanted, town, contents);
    restoring_.reset();
    if (!whole) return takeBack(whole.error());
    settle();  // steps were taken meanwhile
  };
}

/// Back to the nearest step with the revision that is shown. No further try: it would fail again, and again be told.
void EditDesk::takeBack(const Error& error) {
  tools_.notify(true, error.text());
  const EditableState left = history_.current();
  const std::size_t from = history_.step(), last = state().steps.size();
  for (std::size_t far = 0; far <= last; ++far)
    for (const bool forward : {true, false}) {
      if (forward ? from + far > last : far > from) continue;
      const std::size_t step = forward ? from + far : from - far;
      if (history_.at(step).project != tools_.view.project) continue;
      history_.goTo(step);
      return showWritten(left);
    }
}

}  // namespace hashimichi::app
