#include "app/session/point_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "app/i18n/text.h"
#include "app/session/cloud_points.h"
#include "app/session/measurement_table.h"
#include "app/session/point_job.h"
#include "geo/core/file.h"
#include "geo/measure/result_json.h"

namespace hashimichi::app {
namespace {

/// Terrestrial and mobile scans repeat a picked point to about this (1 σ per axis).
constexpr double picked_sigma_m = 0.003;

Instant now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::seconds>(since).count()};
}

}  // namespace

void PointDesk::opened(bool same_place) {
  if (same_place) return;
  const bool eye_dome = state().style.eye_dome;
  PointState fresh_state;
  fresh_state.style.eye_dome = eye_dome;  // a matter of taste, not of the project
  state() = std::move(fresh_state);
  Problems problems;
  Result<measure::SavedMeasurements> saved = measure::loadMeasurements(view_.project->folder, problems);
  readable_ = saved.ok();
  if (saved)
    state().saved = std::move(*saved);
  else
    notify_(true, saved.error().text());
  for (const Problem& line : problems.lines()) notify_(true, line.file + ": " + line.what);
}

void PointDesk::apply(const PointCommand& command) {
  if (!view_.project && !std::holds_alternative<SetPointStyle>(command)) return;
  std::visit([this](const auto& c) { on(c); }, command);
}

void PointDesk::on(const SetCloudVisible& command) {
  if (command.visible)
    state().hidden_clouds.erase(command.cloud);
  else
    state().hidden_clouds.insert(command.cloud);
}

void PointDesk::on(const SetPointTool& command) {
  state().tool = command.tool == state().tool ? PointTool::none : command.tool;
  state().picks.clear();
}

void PointDesk::on(const AddPick& command) {
  if (!isFinite(command.place)) return;
  std::vector<AddPick>& picks = state().picks;
  switch (state().tool) {
    case PointTool::none:
      return;
    case PointTool::pick:
      picks = {command};
      return pick(command);
    case PointTool::note:
      picks = {command};
      return;
    default:
      break;
  }
  picks.push_back(command);
  if (picks.size() < 2) return;
  if (state().tool == PointTool::distance) measureTwoPoints(measure::SavedKind::distance);
  if (state().tool == PointTool::height) measureTwoPoints(measure::SavedKind::height);
  if (state().tool == PointTool::section) {
    CutSection cut;
    cut.wish.line = {picks[0].place, picks[1].place};
    cut.wish.width_m = state().section_width_m;
    picks.clear();
    on(cut);
  }
}

void PointDesk::on(const TakeBackPick&) {
  if (!state().picks.empty()) state().picks.pop_back();
}

void PointDesk::on(const FinishPicks&) {
  if (state().tool != PointTool::area || state().picks.size() < 3) return;
  std::vector<Vec3d> corners;
  for (const AddPick& pick : state().picks) corners.push_back(pick.place);
  const Result<measure::AreaOf> area = measure::areaOf(corners);
  if (!area) return notify_(true, area.error().text());  // the points stay: the last one can be taken back
  measure::SavedMeasurement measurement = ofPicks(measure::SavedKind::area);
  measurement.result_json = measure::toJson(*area).dump();
  keep(std::move(measurement));
}

void PointDesk::measureTwoPoints(measure::SavedKind kind) {
  // Of places on the model nobody knows how exact they are.
  const bool surveyed =
      std::ranges::all_of(state().picks, [](const AddPick& pick) { return pick.hit && pick.hit->exact; });
  measure::SavedMeasurement measurement = ofPicks(kind);
  const Result<measure::Distance> distance =
      measure::distanceBetween(measurement.points[0], measurement.points[1], surveyed ? picked_sigma_m : 0);
  if (!distance) return notify_(true, distance.error().text());
  nlohmann::json result = measure::toJson(*distance);
  if (!surveyed) result.erase("sigma_m");
  measurement.result_json = result.dump();
  keep(std::move(measurement));
}

measure::SavedMeasurement PointDesk::ofPicks(measure::SavedKind kind) {
  measure::SavedMeasurement measurement = fresh(kind, {});
  for (const AddPick& pick : std::exchange(state().picks, {})) {
    measurement.points.push_back(pick.place);
    if (!pick.hit) continue;
    measurement.unrefined = measurement.unrefined || !pick.hit->exact;
    if (std::ranges::find(measurement.clouds, pick.hit->cloud) == measurement.clouds.end())
      measurement.clouds.push_back(pick.hit->cloud);
  }
  return measurement;
}

void PointDesk::pick(const AddPick& click) {
  state().picked.reset();
  view_.open_windows.insert(WindowId::measure);
  if (!click.hit) return notify_(false, tr(view_.language, "points.none_near"));
  job<PickedPoint>(
      tr(view_.language, "tool.pick"),
      [hit = *click.hit](const model::CityModel& model, Progress&) { return pointAt(model, hit); },
      [this](PickedPoint found) { state().picked = std::move(found); });
}

measure::SavedMeasurement PointDesk::fresh(measure::SavedKind kind, std::string name) const {
  measure::SavedMeasurement measurement;
  const std::size_t same = static_cast<std::size_t>(std::ranges::count_if(
      view_.points.saved.all(), [&](const measure::SavedMeasurement& other) { return other.kind == kind; }));
  measurement.name = fmt::format("{} {}", tr(view_.language, measuredKey(kind)), same + 1);
  if (!name.empty()) measurement.name += " " + name;
  measurement.kind = kind;
  measurement.at = now();
  return measurement;
}

void PointDesk::keep(measure::SavedMeasurement measurement) {
  std::string step = stepName("history.measured", measurement);
  change(std::move(step),
         [&](measure::SavedMeasurements& saved) { state().selected_measurement = saved.add(std::move(measurement)); });
  view_.open_windows.insert(WindowId::measure);
}

void PointDesk::change(std::string name, const std::function<void(measure::SavedMeasurements&)>& edit) {
  edit(state().saved);
  write();
  changed_(std::move(name));
}

void PointDesk::putBack(const measure::SavedMeasurements& measurements) {
  state().saved = measurements;
  write();
}

std::string PointDesk::stepName(const char* key, const measure::SavedMeasurement& measurement) const {
  return fmt::format(fmt::runtime(tr(view_.language, key)),
                     measurement.name.empty() ? measurement.id : measurement.name);
}

void PointDesk::write() {
  if (!state().saved.find(state().selected_measurement)) state().selected_measurement.clear();
  if (!readable_) return;
  if (view_.files.read_only) return notify_(true, view_.files.why_read_only);
  const Status written = measure::saveMeasurements(view_.project->folder, state().saved);
  if (!written) notify_(true, written.error().text());
}

void PointDesk::on(const RenameMeasurement& command) {
  const measure::SavedMeasurement* found = state().saved.find(command.id);
  if (!found || found->name == command.name) return;
  change(stepName("history.measurement_renamed", *found),
         [&](measure::SavedMeasurements& saved) { saved.rename(command.id, command.name); });
}

void PointDesk::on(const RemoveMeasurement& command) {
  const measure::SavedMeasurement* found = state().saved.find(command.id);
  if (!found) return;
  change(stepName("history.measurement_removed", *found),
         [&](measure::SavedMeasurements& saved) { saved.remove(command.id); });
}

void PointDesk::on(const ExportMeasurements& command) {
  told(writeFile(command.path, measurementTable(state().saved, view_.project->model->frame)), command.path);
}

void PointDesk::on(const SetSectionWidth& command) {
  constexpr double narrowest_m = 0.01, widest_m = 200;
  state().section_width_m = std::clamp(command.width_m, narrowest_m, widest_m);
}

void PointDesk::told(const Status& written, const std::filesystem::path& path) {
  notify_(!written, written ? toUtf8(path) : written.error().text());
}

}  // namespace hashimichi::app
