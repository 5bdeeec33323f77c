#pragma once
#include <filesystem>
#include <string>

#include "geo/core/result.h"
#include "geo/model/point_cloud.h"

namespace hashimichi::project {

/// The drawn sample of a survey as one binary file: 40 bytes of header (magic "HMPOINTS", version, flags, count, hash
/// of the content), then xyz float32, colours, classes; little endian. Rebuildable by importing the survey again.
///
/// The name holds the hash, so a file is never overwritten: an older project.gpkg keeps finding its own.
/// @returns the file's name below `folder`
Result<std::string> writePointCache(const std::filesystem::path& folder, const model::PointSample& sample);

/// not_found, unreadable (damaged, truncated), unsupported (another version).
Result<model::PointSample> readPointCache(const std::filesystem::path& file);

}  // namespace hashimichi::project
