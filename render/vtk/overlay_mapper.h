#pragma once
#include <vtkPolyDataMapper.h>
#include <vtkSmartPointer.h>

#include <cstdint>
#include <vector>

namespace hashimichi::render {

/// A mapper for solids. Where it is told which triangles or line pieces a picture needs, only those are handed to
/// OpenGL, from the vertices that were uploaded once.
vtkSmartPointer<vtkPolyDataMapper> makeSolidMapper();
/// The same for what lies upon something else: tested against the depth of what was drawn before, moved towards the eye
/// so that it wins where both are at the same place, and without writing depth, so that overlays cover each other in
/// the order in which they are drawn.
vtkSmartPointer<vtkPolyDataMapper> makeOverlayMapper();

/// How far towards the eye, as a share of the depth range. For mappers of makeOverlayMapper only.
void setNudge(vtkPolyDataMapper& overlay, double nudge);

/// For mappers of both kinds, whose data have triangles only, or lines only.
/// @param corners  vertices, three for each triangle or two for each line piece; kept by exchange with the former ones
void setChosen(vtkPolyDataMapper& mapper, std::vector<std::uint32_t>& corners);
/// From now on everything is drawn.
void unsetChosen(vtkPolyDataMapper& mapper);
/// Textures are looked up in one of their reduced pictures instead of between two: half the work without a GPU.
void setPlainMipmaps(vtkPolyDataMapper& mapper, bool plain);

}  // namespace hashimichi::render
