#pragma once
#include <imgui.h>

#include <map>
#include <string>

#include "app/desktop/comparison.h"
#include "app/desktop/film_run.h"
#include "app/desktop/viewport.h"
#include "app/panels/compare_window.h"
#include "app/panels/history_window.h"
#include "app/panels/film_window.h"
#include "app/panels/guide_window.h"
#include "app/panels/import_panel.h"
#include "app/panels/import_preview.h"
#include "app/panels/inspector_panel.h"
#include "app/panels/layers_panel.h"
#include "app/panels/links_window.h"
#include "app/panels/look_window.h"
#include "app/panels/measure_panel.h"
#include "app/panels/menu_bar.h"
#include "app/panels/notebook_window.h"
#include "app/panels/overlay.h"
#include "app/panels/path_dialog.h"
#include "app/panels/place_window.h"
#include "app/panels/point_panel.h"
#include "app/panels/profile_window.h"
#include "app/panels/ranking_panel.h"
#include "app/panels/search_box.h"
#include "app/panels/section_window.h"
#include "app/panels/status_bar.h"
#include "app/panels/time_panel.h"

namespace hashimichi::app {

struct Region {
  ImVec2 position{}, size{};
};

/// The window's four regions round the town (LOOK: layers left, inspector right, ranking and time below, status bar),
/// with splitters between them. Draws; decides nothing.
class Shell {
 public:
  void draw(const ViewModel& view, CommandQueue& out, Viewport& viewport, float scale, double seconds_since_last);

  /// Where everything stands, in window pixels: for scripts and tests that click at real places.
  const std::map<std::string, Region>& regions() const { return regions_; }
  const RankingPanel& ranking() const { return ranking_; }
  PathDialog& dialog() { return dialog_; }
  const SectionWindow& section() const { return section_; }
  /// Something is drawn piece by piece: frames must follow one another.
  bool refining() const { return comparison_.refining() || film_run_.running(); }

 private:
  void layOut(float scale);
  void splitters(float scale);
  void drawCentre(const ViewModel& view, CommandQueue& out, Viewport& viewport, float scale, double seconds_since_last);

  std::map<std::string, Region> regions_;
  float left_ = 220, right_ = 340, bottom_ = 250;  // at a scale of 1; the person moves them
  MenuBar menu_;
  LayersPanel layers_;
  InspectorPanel inspector_;
  RankingPanel ranking_;
  TimePanel time_;
  Overlay overlay_;
  StatusBar status_;
  ImportPanel import_;
  ImportPreview preview_;
  PointPanel points_;
  MeasurePanel measure_;
  SectionWindow section_;
  ProfileWindow profile_;
  CompareWindow compare_;
  LinksWindow links_;
  NotebookWindow notebook_;
  Comparison comparison_;
  FilmRun film_run_;
  LookWindow look_window_;
  FilmWindow film_window_;
  GuideWindow guide_;
  SearchBox search_;
  PlaceWindow place_;
  PathDialog dialog_;
};

}  // namespace hashimichi::app
