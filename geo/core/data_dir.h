#pragma once
#include <filesystem>

namespace hashimichi {

/// Where the shipped presets, code lists and schemas are: $HASHIMICHI_DATASETS, else the folder of the build.
std::filesystem::path datasetsFolder();

}  // namespace hashimichi
