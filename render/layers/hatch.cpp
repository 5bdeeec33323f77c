#include "render/layers/hatch.h"

#include <cmath>

#include "geo/export/palette.h"
#include "render/vtk/convert.h"

namespace hashimichi::render {
namespace {

constexpr exporting::Rgb stripe{96, 98, 102};

}  // namespace

vtkSmartPointer<vtkTexture> hatchTexture() {
  constexpr int side = 64;
  Image image{side, 1, {}};
  for (int x = 0; x < side; ++x) {
    const exporting::Rgb colour = x < side * 5 / 8 ? exporting::no_data : stripe;
    image.rgba.insert(image.rgba.end(), {colour.r, colour.g, colour.b, 255});
  }
  return textureOf(image, /*repeat=*/true);
}

std::vector<float> hatchCoordinates(std::span<const float> xyz) {
  std::vector<float> uv;
  uv.reserve(xyz.size() / 3 * 2);
  const double per_metre = std::sqrt(0.5) / hatch_period_m;
  for (std::size_t i = 0; i + 2 < xyz.size(); i += 3) {
    uv.push_back(static_cast<float>((xyz[i] + xyz[i + 1]) * per_metre));
    uv.push_back(0.5f);
  }
  return uv;
}

}  // namespace hashimichi::render
