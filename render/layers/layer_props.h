#pragma once
#include <vtkActor.h>
#include <vtkPlaneCollection.h>
#include <vtkPolyData.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>

#include <map>
#include <memory>
#include <vector>

#include "geo/export/palette.h"
#include "render/draw_table.h"

namespace hashimichi::render {

/// What every layer has: actors that are shown and hidden together. Everything is drawn unlit; light is in the colours.
///
/// A picture is made of solids, which hide each other by depth, and then of overlays in a fixed order on top of them;
/// a layer may have both.
class LayerProps {
 public:
  LayerProps() = default;
  LayerProps(const LayerProps&) = delete;
  LayerProps& operator=(const LayerProps&) = delete;

  void addSolids(vtkRenderer& renderer) const;
  void addOverlays(vtkRenderer& renderer) const;
  void setVisible(bool visible);
  /// How far overlays are moved towards the eye, as a share of the depth range.
  void nudgeOverlays(double nudge) const;
  bool visible() const { return visible_; }
  /// Right before drawing: of the actors with a table, what the picture from there needs (see chooseFrom).
  void choose(const splat::View& view, double coarseness) const;
  /// Only what lies inside is drawn, also of what comes later; nullptr: all.
  void clip(vtkPlaneCollection* planes);

 protected:
  /// Actors are made once, in the layer's constructor; without data they are not drawn.
  vtkActor& makeSolid();
  vtkActor& makeOverlay();
  /// Replaces what an actor shows; nullptr or data without cells hides it.
  /// @param table  of the data's triangles or lines; nullptr: all of them are drawn in every picture
  void setData(vtkActor& actor, vtkPolyData* data, std::shared_ptr<const DrawTable> table = nullptr);

 private:
  void refresh();
  std::vector<vtkSmartPointer<vtkActor>> solids_, overlays_;
  std::map<vtkActor*, std::shared_ptr<const DrawTable>> tables_;
  bool visible_ = true;
  vtkSmartPointer<vtkPlaneCollection> clip_;
};

void setColour(vtkActor& actor, exporting::Rgb colour);
void setLineWidth(vtkActor& actor, double width_px);

}  // namespace hashimichi::render
