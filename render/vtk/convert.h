#pragma once
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>
#include <vtkTexture.h>

#include <span>

#include "geo/export/palette.h"
#include "render/prepared_town.h"

namespace hashimichi::render {

/// The only conversions between our arrays and VTK's. Nothing here keeps a reference to what it was given, except
/// where it says so.

/// The mesh's own memory is used: the town must live as long as the result is drawn.
vtkSmartPointer<vtkPolyData> polyDataSharing(const Mesh& mesh);
/// Some of the mesh's triangles, with the vertices of all of them shared.
vtkSmartPointer<vtkPolyData> polyDataSharing(const Mesh& mesh, std::span<const std::uint32_t> triangles);
/// Lines as one polyline cell each; those for which `wanted` is given and 0 are left out. Shares the vertices.
vtkSmartPointer<vtkPolyData> polyDataSharing(const Lines& lines, std::span<const std::uint8_t> wanted = {});
/// Copies: for meshes that do not outlive the call.
vtkSmartPointer<vtkPolyData> polyDataOf(const Mesh& mesh);
vtkSmartPointer<vtkPolyData> polyDataOf(const Lines& lines);
/// Points, each drawn as a dot; copies.
vtkSmartPointer<vtkPolyData> polyDataOfPoints(std::span<const float> xyz);

/// x, y, z of every mark.
std::vector<float> placesOf(std::span<const Mark> marks);

/// RGB per point; `rgb` is copied.
void setColours(vtkPolyData& data, std::span<const std::uint8_t> rgb);
/// The same with opacity: VTK draws such data after everything that hides.
void setColoursWithAlpha(vtkPolyData& data, std::span<const std::uint8_t> rgba);
void setTextureCoordinates(vtkPolyData& data, std::span<const float> uv);

vtkSmartPointer<vtkTexture> textureOf(const Image& image, bool repeat = false);

}  // namespace hashimichi::render
