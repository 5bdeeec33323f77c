#include "render/layers/point_layer.h"

#include <vtkProperty.h>

#include "render/vtk/convert.h"

namespace hashimichi::render {

PointLayer::PointLayer() : points_(makeSolid()) {
  points_.GetProperty()->SetPointSize(2);
}

void PointLayer::show(const PreparedTown& town, bool software) {
  const std::size_t count = town.point_xyz.size() / 3;
  const std::size_t step = software ? (count + software_limit - 1) / software_limit : 1;
  if (step <= 1) {
    const auto data = polyDataOfPoints(town.point_xyz);
    setColours(*data, town.point_rgb);
    return setData(points_, count > 0 ? data.Get() : nullptr);
  }
  std::vector<float> xyz;
  std::vector<std::uint8_t> rgb;
  xyz.reserve(3 * count / step + 3), rgb.reserve(3 * count / step + 3);
  for (std::size_t i = 0; i < count; i += step) {
    xyz.insert(xyz.end(), &town.point_xyz[3 * i], &town.point_xyz[3 * i] + 3);
    rgb.insert(rgb.end(), &town.point_rgb[3 * i], &town.point_rgb[3 * i] + 3);
  }
  const auto data = polyDataOfPoints(xyz);
  setColours(*data, rgb);
  setData(points_, data);
}

void PointLayer::clear() {
  setData(points_, nullptr);
}

}  // namespace hashimichi::render
