#include "render/vtk/convert.h"

#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkTypeInt32Array.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cstring>

namespace hashimichi::render {
namespace {

/// VTK's arrays take memory that is not theirs, but not as const; nothing in the pipeline writes to its input.
vtkNew<vtkPoints> pointsSharing(const std::vector<float>& xyz) {
  vtkNew<vtkFloatArray> array;
  array->SetNumberOfComponents(3);
  array->SetArray(const_cast<float*>(xyz.data()), static_cast<vtkIdType>(xyz.size()), /*save=*/1);
  vtkNew<vtkPoints> points;
  points->SetData(array);
  return points;
}

vtkNew<vtkTypeInt32Array> everyThird(std::size_t triangles) {
  vtkNew<vtkTypeInt32Array> offsets;
  offsets->SetNumberOfValues(static_cast<vtkIdType>(triangles) + 1);
  for (std::size_t i = 0; i <= triangles; ++i)
    offsets->SetValue(static_cast<vtkIdType>(i), static_cast<vtkTypeInt32>(3 * i));
  return offsets;
}

void setColourArray(vtkPolyData& data, std::span<const std::uint8_t> values, std::size_t channels) {
  vtkNew<vtkUnsignedCharArray> colours;
  colours->SetNumberOfComponents(static_cast<int>(channels));
  colours->SetNumberOfTuples(static_cast<vtkIdType>(values.size() / channels));
  std::copy(values.begin(), values.end(), colours->GetPointer(0));
  data.GetPointData()->SetScalars(colours);
}

}  // namespace

vtkSmartPointer<vtkPolyData> polyDataSharing(const Mesh& mesh) {
  const auto data = vtkSmartPointer<vtkPolyData>::New();
  data->SetPoints(pointsSharing(mesh.xyz));
  vtkNew<vtkTypeInt32Array> corners;
  auto* indices = const_cast<std::uint32_t*>(mesh.triangles.data());
  corners->SetArray(reinterpret_cast<vtkTypeInt32*>(indices), static_cast<vtkIdType>(mesh.triangles.size()), 1);
  vtkNew<vtkCellArray> cells;
  cells->SetData(everyThird(mesh.triangleCount()), corners);
  data->SetPolys(cells);
  return data;
}

vtkSmartPointer<vtkPolyData> polyDataSharing(const Mesh& mesh, std::span<const std::uint32_t> triangles) {
  const auto data = vtkSmartPointer<vtkPolyData>::New();
  data->SetPoints(pointsSharing(mesh.xyz));
  vtkNew<vtkTypeInt32Array> corners;
  corners->SetNumberOfValues(static_cast<vtkIdType>(3 * triangles.size()));
  vtkIdType at = 0;
  for (const std::uint32_t triangle : triangles)
    for (std::size_t k = 0; k < 3; ++k)
      corners->SetValue(at++, static_cast<vtkTypeInt32>(mesh.triangles[3 * triangle + k]));
  vtkNew<vtkCellArray> cells;
  cells->SetData(everyThird(triangles.size()), corners);
  data->SetPolys(cells);
  return data;
}

vtkSmartPointer<vtkPolyData> polyDataSharing(const Lines& lines, std::span<const std::uint8_t> wanted) {
  const auto data = vtkSmartPointer<vtkPolyData>::New();
  data->SetPoints(pointsSharing(lines.xyz));
  vtkNew<vtkCellArray> cells;
  cells->Use32BitStorage();
  for (std::size_t line = 0; line < lines.count(); ++line) {
    if (!wanted.empty() && !wanted[line]) continue;
    cells->InsertNextCell(static_cast<int>(lines.first[line + 1] - lines.first[line]));
    for (std::uint32_t v = lines.first[line]; v < lines.first[line + 1]; ++v) cells->InsertCellPoint(v);
  }
  data->SetLines(cells);
  return data;
}

vtkSmartPointer<vtkPolyData> polyDataOf(const Mesh& mesh) {
  const auto data = vtkSmartPointer<vtkPolyData>::New();
  data->DeepCopy(polyDataSharing(mesh));
  return data;
}

vtkSmartPointer<vtkPolyData> polyDataOf(const Lines& lines) {
  const auto data = vtkSmartPointer<vtkPolyData>::New();
  data->DeepCopy(polyDataSharing(lines));
  return data;
}

vtkSmartPointer<vtkPolyData> polyDataOfPoints(std::span<const float> xyz) {
  const auto data = vtkSmartPointer<vtkPolyData>::New();
  vtkNew<vtkFloatArray> array;
  array->SetNumberOfComponents(3);
  const auto count = static_cast<vtkIdType>(xyz.size() / 3);
  array->SetNumberOfTuples(count);
  std::copy(xyz.begin(), xyz.end(), array->GetPointer(0));
  vtkNew<vtkPoints> points;
  points->SetData(array);
  data->SetPoints(points);
  vtkNew<vtkCellArray> cells;
  cells->Use32BitStorage();
  cells->InsertNextCell(static_cast<int>(count));
  for (vtkIdType i = 0; i < count; ++i) cells->InsertCellPoint(i);
  data->SetVerts(cells);
  return data;
}

std::vector<float> placesOf(std::span<const Mark> marks) {
  std::vector<float> xyz;
  xyz.reserve(3 * marks.size());
  for (const Mark& mark : marks)
    for (const double c : {mark.position.x, mark.position.y, mark.position.z}) xyz.push_back(static_cast<float>(c));
  return xyz;
}

void setColours(vtkPolyData& data, std::span<const std::uint8_t> rgb) {
  setColourArray(data, rgb, 3);
}

void setColoursWithAlpha(vtkPolyData& data, std::span<const std::uint8_t> rgba) {
  setColourArray(data, rgba, 4);
}

void setTextureCoordinates(vtkPolyData& data, std::span<const float> uv) {
  vtkNew<vtkFloatArray> coordinates;
  coordinates->SetNumberOfComponents(2);
  coordinates->SetNumberOfTuples(static_cast<vtkIdType>(uv.size() / 2));
  std::copy(uv.begin(), uv.end(), coordinates->GetPointer(0));
  data.GetPointData()->SetTCoords(coordinates);
}

vtkSmartPointer<vtkTexture> textureOf(const Image& image, bool repeat) {
  // Three channels: with a fourth VTK takes whatever carries the texture for translucent.
  vtkNew<vtkImageData> data;
  data->SetDimensions(image.width, image.height, 1);
  data->AllocateScalars(VTK_UNSIGNED_CHAR, 3);
  auto* to = static_cast<unsigned char*>(data->GetScalarPointer());
  for (int y = image.height - 1; y >= 0; --y) {
    const std::uint8_t* from = &image.rgba[4 * static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width)];
    for (int x = 0; x < image.width; ++x, from += 4, to += 3) std::memcpy(to, from, 3);
  }
  const auto texture = vtkSmartPointer<vtkTexture>::New();
  texture->SetInputData(data);
  texture->SetColorModeToDirectScalars();
  texture->InterpolateOn();
  texture->MipmapOn();
  texture->SetRepeat(repeat);
  texture->SetEdgeClamp(!repeat);
  return texture;
}

}  // namespace hashimichi::render
