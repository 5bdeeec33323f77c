#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/jobs/job_queue.h"
#include "app/session/edit_commands.h"
#include "app/session/file_commands.h"
#include "app/session/find_commands.h"
#include "app/session/look_commands.h"
#include "app/session/path_purpose.h"
#include "app/session/pending_import.h"
#include "app/session/point_commands.h"
#include "geo/assess/ranking.h"
#include "geo/assess/snow/what_if.h"
#include "geo/export/exporter.h"
#include "geo/import/importer.h"
#include "geo/model/asset_ref.h"
#include "render/scene.h"

namespace hashimichi::app {

enum class ThemeId { dark, light, high_contrast };
/// What the mouse buttons do, as people know it from other programs.
enum class MousePreset { qgis, paraview, plateau };

// What a person can do, as plain data. Menus, keys, panels, scripts and tests all say these words; the session alone
// acts on them, after the frame.

struct OpenProject {
  std::filesystem::path folder;
};
/// The synthetic town, made first where it is not there yet.
struct OpenDemo {};
/// Into the open project, or into a new one of that folder.
struct ImportFiles {
  std::vector<std::filesystem::path> paths;
  import::Options options;
  std::filesystem::path project_folder;  ///< empty: the open project
};
/// Looks at files before they are imported; what they hold is shown, with a choice.
struct SurveyFiles {
  std::vector<std::filesystem::path> paths;
  import::Options options;
  std::filesystem::path project_folder;  ///< empty: the open project
};
/// Imports what was looked at last.
struct ImportPending {
  ImportChoice choice;
};
/// To where a line of the import report points: its feature, which is then selected, else its place.
struct ShowProblem {
  std::string feature_id;
  std::optional<Vec3d> position;
};
struct ExportRanking {
  exporting::Format format = exporting::Format::pdf;
  std::filesystem::path path;
};
/// The import report as .html or .csv, by the name.
struct SaveReport {
  std::filesystem::path path;
};
struct SavePicture {
  std::filesystem::path path;
};
struct CancelJob {
  JobId id = 0;
};
struct Quit {};

struct SetSubject {
  assess::Subject subject = assess::Subject::snow;
};
struct SetProfile {
  std::string id;
};
/// Another night than the measured one decides, until it is set back: the snow ranking is then of that night.
struct SetWhatIf {
  assess::snow::WhatIf what_if;
};
struct SetTime {
  Instant at;
};
struct StepTime {
  int hours = 1;
};
struct SetPlaying {
  bool playing = false;
};

/// Which result of another program is shown beside the decision; empty: none.
struct SetResult {
  std::string id;
};
struct SelectAsset {
  std::optional<model::AssetRef> asset;
};
/// Several at once, for lists and exports: the first is also the one that is looked at.
struct SelectAssets {
  std::vector<model::AssetRef> assets;
};
struct HoverAsset {
  std::optional<model::AssetRef> asset;
};
struct SetLayerVisible {
  render::LayerId layer = render::Layer::terrain;
  bool visible = true;
};
/// Level of detail of one type, or of all that have no own choice.
struct SetLod {
  std::optional<render::LayerId> type;  ///< nothing: all
  std::optional<int> lod;               ///< nothing: the highest; for a type: as all
};
/// Where the camera should fly: the whole town, the selection, north up, straight down, or a pose.
enum class Viewpoint { home, selection, north_up, top, pose };
struct FlyTo {
  Viewpoint viewpoint = Viewpoint::home;
  render::CameraPose pose;
};
struct ToggleOrthographic {};

struct SetLanguage {
  Language language = Language::ja;
};
struct SetTheme {
  ThemeId theme = ThemeId::dark;
};
struct SetTextScale {
  double scale = 1;
};
struct SetMousePreset {
  MousePreset preset = MousePreset::qgis;
};
/// Asks for a path, then says the command that wanted it.
struct AskPath {
  PathPurpose purpose = PathPurpose::open_project;
};
/// The first run's questions and the guided tour: a step of it, or nothing to end it.
struct ShowTour {
  std::optional<int> step;
};
enum class WindowId {
  import_report,
  about,
  keys,
  import_preview,
  points,
  measure,
  section,
  road_sections,
  compare,
  notebook,  ///< notes and viewpoints
  history,
  problems,
  settings,
  palette,  ///< of commands
  look,
  place,  ///< everything known at a place
  film,
  guide,
  what_if,
};
struct ShowWindow {
  WindowId window = WindowId::about;
  bool open = true;
};
struct DismissNotice {
  std::size_t index = 0;
};

using Command =
    std::variant<OpenProject, OpenDemo, ImportFiles, SurveyFiles, ImportPending, ShowProblem, ExportRanking, SaveReport,
                 SavePicture, CancelJob, Quit, SetSubject, SetProfile, SetWhatIf, SetTime, StepTime, SetPlaying,
                 SetResult, SelectAsset, SelectAssets, HoverAsset, SetLayerVisible, SetLod, FlyTo, ToggleOrthographic,
                 SetLanguage, SetTheme, SetTextScale, SetMousePreset, AskPath, ShowTour, ShowWindow, DismissNotice,
                 PointCommand, EditCommand, FindCommand, FileCommand, LookCommand>;

/// What panels write into while they draw; the session empties it after the frame.
class CommandQueue {
 public:
  void push(Command command) { commands_.push_back(std::move(command)); }
  std::vector<Command> take() { return std::exchange(commands_, {}); }

 private:
  std::vector<Command> commands_;
};

}  // namespace hashimichi::app
