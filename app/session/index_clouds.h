#pragma once
#include <string>

#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/project/project.h"

namespace hashimichi::app {

/// Surveys of the project that have only their coarse sample are indexed into its folder's clouds/: every point is
/// then at hand. A survey that cannot be indexed keeps its sample and is told in the project's report. The project's
/// folder must exist; nothing is saved.
/// @param source_crs  of surveys that name none; may be empty
/// @returns how many were indexed; cancelled (those that were indexed before stay)
Result<int> indexClouds(project::Project& project, const std::string& source_crs, Progress& progress);

}  // namespace hashimichi::app
