#include "render/layers/layer_props.h"

#include <vtkPointData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>

#include "render/vtk/overlay_mapper.h"

namespace hashimichi::render {
namespace {

vtkSmartPointer<vtkActor> unlit(vtkSmartPointer<vtkPolyDataMapper> mapper) {
  const auto actor = vtkSmartPointer<vtkActor>::New();
  mapper->SetColorModeToDirectScalars();
  mapper->SetScalarModeToUsePointData();
  actor->SetMapper(mapper);
  actor->GetProperty()->LightingOff();
  actor->VisibilityOff();
  return actor;
}

bool hasData(vtkActor& actor) {
  auto* mapper = vtkPolyDataMapper::SafeDownCast(actor.GetMapper());
  return mapper && mapper->GetInput() && mapper->GetInput()->GetNumberOfCells() > 0;
}

}  // namespace

void LayerProps::addSolids(vtkRenderer& renderer) const {
  for (const auto& actor : solids_) renderer.AddActor(actor);
}

void LayerProps::addOverlays(vtkRenderer& renderer) const {
  for (const auto& actor : overlays_) renderer.AddActor(actor);
}

void LayerProps::setVisible(bool visible) {
  visible_ = visible;
  refresh();
}

void LayerProps::clip(vtkPlaneCollection* planes) {
  clip_ = planes;
  for (const auto* actors : {&solids_, &overlays_})
    for (const auto& actor : *actors) actor->GetMapper()->SetClippingPlanes(clip_);
}

void LayerProps::nudgeOverlays(double nudge) const {
  for (const auto& actor : overlays_) setNudge(*vtkPolyDataMapper::SafeDownCast(actor->GetMapper()), nudge);
}

vtkActor& LayerProps::makeSolid() {
  return *solids_.emplace_back(unlit(makeSolidMapper()));
}

vtkActor& LayerProps::makeOverlay() {
  return *overlays_.emplace_back(unlit(makeOverlayMapper()));
}

void LayerProps::setData(vtkActor& actor, vtkPolyData* data, std::shared_ptr<const DrawTable> table) {
  auto* mapper = vtkPolyDataMapper::SafeDownCast(actor.GetMapper());
  if (mapper->GetClippingPlanes() != clip_) mapper->SetClippingPlanes(clip_);
  mapper->SetInputData(data);
  mapper->SetScalarVisibility(data && data->GetPointData()->GetScalars());
  actor.SetVisibility(visible_ && hasData(actor));
  if (table && data)
    tables_[&actor] = std::move(table);
  else if (tables_.erase(&actor) > 0)
    unsetChosen(*mapper);
}

void LayerProps::choose(const splat::View& view, double coarseness) const {
  std::vector<std::uint32_t> corners;
  for (const auto& [actor, table] : tables_) {
    if (!actor->GetVisibility()) continue;
    chooseFrom(*table, view, coarseness, corners);
    setChosen(*vtkPolyDataMapper::SafeDownCast(actor->GetMapper()), corners);
  }
}

void LayerProps::refresh() {
  for (const auto& actor : solids_) actor->SetVisibility(visible_ && hasData(*actor));
  for (const auto& actor : overlays_) actor->SetVisibility(visible_ && hasData(*actor));
}

void setColour(vtkActor& actor, exporting::Rgb colour) {
  actor.GetProperty()->SetColor(colour.r / 255.0, colour.g / 255.0, colour.b / 255.0);
}

void setLineWidth(vtkActor& actor, double width_px) {
  actor.GetProperty()->SetLineWidth(static_cast<float>(width_px));
}

}  // namespace hashimichi::render
