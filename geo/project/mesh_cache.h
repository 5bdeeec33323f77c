#pragma once
#include <filesystem>
#include <string>

#include "geo/core/result.h"
#include "geo/model/triangle_mesh.h"

namespace hashimichi::project {

/// A dense mesh as one binary file: magic "HMTRIMSH", version, number of parts, hash, bounds, then for each part its
/// material, four counts and arrays; little endian. The name holds the hash, so a file is never overwritten.
/// @returns the file's name below `folder`
Result<std::string> writeMeshCache(const std::filesystem::path& folder, const model::TriangleMesh& mesh);

/// not_found, unreadable (damaged, truncated), unsupported (another version). Indices of vertices are checked; those of
/// materials are the caller's.
Result<model::TriangleMesh> readMeshCache(const std::filesystem::path& file);

/// A picture that came inside a model, as a file of its own (.jpg, .png or .img by its first bytes).
/// @returns the file's name below `folder`
Result<std::string> writePicture(const std::filesystem::path& folder, const std::string& encoded);

}  // namespace hashimichi::project
