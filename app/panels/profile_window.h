#pragma once
#include "app/panels/path_dialog.h"
#include "app/session/view_model.h"

namespace hashimichi::app {

/// A road's cross-sections every n metres: a table with crossfall and rut depth, and the profile of the chosen one.
class ProfileWindow {
 public:
  void draw(const ViewModel& view, CommandQueue& out, PathDialog& dialog, float scale);

 private:
  void drawWish(const ViewModel& view, CommandQueue& out, PathDialog& dialog, float scale);
  void drawTable(const ViewModel& view, const measure::RoadSections& sections);
  void drawChart(const ViewModel& view, const measure::RoadSections& sections, float scale) const;

  float every_m_ = 10, half_width_m_ = 3;
  int lanes_ = 2;
  std::string road_;  ///< whose width the fields show
  std::size_t chosen_ = 0;
  const ShownRoadSections* shown_ = nullptr;
};

}  // namespace hashimichi::app
