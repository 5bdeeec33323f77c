#pragma once
#include <vtkActor2D.h>
#include <vtkPolyData.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>

#include <optional>
#include <string>
#include <vector>

#include "render/camera.h"
#include "render/pin.h"
#include "render/prepared_town.h"

namespace hashimichi::render {

/// Pins in the picture's plane: the same size in pixels from near and afar, before everything that is drawn, since a
/// defect under a deck is to be found from above. Of pins closer together than their heads the most urgent stands.
class PinLayer {
 public:
  explicit PinLayer(vtkRenderer& renderer);
  void show(std::vector<Pin> pins) { pins_ = std::move(pins); }
  void clip(const std::optional<Bounds>& box) { clip_ = box; }
  /// Places what fits for this view.
  void place(const CameraPose& pose, int width_px, int height_px);
  /// Where the whole picture's lower left corner lies in what is drawn: into a tile.
  void moveTo(int x_px, int y_px);
  /// What the pins say, for the labels; read from near.
  std::vector<Label> labels() const;
  /// The pin whose head is under the mouse (origin top left).
  const Pin* at(const CameraPose& pose, double x_px, double y_px, int width_px, int height_px) const;

 private:
  struct Standing {
    const Pin* pin;
    double x_px, y_px;  ///< of its point; origin top left
  };
  std::vector<Standing> standing(const CameraPose& pose, int width_px, int height_px) const;

  std::vector<Pin> pins_;
  std::optional<Bounds> clip_;
  vtkSmartPointer<vtkPolyData> shapes_;
  vtkSmartPointer<vtkActor2D> actor_;
};

}  // namespace hashimichi::render
