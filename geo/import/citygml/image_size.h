#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>

namespace hashimichi::import::citygml {

struct ImageSize {
  std::uint32_t width = 0, height = 0;
};
/// Of a PNG or JPEG, from its header; nothing for other formats and damaged files. The picture is not decoded.
std::optional<ImageSize> imageSizeOf(const std::filesystem::path& path);

}  // namespace hashimichi::import::citygml
