#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "geo/core/geometry.h"
#include "geo/core/result.h"

namespace hashimichi::import::mesh {

/// What a glTF says about itself that Assimp does not look at.
struct GltfFacts {
  Vec3d centre;  ///< CESIUM_RTC: added to every point
};

/// @param json  a .gltf file or the first chunk of a binary one
/// @returns unsupported when it requires an extension that changes its points and is not read
Result<GltfFacts> checkGltf(std::string_view json, const std::string& file);
/// The same from the bytes of a .glb; bad_input when they are none.
Result<GltfFacts> checkGlb(std::string_view bytes, const std::string& file);

/// One Batched 3D Model tile (3D Tiles 1.0) taken apart; views into the bytes.
struct B3dm {
  Vec3d centre;  ///< RTC_CENTER
  std::string_view glb;
};
/// bad_input when the lengths do not fit the bytes.
Result<B3dm> openB3dm(std::string_view bytes, const std::string& file);

/// Little-endian, as all these formats are; `at` + 4 must lie within.
std::uint32_t wordAt(std::string_view bytes, std::size_t at);

}  // namespace hashimichi::import::mesh
