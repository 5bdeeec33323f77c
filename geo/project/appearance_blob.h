#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/model/material.h"

namespace hashimichi::project {

/// What the faces of one Geometry are covered with, as it lies in the file: little-endian, a 32-bit count, then for
/// each face surface, material, number of texture coordinates (all 32-bit) and the coordinates as pairs of 32-bit
/// floats.
std::string blobFromAppearance(const std::vector<model::SurfaceAppearance>& appearance);
/// Nothing when the blob is damaged or was not written by this program.
std::optional<std::vector<model::SurfaceAppearance>> appearanceFromBlob(std::string_view blob);

}  // namespace hashimichi::project
