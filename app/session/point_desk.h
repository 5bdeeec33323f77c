#pragma once
#include <functional>

#include "app/jobs/job_queue.h"
#include "app/session/view_model.h"

namespace hashimichi::app {

/// What the session does with point clouds and measurements. Main thread only; long work goes to the job queue.
/// Measurements lie in measurements.json of the project's folder and are written there whenever they change.
class PointDesk {
 public:
  using Notify = std::function<void(bool failed, std::string text)>;
  /// @param changed  told the name of every edit of the list of measurements, after it was made
  PointDesk(ViewModel& view, JobQueue& jobs, Notify notify, std::function<void(std::string)> changed)
      : view_(view), jobs_(jobs), notify_(std::move(notify)), changed_(std::move(changed)) {}

  /// Another project, or the same one with another model, is shown now.
  void opened(bool same_place);
  void apply(const PointCommand& command);
  /// The list as it was in another state of the project: shown and written, no edit.
  void putBack(const measure::SavedMeasurements& measurements);

 private:
  void on(const SetPointStyle& command) { state().style = command.style; }
  void on(const SetCloudVisible& command);
  void on(const SetPointTool& command);
  void on(const AddPick& command);
  void on(const TakeBackPick& command);
  void on(const FinishPicks& command);
  void on(const RenameMeasurement& command);
  void on(const RemoveMeasurement& command);
  void on(const SelectMeasurement& command) { state().selected_measurement = command.id; }
  void on(const ExportMeasurements& command);
  void on(const MeasureClearance& command);
  void on(const SetSectionWidth& command);
  void on(const CutSection& command);
  void on(const ExportSection& command);
  void on(const SaveSectionPicture& command) { state().section_picture_wanted = command.path; }
  void on(const MeasureRoad& command);
  void on(const ExportRoadSections& command);
  void on(const CompareClouds& command);

  PointState& state() { return view_.points; }
  void measureTwoPoints(measure::SavedKind kind);
  void pick(const AddPick& click);
  /// The clicks as places, and which surveys they fell on; the clicks are used up.
  measure::SavedMeasurement ofPicks(measure::SavedKind kind);
  void keep(measure::SavedMeasurement measurement);
  /// Changes the list and writes it: an edit of that name, which can be undone.
  void change(std::string name, const std::function<void(measure::SavedMeasurements&)>& edit);
  void write();
  std::string stepName(const char* key, const measure::SavedMeasurement& measurement) const;
  measure::SavedMeasurement fresh(measure::SavedKind kind, std::string name) const;
  void told(const Status& written, const std::filesystem::path& path);
  /// Runs `work` as a job for the present project; its value is handed to `take` on the main thread, unless another
  /// project was opened meanwhile. Failures become notices, cancelling needs none.
  template <typename Value>
  void job(std::string title, std::function<Result<Value>(const model::CityModel&, Progress&)> work,
           std::function<void(Value)> take);

  ViewModel& view_;
  JobQueue& jobs_;
  Notify notify_;
  std::function<void(std::string)> changed_;
  bool readable_ = true;  ///< false: the file is damaged and is left as it is
};

}  // namespace hashimichi::app
