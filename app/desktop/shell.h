#pragma once
#include <imgui.h>

#include <map>
#include <string>

#include "app/desktop/comparison.h"
#include "app/desktop/film_run.h"
#include "app/desktop/layout.h"
#include "app/desktop/viewport.h"
#include "app/panels/compare_window.h"
#include "app/panels/film_window.h"
#include "app/panels/guide_window.h"
#include "app/panels/history_window.h"
#include "app/panels/import_panel.h"
#include "app/panels/import_preview.h"
#include "app/panels/inspector_panel.h"
#include "app/panels/layers_panel.h"
#include "app/panels/links_window.h"
#include "app/panels/look_window.h"
#include "app/panels/measure_panel.h"
#include "app/panels/menu_bar.h"
#include "app/panels/notebook_window.h"
#include "app/panels/notices.h"
#include "app/panels/overlay.h"
#include "app/panels/palette_window.h"
#include "app/panels/path_dialog.h"
#include "app/panels/place_window.h"
#include "app/panels/point_panel.h"
#include "app/panels/problems_window.h"
#include "app/panels/profile_window.h"
#include "app/panels/ranking_panel.h"
#include "app/panels/search_box.h"
#include "app/panels/section_window.h"
#include "app/panels/settings_window.h"
#include "app/panels/status_bar.h"
#include "app/panels/time_panel.h"
#include "app/panels/tour.h"
#include "app/panels/what_if_window.h"

namespace hashimichi::app {

/// The window's four regions round the town (LOOK: layers left, inspector right, ranking and time below, status bar),
/// with splitters between them; those at the sides and below can float. Draws; decides nothing.
class Shell {
 public:
  void draw(const ViewModel& view, CommandQueue& out, Viewport& viewport, float scale, double seconds_since_last);

  /// Where everything stands, in window pixels: for scripts and tests that click at real places.
  const std::map<std::string, Region>& regions() const { return regions_; }
  const RankingPanel& ranking() const { return ranking_; }
  PathDialog& dialog() { return dialog_; }
  const SectionWindow& section() const { return section_; }
  /// How the person arranged the regions, to be remembered with the project.
  const Layout& layout() const { return layout_; }
  void arrange(const Layout& layout) { layout_ = layout; }
  /// Something moves by itself, so frames are wanted.
  bool moving() const { return notices_.fading(); }
  /// Something is drawn piece by piece: frames must follow one another.
  bool refining() const { return comparison_.refining() || film_run_.running(); }

 private:
  void splitters(float scale);
  void drawCentre(const ViewModel& view, CommandQueue& out, Viewport& viewport, float scale, double seconds_since_last);
  void drawWindows(const ViewModel& view, CommandQueue& out, Viewport& viewport, float scale);
  /// A region where it stands: in the frame, or floating.
  template <typename Draw>
  void drawRegion(const ViewModel& view, const char* name, const char* title_key, float scale, Draw draw);

  Layout layout_;
  std::map<std::string, Region> regions_;
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
  WhatIfWindow what_if_window_;
  FilmWindow film_window_;
  GuideWindow guide_;
  SearchBox search_;
  PlaceWindow place_;
  PathDialog dialog_;
  PaletteWindow palette_;
  ProblemsWindow problems_;
  SettingsWindow settings_;
  Tour tour_;
  Notices notices_;
};

}  // namespace hashimichi::app
