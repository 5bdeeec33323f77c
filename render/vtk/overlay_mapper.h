#pragma once
#include <vtkPolyDataMapper.h>
#include <vtkSmartPointer.h>

namespace hashimichi::render {

/// A mapper for what lies upon something else: tested against the depth of what was drawn before, moved towards the eye
/// by `nudge` of the depth range so that it wins where both are at the same place, and without writing depth, so that
/// overlays cover each other in the order in which they are drawn.
vtkSmartPointer<vtkPolyDataMapper> makeOverlayMapper(double nudge);

/// Enough for a road that lies within the rounding of a hill, little enough not to shine through a house.
inline constexpr double overlay_nudge = 2e-5;

}  // namespace hashimichi::render
