#pragma once
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/session/city_contents.h"
#include "app/session/command.h"
#include "app/session/edit_state.h"
#include "app/session/file_state.h"
#include "app/session/find_state.h"
#include "app/session/look_state.h"
#include "app/session/point_state.h"
#include "geo/assess/assess.h"
#include "geo/project/project.h"

namespace hashimichi::app {

/// A sentence for the person, shown as a toast until it is dismissed.
struct Notice {
  bool failed = false;
  std::string text;
};

/// All that a panel may know. Read-only for panels; the session keeps it up to date on the main thread.
struct ViewModel {
  Language language = Language::ja;
  ThemeId theme = ThemeId::dark;
  double text_scale = 1;
  MousePreset mouse = MousePreset::qgis;
  std::optional<int> tour_step;  ///< of the guided tour; nothing: no tour

  std::shared_ptr<const project::Project> project;  ///< nullptr: nothing open
  render::PreparedTownPtr town;                     ///< the prepared picture of project->model
  assess::Subject subject = assess::Subject::snow;
  std::string profile = "generic";
  std::vector<assess::ProfileInfo> profiles;
  std::shared_ptr<const assess::Ranking> snow, ageing;  ///< nullptr until assessed
  assess::snow::WhatIf what_if;                         ///< what `snow` is of; as it begins: the night as it is
  std::shared_ptr<const assess::Ranking>
      snow_as_it_is;                            ///< without the what-if; the same as `snow` where there is none
  std::vector<render::SensorReading> readings;  ///< snow depth of every station at `time`

  Instant time;                             ///< what the picture shows
  Instant time_first, time_last, time_now;  ///< the slider's ends and the end of the observations
  bool playing = false;

  std::string result_id;           ///< the result of another program that is shown; empty: none
  render::ResultShapesPtr result;  ///< its shapes over `town`; nullptr while they are prepared, and without any
  /// The column of its times that holds at `time`; ResultLayer::gap where none does.
  std::size_t resultColumn() const { return result ? result->layer().columnAt(time) : model::ResultLayer::gap; }

  std::optional<model::AssetRef> selection, hover;
  std::vector<model::AssetRef> also_selected;  ///< where several are: all of them, `selection` first; else empty
  std::set<render::LayerId> hidden_layers;
  render::LodChoice lod;           ///< what was asked for; `town->lod` is what is drawn
  render::TextureSetPtr textures;  ///< of `town`; nullptr while they are read, and without any
  CityContents contents;
  std::shared_ptr<const PendingImport> pending_import;  ///< looked at, not yet read; nullptr: nothing
  std::optional<FlyTo> flight;                          ///< taken by the viewport
  bool orthographic = false;
  render::CameraPose camera;                            ///< of the last picture
  std::optional<PathPurpose> path_wanted;               ///< taken by the window: ask for it
  std::optional<std::filesystem::path> picture_wanted;  ///< taken by the viewport: save the next frame there

  PointState points;
  EditState edits;
  FindState find;
  FileState files;
  LookState look;

  std::vector<JobView> jobs;
  std::vector<Notice> notices;
  std::set<WindowId> open_windows;
  bool quit = false;

  const assess::Ranking* ranking() const { return (subject == assess::Subject::snow ? snow : ageing).get(); }
};

}  // namespace hashimichi::app
