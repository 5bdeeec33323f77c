#pragma once
#include <vtkSmartPointer.h>
#include <vtkTexture.h>

#include <span>
#include <vector>

namespace hashimichi::render {

/// Diagonal stripes in grey: held, not assessed, no data. Repeats every `hatch_period_m` of the ground.
inline constexpr double hatch_period_m = 8;
vtkSmartPointer<vtkTexture> hatchTexture();
/// Texture coordinates that lay the stripes diagonally over the map.
std::vector<float> hatchCoordinates(std::span<const float> xyz);

}  // namespace hashimichi::render
