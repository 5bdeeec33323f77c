#pragma once
#include <memory>
#include <vector>

#include "app/panels/path_dialog.h"
#include "app/session/view_model.h"
#include "app/widgets/plot_frame.h"

namespace hashimichi::app {

/// A vertical section: its points in the colours of the picture over chainage and height, with a cross under the mouse.
/// The wheel zooms to the mouse, dragging moves, a double click shows everything.
class SectionWindow {
 public:
  void draw(const ViewModel& view, CommandQueue& out, PathDialog& dialog, float scale);
  /// Where the plot with its axes was drawn last (window pixels), for saving it as a picture; empty while closed.
  struct Area {
    ImVec2 at{}, size{};
  };
  const std::optional<Area>& plotArea() const { return area_; }

 private:
  void drawTools(const ViewModel& view, CommandQueue& out, PathDialog& dialog, float scale);
  void drawPlot(const ViewModel& view, float scale);
  void steer(const PlotFrame& frame);
  void showAll();
  void rasterise(const ViewModel& view, const PlotFrame& frame, float cell);
  void roadFields(const ViewModel& view, CommandQueue& out, float scale);

  std::shared_ptr<const ShownSection> shown_;
  PlotRange x_, y_;
  bool equal_scales_ = false;
  float from_m_ = 0, to_m_ = 0;  ///< chainages of the selected road that are cut along
  std::string road_;
  std::optional<Area> area_;

  // The plot's points, one per cell of the screen, until anything changes.
  struct Cell {
    ImVec2 at;
    ImU32 colour;
  };
  std::vector<Cell> cells_;
  struct Raster {
    const ShownSection* section = nullptr;
    PlotRange x, y;
    float left = 0, top = 0, right = 0, bottom = 0, cell = 0;
    render::PointStyle style;
    bool operator==(const Raster&) const = default;
  } raster_;
};

}  // namespace hashimichi::app
