#include "render/layers/result_overlay.h"

#include <vtkProperty.h>

#include "render/layers/hatch.h"
#include "render/vtk/convert.h"

namespace hashimichi::render {
namespace {

constexpr float point_px = 7;

void paintTriangle(const Mesh& mesh, std::size_t triangle, exporting::Rgb colour, std::uint8_t shade,
                   std::vector<std::uint8_t>& rgb) {
  const auto dimmed = [&](std::uint8_t channel) { return static_cast<std::uint8_t>(channel * shade / 255); };
  for (std::size_t k = 0; k < 3; ++k) {
    const std::size_t at = 3 * std::size_t{mesh.triangles[3 * triangle + k]};
    rgb[at] = dimmed(colour.r), rgb[at + 1] = dimmed(colour.g), rgb[at + 2] = dimmed(colour.b);
  }
}

}  // namespace

std::vector<std::uint8_t> resultColours(const ResultShapes& shapes, const Mesh& mesh,
                                        const std::vector<std::uint8_t>& shade, std::size_t column) {
  std::vector<std::uint8_t> rgb(mesh.xyz.size());
  for (std::size_t t = 0; t < mesh.triangleCount(); ++t)
    paintTriangle(mesh, t, resultColourOf(shapes, mesh.feature[t], column), shade.empty() ? 255 : shade[t], rgb);
  return rgb;
}

std::vector<std::uint8_t> resultColoursOfBuildings(const ResultShapes& shapes, std::size_t column) {
  const Mesh& mesh = shapes.town->buildings;
  std::vector<std::uint8_t> rgb = mesh.rgb;
  for (std::size_t t = 0; t < mesh.triangleCount(); ++t)
    if (const std::uint32_t item = shapes.item_of_building[mesh.feature[t]]; item != ResultShapes::none)
      paintTriangle(mesh, t, resultColourOf(shapes, item, column), shapes.building_shade[t], rgb);
  return rgb;
}

ResultOverlay::ResultOverlay()
    : blocks_(makeSolid()), areas_(makeOverlay()), gaps_(makeOverlay()), points_(makeOverlay()) {
  gaps_.SetTexture(hatchTexture());
  points_.GetProperty()->SetPointSize(point_px);
}

void ResultOverlay::show(const ResultShapes* shapes, std::size_t column) {
  for (vtkActor* actor : {&blocks_, &areas_, &gaps_, &points_}) setData(*actor, nullptr);
  if (!shapes) return;
  const auto blocks = polyDataSharing(shapes->blocks);
  setColours(*blocks, resultColours(*shapes, shapes->blocks, shapes->block_shade, column));
  setData(blocks_, blocks);
  std::vector<std::uint32_t> known, unknown;
  for (std::uint32_t t = 0; t < shapes->areas.triangleCount(); ++t)
    (isGap(*shapes, shapes->areas.feature[t], column) ? unknown : known).push_back(t);
  const auto areas = polyDataSharing(shapes->areas, known);
  setColours(*areas, resultColours(*shapes, shapes->areas, {}, column));
  setData(areas_, areas);
  const auto gaps = polyDataSharing(shapes->areas, unknown);
  setTextureCoordinates(*gaps, hatchCoordinates(shapes->areas.xyz));
  setData(gaps_, gaps);
  const auto points = polyDataOfPoints(placesOf(shapes->points));
  std::vector<std::uint8_t> colours;
  for (const Mark& mark : shapes->points) {
    const exporting::Rgb colour = resultColourOf(*shapes, mark.feature, column);
    colours.insert(colours.end(), {colour.r, colour.g, colour.b});
  }
  setColours(*points, colours);
  setData(points_, points);
}

}  // namespace hashimichi::render
