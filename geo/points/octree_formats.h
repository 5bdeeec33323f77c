#pragma once
#include <filesystem>

#include "geo/points/octree.h"

namespace hashimichi::points {

/// What openOctree chooses from.
Result<OctreePtr> openPotree(const std::filesystem::path& folder, Problems& problems);
Result<OctreePtr> openCopc(const std::filesystem::path& path, Problems& problems);
/// From the first bytes of a LAS file: the record "copc" lies where COPC 1.0 wants it.
bool looksLikeCopc(const std::filesystem::path& path);

}  // namespace hashimichi::points
