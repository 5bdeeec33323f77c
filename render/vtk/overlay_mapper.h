#pragma once
#include <vtkPolyDataMapper.h>
#include <vtkSmartPointer.h>

namespace hashimichi::render {

/// A mapper for what lies upon something else: tested against the depth of what was drawn before, moved towards the eye
/// so that it wins where both are at the same place, and without writing depth, so that overlays cover each other in
/// the order in which they are drawn.
vtkSmartPointer<vtkPolyDataMapper> makeOverlayMapper();
/// How far towards the eye, as a share of the depth range. For mappers of makeOverlayMapper only.
void setNudge(vtkPolyDataMapper& overlay, double nudge);

}  // namespace hashimichi::render
