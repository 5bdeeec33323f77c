#include "render/layers/object_layer.h"

#include <vtkProperty.h>

#include "render/object_colour.h"
#include "render/vtk/convert.h"

namespace hashimichi::render {

ObjectLayer::ObjectLayer() : zones_(makeOverlay()), lines_(makeOverlay()), marks_(makeOverlay()) {
  setLineWidth(lines_, line_px);
  marks_.GetProperty()->SetPointSize(mark_px);
}

void ObjectLayer::show(const ObjectShapes& shapes, model::ObjectKind kind) {
  showSolids(shapes.solids);
  const auto zones = polyDataSharing(shapes.zones);
  setColours(*zones, shapes.zones.rgb);
  setData(zones_, zones);
  // Blended in its place in the order of drawing: beneath the ranks and never over them.
  zones_.GetProperty()->SetOpacity(opacityOf(kind));
  zones_.ForceOpaqueOn();
  exporting::Rgb ink = exporting::objectColour(kind);
  setColour(marks_, ink);
  setData(marks_, polyDataOfPoints(placesOf(shapes.marks)));
  // A little darker than the zones, whose borders they often are.
  const auto darker = [](std::uint8_t channel) { return static_cast<std::uint8_t>(channel * 3 / 4); };
  setColour(lines_, {darker(ink.r), darker(ink.g), darker(ink.b)});
  setData(lines_, polyDataSharing(shapes.lines));
}

}  // namespace hashimichi::render
